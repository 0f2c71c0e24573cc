"""A document while it is being edited: its elements by id, and the few changes all edits are made of."""

import re
from collections.abc import Iterator

from lxml import etree

from zhongshu.engine.processes.rules.bpmn import document, source
from zhongshu.engine.processes.rules.bpmn.document import Document
from zhongshu.engine.processes.rules.editing import parts
from zhongshu.engine.processes.rules.editing.refused import Refused

XSI = "http://www.w3.org/2001/XMLSchema-instance"
ID = re.compile(r"[a-z][a-z0-9_]{0,63}")
LONGEST_NAME = 100
HEAD = ("documentation", "extensionElements", "auditing", "monitoring", "categoryValueRef")
"""What the schema wants first in an element."""


class Sheet:
    """A copy of a document to be changed in place; lives for one edit. `moved`: that its drawing no longer fits."""

    def __init__(self, kept: Document) -> None:
        self.kept = kept.copy()
        self.moved = False
        self.ids = {tag.get("id", ""): tag for tag in source.tags(self.kept.root) if tag.get("id")}

    # looking

    def node(self, id: str) -> etree._Element:
        """What a case can be at, by id; Refused if there is none."""
        tag = self.ids.get(id)
        if tag is None or parts.kind(tag) is None:
            raise Refused("流程里没有“{element}”，可能刚被删去，请刷新后重试。", element=id)
        return tag

    def flow(self, id: str) -> etree._Element:
        """A flow by id; Refused if there is none."""
        tag = self.ids.get(id)
        if tag is None or source.name(tag) != parts.FLOW:
            raise Refused("流程里没有“{element}”这条路，可能刚被删去，请刷新后重试。", element=id)
        return tag

    def flows(self) -> Iterator[etree._Element]:
        """All flows, in the order of the file."""
        return (tag for tag in source.tags(self.kept.root) if source.name(tag) == parts.FLOW)

    def out(self, id: str) -> list[etree._Element]:
        """The flows from an element, in the order of the file."""
        return [tag for tag in self.flows() if tag.get("sourceRef") == id]

    def into(self, id: str) -> list[etree._Element]:
        """The flows to an element."""
        return [tag for tag in self.flows() if tag.get("targetRef") == id]

    def edges(self, id: str) -> list[etree._Element]:
        """The events on the border of an element."""
        return [tag for tag in self.ids.values() if parts.local(tag.get("attachedToRef")) == id]

    def called(self, id: str) -> str:
        """What people call an element: its name, else its id."""
        tag = self.ids.get(id)
        return id if tag is None else tag.get("name") or id

    def way(self, after: str) -> etree._Element | None:
        """The one flow that leads on from a place: that flow itself, or the only one of an element; None if nothing
        comes after it. Refused where several do."""
        if after in self.ids and source.name(self.ids[after]) == parts.FLOW:
            return self.ids[after]
        if parts.kind(self.node(after)) == "end":
            raise Refused("“{element}”是结束，后面不能再接环节。", element=self.called(after))
        ways = self.out(after)
        if len(ways) > 1:
            sentence = "“{element}”后面有 {count} 条路，请选定是哪一条。"
            raise Refused(sentence, element=self.called(after), count=len(ways))
        return ways[0] if ways else None

    # changing

    def add(self, kind: parts.Kind, name: str, beside: str, id: str = "", **attributes: str) -> str:
        """A new element right after another one in the file, in the same lane and sub-process; its id."""
        near, made = self.node(beside), self._fresh(id or kind, chosen=bool(id))
        tag = self._put(f"{{{source.MODEL}}}{parts.TAGS[kind]}", near, id=made, **attributes)
        if name:
            tag.set("name", checked(name))
        for lane in list(self._lane_refs(beside)):
            copy = self._put(str(lane.tag), lane)
            copy.text = (lane.text or "").strip().replace(beside, made)
        return made

    def connect(self, start: str, goal: str, name: str = "", condition: str = "") -> etree._Element:
        """A new flow between two elements, after those its source has already."""
        near = self.out(start) or self.into(start) or [self.node(start)]
        made = self._fresh(f"{start}-{goal}")
        tag = self._put(f"{{{source.MODEL}}}{parts.FLOW}", near[-1], id=made)
        if name:
            tag.set("name", checked(name))
        tag.set("sourceRef", start)
        tag.set("targetRef", goal)
        self.say_if(tag, condition)
        return tag

    def aim(self, flow: etree._Element, goal: str) -> None:
        """Let a flow lead elsewhere."""
        flow.set("targetRef", goal)
        self.moved = True

    def splice(self, after: str, first: str, last: str) -> None:
        """Put what runs from `first` to `last` into the way after a place."""
        way = self.way(after)
        if way is None:
            self.connect(after, first)
        else:
            goal = way.get("targetRef", "")
            self.aim(way, first)
            self.connect(last, goal)

    def say_if(self, flow: etree._Element, condition: str) -> None:
        """Set the condition of a flow; empty: without one."""
        old = parts.child(flow, "conditionExpression")
        if old is not None:
            document.remove(old)
        if condition.strip():
            prefix = next((key for key, space in flow.nsmap.items() if space == source.MODEL), None)
            formal = f"{prefix}:tFormalExpression" if prefix else "tFormalExpression"
            made = self.inside(flow, "conditionExpression", condition)
            made.set(f"{{{XSI}}}type", formal)

    def inside(self, above: etree._Element, name: str, text: str = "", /, **attributes: str) -> etree._Element:
        """A new last part of an element."""
        made = etree.SubElement(above, f"{{{source.MODEL}}}{name}", attributes, nsmap={"xsi": XSI})
        made.text = text.strip() or None
        return made

    def drop(self, tag: etree._Element) -> None:
        """Take an element or flow away, with the lines and lanes that name it."""
        gone = {each.get("id", "") for each in source.tags(tag) if each.get("id")}
        for other in list(self.ids.values()):
            if source.name(other) == "association" and {other.get("sourceRef"), other.get("targetRef")} & gone:
                self._forget(other)
            if other.get("default") in gone:
                del other.attrib["default"]
        for lane in [ref for id in gone for ref in self._lane_refs(id)]:
            document.remove(lane)
        self._forget(tag)

    def done(self) -> Document:
        """The document, its elements naming the flows that touch them if they did before."""
        ends = (f"{{{source.MODEL}}}{name}" for name in ("incoming", "outgoing"))
        if self.moved and next(self.kept.root.iter(*ends), None) is not None:
            self._name_ends()
        return self.kept

    # within

    def _put(self, name: str, near: etree._Element, **attributes: str) -> etree._Element:
        above = near.getparent()
        assert above is not None
        tag = above.makeelement(name, attributes)
        above.insert(above.index(near) + 1, tag)
        tag.tail = near.tail
        if "id" in attributes:
            self.ids[attributes["id"]] = tag
        self.moved = True
        return tag

    def _fresh(self, wish: str, *, chosen: bool = False) -> str:
        """An id the file does not have; one that was chosen is taken as it is."""
        if not chosen:
            tries = (wish if number == 1 else f"{wish}_{number}" for number in range(1, len(self.ids) + 2))
            return next(each for each in tries if each not in self.ids)
        if not ID.fullmatch(wish):
            raise Refused("标识“{id}”只能用小写字母、数字和下划线，以字母开头。", id=wish)
        if wish in self.ids:
            raise Refused("标识“{id}”已经用过，请换一个。", id=wish)
        return wish

    def _lane_refs(self, id: str) -> Iterator[etree._Element]:
        found = self.kept.root.iter(f"{{{source.MODEL}}}flowNodeRef")
        return (tag for tag in found if parts.local(tag.text) == id)

    def _forget(self, tag: etree._Element) -> None:
        for each in source.tags(tag):
            self.ids.pop(each.get("id", ""), None)
        document.remove(tag)
        self.moved = True

    def _name_ends(self) -> None:
        into: dict[str, list[str]] = {}
        out: dict[str, list[str]] = {}
        for flow in self.flows():
            into.setdefault(flow.get("targetRef", ""), []).append(flow.get("id", ""))
            out.setdefault(flow.get("sourceRef", ""), []).append(flow.get("id", ""))
        for id, tag in self.ids.items():
            if parts.kind(tag):
                _refer(tag, "incoming", into.get(id, []), HEAD)
                _refer(tag, "outgoing", out.get(id, []), (*HEAD, "incoming"))


def _refer(tag: etree._Element, name: str, flows: list[str], before: tuple[str, ...]) -> None:
    """Let an element name exactly these flows."""
    old = list(parts.named(tag, name))
    if sorted(parts.local(part.text) for part in old) == sorted(flows):
        return
    for part in old:
        document.remove(part)
    place = sum(1 for _ in parts.named(tag, *before))
    for number, flow in enumerate(flows):
        part = tag.makeelement(f"{{{source.MODEL}}}{name}")
        part.text = flow
        tag.insert(place + number, part)


def checked(name: str) -> str:
    """A name somebody gave, on one line; Refused if there is none or far too much."""
    found = " ".join(name.split())
    if not 1 <= len(found) <= LONGEST_NAME:
        raise Refused("请写名称（1 至 {most} 个字）。", field="name", most=LONGEST_NAME)
    return found
