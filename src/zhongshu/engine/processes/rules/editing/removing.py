"""Verbs that take something out of a process and close the gap."""

from collections.abc import Iterable

from lxml import etree

from zhongshu.engine.processes.rules.bpmn import source
from zhongshu.engine.processes.rules.editing import parts
from zhongshu.engine.processes.rules.editing.refused import Refused
from zhongshu.engine.processes.rules.editing.sheet import Sheet
from zhongshu.engine.processes.rules.editing.verb import verb


@verb
def remove(sheet: Sheet, id: str, keep: str = "") -> str:
    """Without an element, what led to it leads to what came after; the events on its border go with what they began.

    Where several ways part, `keep` is the flow of the one that stays, the others go with what only they led to;
    without it they must hold nothing.
    """
    tag = sheet.node(id)
    _check(sheet, tag)
    reached, ways = reach(sheet), sheet.out(id)
    kept = _kept(sheet, tag, ways, keep)
    joins = _joins(sheet, parts.kind(tag))
    for each in [way for way in ways if way is not kept]:
        sheet.drop(each)
    heal(sheet, tag, kept)
    lost = reached - reach(sheet) - {id}
    if len(ways) > 1 and not keep and lost:
        held = next(each for each in sheet.ids if each in lost)
        sentence = "“{element}”的路上还有“{step}”等环节，请选定留下哪一条路。"
        raise Refused(sentence, element=tag.get("name") or id, step=sheet.called(held))
    drop_all(sheet, lost)
    for join in joins:
        _close(sheet, join)
    return ""


@verb
def remove_way(sheet: Sheet, flow: str) -> str:
    """Without one of several ways, and what only it led to."""
    way = sheet.flow(flow)
    start, reached = way.get("sourceRef", ""), reach(sheet)
    if len(sheet.out(start)) < 2:
        raise Refused("“{element}”后面只有这一条路，不能删去。", element=sheet.called(start))
    sheet.drop(way)
    drop_all(sheet, reached - reach(sheet))
    return ""


def heal(sheet: Sheet, tag: etree._Element, way: etree._Element | None) -> None:
    """Take an element with its events out; what led to it goes where its way led, or ends where it was."""
    id = tag.get("id", "")
    goal = "" if way is None else way.get("targetRef", "")
    for each in sheet.into(id):
        if goal and goal != id and each.get("sourceRef") != id:
            sheet.aim(each, goal)
        elif each is not way:
            sheet.drop(each)
    if way is not None:
        sheet.drop(way)
    for edge in sheet.edges(id):
        for each in sheet.out(edge.get("id", "")):
            sheet.drop(each)
        sheet.drop(edge)
    sheet.drop(tag)


def reach(sheet: Sheet) -> set[str]:
    """The elements one gets to; whatever nothing leads to is where one begins."""
    ahead: dict[str, list[str]] = {}
    led_to = set()
    for flow in sheet.flows():
        ahead.setdefault(flow.get("sourceRef", ""), []).append(flow.get("targetRef", ""))
        led_to.add(flow.get("targetRef", ""))
    for id, tag in sheet.ids.items():
        if parts.kind(tag) == "edge":
            ahead.setdefault(parts.local(tag.get("attachedToRef")), []).append(id)
            led_to.add(id)
    todo = [id for id, tag in sheet.ids.items() if parts.kind(tag) and id not in led_to and _begins(tag)]
    reached: set[str] = set()
    while todo:
        id = todo.pop()
        if id not in reached:
            reached.add(id)
            todo += ahead.get(id, ())
    return reached


def drop_all(sheet: Sheet, ids: Iterable[str]) -> None:
    """Take elements out with the flows from and to them."""
    for id in ids:
        for each in [*sheet.out(id), *sheet.into(id)]:
            sheet.drop(each)
        if id in sheet.ids:
            sheet.drop(sheet.ids[id])


def _begins(tag: etree._Element) -> bool:
    """Whether something to which nothing leads is a beginning, not merely what an edit has cut off."""
    definition = parts.definition(tag)
    caught = parts.kind(tag) == "wait" and definition is not None and source.name(definition) == "linkEventDefinition"
    undoes = tag.get("isForCompensation") in ("true", "1")
    event = tag.get("triggeredByEvent") in ("true", "1")
    return parts.kind(tag) == "start" or caught or undoes or event


def _check(sheet: Sheet, tag: etree._Element) -> None:
    id = tag.get("id", "")
    if parts.kind(tag) == "start":
        raise Refused("“{element}”是开始，不能删去。", element=sheet.called(id))
    if parts.kind(tag) in ("parallel", "several") and len(sheet.into(id)) > 1:
        raise Refused("“{element}”是分支汇合的地方，请删去它前面分支的起点。", element=sheet.called(id))


def _kept(sheet: Sheet, tag: etree._Element, ways: list[etree._Element], keep: str) -> etree._Element | None:
    if keep:
        found = sheet.flow(keep)
        if found not in ways:
            raise Refused("“{way}”不是从“{element}”出去的路。", way=keep, element=sheet.called(tag.get("id", "")))
        return found
    named = [way for way in ways if way.get("id") == tag.get("default")]
    return next(iter([*named, *ways]), None)


def _joins(sheet: Sheet, fork: parts.Kind | None) -> list[str]:
    """Where branches that a fork of that kind began come together; what chooses one way needs no such place."""
    alike = [id for id, tag in sheet.ids.items() if parts.kind(tag) == fork and fork in ("parallel", "several")]
    return [id for id in alike if len(sheet.into(id)) > 1 and len(sheet.out(id)) == 1]


def _close(sheet: Sheet, join: str) -> None:
    """A join to which one way is left is none any more."""
    if join in sheet.ids and len(sheet.into(join)) < 2:
        heal(sheet, sheet.ids[join], next(iter(sheet.out(join)), None))
