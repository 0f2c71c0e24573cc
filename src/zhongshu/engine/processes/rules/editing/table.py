"""A process told as a table: one row for each thing a case can be at, in reading order, indented by branch."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from lxml import etree

from zhongshu.engine.processes.rules.bpmn import source
from zhongshu.engine.processes.rules.bpmn.document import Document
from zhongshu.engine.processes.rules.editing.order import order
from zhongshu.engine.processes.rules.editing.parts import FLOW, Kind, child, definition, kind, local, named


@dataclass(frozen=True, slots=True)
class Way:
    """A flow out of a row: where it leads, under which condition (FEEL); `back`: to a row above or to itself."""

    flow: str
    to: str
    name: str = ""
    condition: str = ""
    default: bool = False
    back: bool = False


@dataclass(frozen=True, slots=True)
class Repeat:
    """That a row is done several times: for each `item` of a list, so many times, or again `while` a condition holds.

    `over` is the list, the number or the condition in FEEL; `until`: when it is enough.
    """

    how: Literal["each", "times", "while"]
    over: str
    item: str = ""
    in_turn: bool = False
    until: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """What a row waits for or tells: `timer`, `message`, `signal`, `conditional`, `error`, `escalation`, `compensate`,
    `link`, `terminate`; `text`: the wait, the name, the condition."""

    what: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One thing a case can be at.

    `after`: the ids of what leads to it; `on`: the task on whose border it sits, `edges`: what sits on its own.
    `inside`: the sub-process it lies in; `lanes`: outermost first. `does`: the handler, decision, called process or
    script. `interrupts`: whether its event ends what it answers.
    """

    id: str
    kind: Kind
    name: str
    depth: int
    after: tuple[str, ...] = ()
    ways: tuple[Way, ...] = ()
    inside: str = ""
    lanes: tuple[str, ...] = ()
    repeat: Repeat | None = None
    event: Event | None = None
    on: str = ""
    edges: tuple[str, ...] = ()
    interrupts: bool = True
    does: str = ""

    @property
    def parts(self) -> bool:
        """Whether several ways lead on from here."""
        return len(self.ways) > 1

    @property
    def meets(self) -> bool:
        """Whether several ways lead here."""
        return len(self.after) > 1


@dataclass(frozen=True, slots=True)
class Table:
    """All rows, in reading order."""

    rows: tuple[Row, ...]

    def row(self, id: str) -> Row | None:
        """The row of an element, if it has one."""
        return next((row for row in self.rows if row.id == id), None)


def table(document: Document) -> Table:
    """The processes of a file as one table; the executable ones first."""
    processes = sorted(named(document.root, "process"), key=lambda tag: tag.get("isExecutable") not in ("true", "1"))
    names = {tag.get("id", ""): tag.get("name", "") for tag in source.children(document.root)}
    return Table(tuple(row for tag in processes for row in _told(tag, names)))


def _told(process: etree._Element, names: dict[str, str]) -> list[Row]:
    flows = [tag for tag in source.tags(process) if source.name(tag) == FLOW]
    found = [(tag, depth) for tag, depth in _ordered(process, flows, 0)]
    place = {tag.get("id", ""): number for number, (tag, _) in enumerate(found)}
    edges: dict[str, list[str]] = {}
    for tag, _ in found:
        edges.setdefault(local(tag.get("attachedToRef")), []).append(tag.get("id", ""))
    into, out = _grouped(flows, "targetRef"), _grouped(flows, "sourceRef")
    lanes = _lanes(process)
    rows = []
    for tag, depth in found:
        id, around = tag.get("id", ""), tag.getparent()
        rows.append(
            Row(
                id,
                kind(tag) or "other",
                tag.get("name", ""),
                depth,
                after=tuple(flow.get("sourceRef", "") for flow in into.get(id, ())),
                ways=tuple(_way(flow, tag, place) for flow in out.get(id, ())),
                inside="" if around is None or around is process else around.get("id", ""),
                lanes=lanes.get(id, ()),
                repeat=_repeat(tag),
                event=_event(tag, names),
                on=local(tag.get("attachedToRef")),
                edges=tuple(edges.get(id, ())),
                interrupts=_interrupts(tag),
                does=_does(tag),
            )
        )
    return rows


def _ordered(scope: etree._Element, flows: list[etree._Element], depth: int) -> Iterator[tuple[etree._Element, int]]:
    """What lies in a process or sub-process, in reading order, what a sub-process holds right after it."""
    tags = {tag.get("id", ""): tag for tag in source.children(scope) if kind(tag)}
    ahead: dict[str, list[str]] = {id: [] for id in tags}
    asides: dict[str, list[str]] = {}
    for flow in flows:
        if flow.get("sourceRef") in tags and flow.get("targetRef") in tags:
            ahead[flow.get("sourceRef", "")].append(flow.get("targetRef", ""))
    for id, tag in tags.items():
        if (host := local(tag.get("attachedToRef"))) in tags:
            asides.setdefault(host, []).append(id)
    for source_id, target in _jumps(scope, tags):
        ahead[source_id].append(target)
    led_to = {to for links in (ahead, asides) for found in links.values() for to in found}
    begins = sorted(tags, key=lambda id: (kind(tags[id]) != "start", id in led_to))
    for id, deeper in order(begins, ahead, asides):
        yield tags[id], depth + deeper
        if kind(tags[id]) == "scope":
            yield from _ordered(tags[id], flows, depth + deeper + 1)


def _jumps(scope: etree._Element, tags: dict[str, etree._Element]) -> Iterator[tuple[str, str]]:
    """Where one goes on without a flow: from a link to its other end, from a compensation event to what undoes."""
    catches: dict[str, str] = {}
    throws: list[tuple[str, str]] = []
    for id, tag in tags.items():
        if (told := definition(tag)) is not None and source.name(told) == "linkEventDefinition":
            if kind(tag) == "wait":
                catches.setdefault(told.get("name", ""), id)
            else:
                throws.append((id, told.get("name", "")))
    yield from ((id, catches[name]) for id, name in throws if name in catches)
    for tie in named(scope, "association"):
        ends = local(tie.get("sourceRef")), local(tie.get("targetRef"))
        if ends[0] in tags and ends[1] in tags:
            yield ends


def _grouped(flows: list[etree._Element], end: str) -> dict[str, list[etree._Element]]:
    """The flows by the element at one end of them."""
    found: dict[str, list[etree._Element]] = {}
    for flow in flows:
        found.setdefault(flow.get(end, ""), []).append(flow)
    return found


def _way(flow: etree._Element, tag: etree._Element, place: dict[str, int]) -> Way:
    id, to = flow.get("id", ""), flow.get("targetRef", "")
    condition = source.text(child(flow, "conditionExpression"))
    back = place.get(to, len(place)) <= place[tag.get("id", "")]
    return Way(id, to, flow.get("name", ""), condition, tag.get("default") == id, back)


def _repeat(tag: etree._Element) -> Repeat | None:
    if (rounds := child(tag, "multiInstanceLoopCharacteristics")) is not None:
        until = source.text(child(rounds, "completionCondition"))
        in_turn = rounds.get("isSequential") in ("true", "1")
        if (items := child(rounds, "loopDataInputRef")) is None:
            return Repeat("times", source.text(child(rounds, "loopCardinality")), "", in_turn, until)
        item = child(rounds, "inputDataItem")
        name = "" if item is None else item.get("name") or item.get("id") or ""
        return Repeat("each", source.text(items), name, in_turn, until)
    if (loop := child(tag, "standardLoopCharacteristics")) is not None:
        return Repeat("while", source.text(child(loop, "loopCondition")), in_turn=True)
    return None


def _event(tag: etree._Element, names: dict[str, str]) -> Event | None:
    told = definition(tag)
    if told is None:
        return None
    what = source.name(told).removesuffix("EventDefinition")
    written = child(told, "timeDuration", "timeDate", "timeCycle", "condition")
    refers = local(next((told.get(name) for name in told.attrib if str(name).endswith("Ref")), ""))
    return Event(what, source.text(written) or names.get(refers) or refers or told.get("name") or "")


def _interrupts(tag: etree._Element) -> bool:
    return tag.get("cancelActivity", tag.get("isInterrupting", "true")) not in ("false", "0")


def _does(tag: etree._Element) -> str:
    return tag.get("implementation") or local(tag.get("calledElement")) or source.text(child(tag, "script"))


def _lanes(process: etree._Element) -> dict[str, tuple[str, ...]]:
    """The names of the lanes each element lies in."""
    found: dict[str, tuple[str, ...]] = {}
    todo = [(lane, ()) for part in named(process, "laneSet") for lane in named(part, "lane")]
    while todo:
        lane, above = todo.pop()
        names: tuple[str, ...] = (*above, lane.get("name") or lane.get("id") or "")
        found |= {local(source.text(part)): names for part in named(lane, "flowNodeRef")}
        todo += [(each, names) for part in named(lane, "childLaneSet") for each in named(part, "lane")]  # type: ignore[misc]
    return found
