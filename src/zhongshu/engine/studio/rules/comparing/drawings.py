"""How two drawings differ: what was added, taken away, renamed, led elsewhere.

Where things stand on the sheet is not looked at.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from zhongshu.engine.processes.rules.bpmn import source
from zhongshu.engine.processes.rules.findings import Unreadable
from zhongshu.engine.studio.rules.comparing.told import Change, shown
from zhongshu.engine.studio.rules.comparing.xml import attributes, said

_ADDED = {
    "task": "加了环节“{name}”。", "gateway": "加了判断点“{name}”。", "event": "加了事件“{name}”。",
    "": "加了“{name}”。",
}  # fmt: skip
_REMOVED = {
    "task": "去掉了环节“{name}”。", "gateway": "去掉了判断点“{name}”。", "event": "去掉了事件“{name}”。",
    "": "去掉了“{name}”。",
}  # fmt: skip
_FLOW = "sequenceFlow"
_APART = ("id", "name", "sourceRef", "targetRef")
_NEIGHBOURS = ("incoming", "outgoing", "conditionExpression")


@dataclass(frozen=True, slots=True)
class Drawn:
    """One element as it is drawn; `rest` is all it says that is not compared by name."""

    kind: str
    name: str
    source: str = ""
    target: str = ""
    condition: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    rest: str = ""


def compare(before: str, after: str) -> list[Change] | None:
    """The differences in words; None where one of them is no drawing."""
    try:
        was, now = elements(before), elements(after)
    except Unreadable:
        return None
    return [*_come_and_gone(was, now), *(each for id in was if id in now for each in _one(id, was, now))]


def elements(text: str) -> dict[str, Drawn]:
    """What a drawing holds by id, in the order of the file. Raises Unreadable."""
    root = source.parse(text.encode()).root
    found = {
        id: _drawn(element) for element in root.iter(etree.Element) if (id := element.get("id")) and _is_ours(element)
    }
    return found if root.get("id") else {"": _drawn(root), **found}


def names(text: str) -> dict[str, str]:
    """What a drawing calls its elements, by id; empty where it cannot be read."""
    try:
        return {id: each.name for id, each in elements(text).items() if each.name}
    except Unreadable:
        return {}


def _drawn(element: etree._Element) -> Drawn:
    return Drawn(
        source.name(element), element.get("name", ""), element.get("sourceRef", ""), element.get("targetRef", ""),
        source.text(element.find(f"{{{source.MODEL}}}conditionExpression")), attributes(element, *_APART),
        said(element, _is_apart),
    )  # fmt: skip


def _is_ours(element: etree._Element) -> bool:
    return etree.QName(element).namespace == source.MODEL


def _is_apart(element: etree._Element) -> bool:
    """What is compared by itself, says again what flows say, or is only the drawing on the sheet."""
    if not _is_ours(element):
        return etree.QName(element).namespace == source.DIAGRAM
    return element.get("id") is not None or source.name(element) in _NEIGHBOURS


def _come_and_gone(was: Mapping[str, Drawn], now: Mapping[str, Drawn]) -> Iterator[Change]:
    for here, there, told, flow in ((now, was, _ADDED, "加了从“{source}”到“{target}”的连线。"),
                                    (was, now, _REMOVED, "去掉了从“{source}”到“{target}”的连线。")):  # fmt: skip
        for id, each in here.items():
            if id in there:
                continue
            if each.kind == _FLOW:
                yield Change(id, flow, _ends(each, here))
            else:
                yield Change(id, told[_sort(each.kind)], {"name": each.name or id})


def _one(id: str, was: Mapping[str, Drawn], now: Mapping[str, Drawn]) -> Iterator[Change]:
    old, new = was[id], now[id]
    if old == new:
        return
    gaps = {"name": new.name or old.name or id}
    if old.name != new.name:
        yield Change(id, "“{before}”改名为“{after}”。", {"before": old.name or id, "after": new.name or id})
    if old.kind != new.kind:
        yield Change(id, "“{name}”的类型：{before} → {after}。", {**gaps, "before": old.kind, "after": new.kind})
    if (old.source, old.target) != (new.source, new.target):
        yield Change(id, "连线改为从“{source}”到“{target}”。", _ends(new, now))
    if old.condition != new.condition:
        changed = {"before": shown(old.condition), "after": shown(new.condition)}
        yield Change(id, "从“{source}”到“{target}”的条件：{before} → {after}。", {**_ends(new, now), **changed})
    for key in sorted({*old.attributes, *new.attributes}):
        if (before := old.attributes.get(key)) != (after := new.attributes.get(key)):
            changed = {"key": key, "before": shown(before), "after": shown(after)}
            yield Change(id, "“{name}”的 {key}：{before} → {after}。", {**gaps, **changed})
    if old.rest != new.rest:
        yield Change(
            id, "“{name}”的内容：{before} → {after}。", {**gaps, "before": shown(old.rest), "after": shown(new.rest)}
        )


def _ends(flow: Drawn, elements: Mapping[str, Drawn]) -> dict[str, str]:
    return {
        key: elements[id].name or id if id in elements else id or shown("")
        for key, id in (("source", flow.source), ("target", flow.target))
    }


def _sort(kind: str) -> str:
    return next((sort for sort in ("task", "gateway", "event") if kind.lower().endswith(sort)), "")
