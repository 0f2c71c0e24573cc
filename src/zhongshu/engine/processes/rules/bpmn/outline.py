"""What a BPMN file asks to be drawn, as sketches for `layout`: one for each collaboration and each process in none.

Shapes: flow nodes, lanes, participants, data object and data store references, a process's own data inputs and outputs,
text annotations. Lines: sequence and message flows, associations, data associations. Groups and choreographies
have no place of their own in the model, so they are not laid out.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import takewhile

from lxml import etree

from zhongshu.engine.processes.rules import layout
from zhongshu.engine.processes.rules.bpmn import source

DATA: dict[str, layout.Kind] = {
    "dataObjectReference": "data",
    "dataInput": "data",
    "dataOutput": "data",
    "dataStoreReference": "store",
    "textAnnotation": "note",
}
HOLDERS = ("subProcess", "transaction", "adHocSubProcess")
ACTIVITIES = (*HOLDERS, "callActivity", "task")
LINES: dict[str, layout.Sort] = {"sequenceFlow": "flow", "messageFlow": "message", "association": "tie"}

Path = tuple[str, ...]
"""The sub-processes around something, outermost first."""


@dataclass(frozen=True, slots=True)
class Page:
    """One plane: the collaboration or process it shows, and what is on it."""

    id: str
    sketch: layout.Scope


def pages(root: etree._Element) -> list[Page]:
    """The sketches of a file, in its order; what has no id cannot be drawn."""
    processes = {tag.get("id", ""): tag for tag in _named(root, "process")}
    found: list[Page] = []
    seen: set[str] = set()
    for tag in _named(root, "collaboration"):
        outline = _Outline(seen)
        outline.collaboration(tag, processes)
        found.append(Page(tag.get("id", ""), outline.sketch()))
    for id, tag in processes.items():
        outline = _Outline(seen)
        outline.contents(tag, ())
        found.append(Page(id, outline.sketch()))
    return [page for page in found if page.id and (page.sketch.nodes or page.sketch.lanes)]


@dataclass
class _Outline:
    """What has been read for one page, each thing with its path; `seen` ids are drawn once in a file."""

    seen: set[str]
    nodes: dict[Path, list[layout.Node]] = field(default_factory=dict)
    lanes: dict[Path, list[layout.Lane]] = field(default_factory=dict)
    links: dict[str, layout.Link] = field(default_factory=dict)
    path: dict[str, Path] = field(default_factory=dict)
    band: dict[str, Path] = field(default_factory=dict)
    stands_for: dict[str, str] = field(default_factory=dict)

    # reading

    def collaboration(self, tag: etree._Element, processes: dict[str, etree._Element]) -> None:
        """Participants with what their processes hold, which is then not drawn elsewhere; and, without a pool, any
        other process a message flow leads into."""
        for part in _named(tag, "participant"):
            if self._fresh(part):
                pool = part.get("id", "")
                process = processes.pop(_local(part.get("processRef", "")), None)
                inner = () if process is None else self._contents(process, (), pool)
                self.band[pool] = ()
                self.lanes.setdefault((), []).append(layout.Lane(pool, part.get("name", ""), inner, pool=True))
        called = {
            _local(part.get(end, "")) for part in _named(tag, "messageFlow") for end in ("sourceRef", "targetRef")
        }
        for id, process in list(processes.items()):
            if any(part.get("id") in called for part in source.tags(process)):
                self.contents(processes.pop(id), ())
        self.contents(tag, ())

    def contents(self, tag: etree._Element, path: Path) -> None:
        """What a process, a sub-process or a collaboration holds."""
        self.lanes.setdefault(path, []).extend(self._contents(tag, path, ""))

    def _contents(self, tag: etree._Element, path: Path, pool: str) -> tuple[layout.Lane, ...]:
        member: dict[str, str] = {}
        lanes = tuple(lane for part in _named(tag, "laneSet") for lane in self._lanes(part, path, member))
        for holder in (tag, *_named(tag, "ioSpecification")):
            for part in source.children(holder):
                self._node(part, path, member.get(part.get("id", ""), pool))
        for part in _named(tag, *LINES):
            self._line(part, part.get("sourceRef", ""), part.get("targetRef", ""), LINES[source.name(part)])
        return lanes

    def _lanes(self, tag: etree._Element, path: Path, member: dict[str, str]) -> Iterator[layout.Lane]:
        for lane in filter(self._fresh, _named(tag, "lane")):
            id = lane.get("id", "")
            self.band[id] = path
            member |= {_local(source.text(node)): id for node in _named(lane, "flowNodeRef")}
            inner = tuple(each for part in _named(lane, "childLaneSet") for each in self._lanes(part, path, member))
            yield layout.Lane(id, lane.get("name", ""), inner)

    def _node(self, tag: etree._Element, path: Path, lane: str) -> None:
        kind, id = _kind(source.name(tag)), tag.get("id", "")
        if kind is None or not self._fresh(tag):
            return
        said = source.text(next(_named(tag, "text"), None)) if kind == "note" else tag.get("name", "")
        host = _local(tag.get("attachedToRef", "")) if source.name(tag) == "boundaryEvent" else ""
        self.path[id] = path
        self.nodes.setdefault(path, []).append(layout.Node(id, kind, said, lane, host))
        for attribute in ("dataObjectRef", "dataStoreRef"):
            self.stands_for.setdefault(_local(tag.get(attribute, "")), id)
        if source.name(tag) in HOLDERS:
            self.contents(tag, (*path, id))
        for part in _named(tag, "dataInputAssociation"):
            self._line(part, source.text(next(_named(part, "sourceRef"), None)), id, "tie")
        for part in _named(tag, "dataOutputAssociation"):
            self._line(part, id, source.text(next(_named(part, "targetRef"), None)), "tie")

    def _line(self, tag: etree._Element, start: str, goal: str, sort: layout.Sort) -> None:
        if self._fresh(tag):
            link = layout.Link(tag.get("id", ""), _local(start), _local(goal), tag.get("name", ""), sort)
            self.links[link.id] = link

    def _fresh(self, tag: etree._Element) -> bool:
        """Whether something has an id that nothing drawn has yet."""
        id = tag.get("id", "")
        if not id or id in self.seen:
            return False
        self.seen.add(id)
        return True

    # putting together

    def sketch(self) -> layout.Scope:
        """All that has been read, each link where both its ends are."""
        links: dict[Path, list[layout.Link]] = {}
        for link in self.links.values():
            start, goal = self._end(link.source), self._end(link.target)
            if start and goal and (path := self._common(start, goal)) is not None:
                links.setdefault(path, []).append(replace(link, source=start, target=goal))
        return self._scope((), links)

    def _scope(self, path: Path, links: dict[Path, list[layout.Link]]) -> layout.Scope:
        nodes = self.nodes.get(path, [])
        activities = {node.id for node in nodes if node.kind == "task"}
        return layout.Scope(
            tuple(
                replace(
                    node,
                    host=node.host if node.host in activities else "",
                    inside=self._scope((*path, node.id), links) if (*path, node.id) in self.nodes else None,
                )
                for node in nodes
            ),
            tuple(links.get(path, ())),
            tuple(self.lanes.get(path, ())),
        )

    def _end(self, id: str) -> str:
        """What is drawn for an end: itself, a reference to it, or where the line begins that it is; or nothing."""
        if id in self.links:
            id = self.links[id].source
        id = id if id in self.path or id in self.band else self.stands_for.get(id, "")
        return id if id in self.path or id in self.band else ""

    def _common(self, start: str, goal: str) -> Path | None:
        """The innermost path around both; None if one is a lane that lies deeper."""
        both = [self.path.get(id, self.band.get(id, ())) for id in (start, goal)]
        pairs = takewhile(lambda pair: pair[0] == pair[1], zip(*both, strict=False))
        common = tuple(one for one, _ in pairs)
        return None if any(self.band.get(id, common) != common for id in (start, goal)) else common


def _kind(name: str) -> layout.Kind | None:
    if name in DATA:
        return DATA[name]
    if name.endswith("Gateway"):
        return "gateway"
    if name.endswith("Event"):
        return "event"
    return "task" if name in ACTIVITIES or name.endswith("Task") else None


def _named(tag: etree._Element, *names: str) -> Iterator[etree._Element]:
    return (part for part in source.children(tag) if source.name(part) in names)


def _local(reference: str) -> str:
    """The id a QName refers to."""
    return reference.strip().rpartition(":")[2]
