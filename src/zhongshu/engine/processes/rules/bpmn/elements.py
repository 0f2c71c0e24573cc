"""How each BPMN element is read. A new kind of element is a new function and a line in `READ`."""

from collections.abc import Callable

from lxml import etree

from zhongshu.engine.processes.rules import net as nets
from zhongshu.engine.processes.rules.bpmn import activities, attributes, events, refused, source
from zhongshu.engine.processes.rules.bpmn.draft import Draft


def read_scope(draft: Draft, tag: etree._Element) -> None:
    """Read what lies in a process or sub-process into the draft."""
    around, draft.around = draft.around, tag.get("id", "")
    lies_in: dict[str, tuple[str, ...]] = {}
    for part in draft.known(tag, *KNOWN, "laneSet", "association", *_own(tag)):
        if source.name(part) == "laneSet":
            _lanes(draft, part, (), lies_in)
        elif source.name(part) == "association":
            draft.ties.append((part.get("sourceRef", ""), part.get("targetRef", "")))
        elif source.name(part) in KNOWN:
            read_element(draft, part)
    draft.lanes |= lies_in
    draft.around = around


def _own(tag: etree._Element) -> tuple[str, ...]:
    """Parts of a sub-process that are read with its head."""
    return activities.ROUNDS if source.name(tag) == "subProcess" else ()


def read_element(draft: Draft, tag: etree._Element) -> None:
    """Read one child of the process, of a name in KNOWN, into the draft, or note why not."""
    name = source.name(tag)
    id = tag.get("id", "")
    if not id:
        draft.say(tag, "{tag} 没有 id，请在流程设计器里补上。", tag=name)
        return
    if id in draft.lines:
        return
    draft.lines[id] = draft.file.lines[tag]
    draft.scope[id] = draft.around
    if name == "sequenceFlow":
        draft.flows[id] = _flow(draft, tag)
        return
    if name == "boundaryEvent" and events.undoes(tag):
        attributes.only(draft, tag, "compensateEventDefinition")
        draft.undoing[id] = tag.get("attachedToRef", "")
        return
    if tag.get("isForCompensation") in ("true", "1"):
        draft.handlers.add(id)
    if name in READ:
        attributes.check_attributes(draft, tag)
        draft.elements[id] = READ[name](draft, tag)
    else:
        draft.refuse(tag)
        draft.elements[id] = nets.Activity(id, tag.get("name", ""))
        draft.refused.add(id)
    if name == "subProcess":
        read_scope(draft, tag)


def _lanes(draft: Draft, tag: etree._Element, above: tuple[str, ...], lies_in: dict[str, tuple[str, ...]]) -> None:
    """Note for each element the names of the lanes it lies in, outermost first."""
    for lane in draft.known(tag, "lane"):
        names = (*above, lane.get("name") or lane.get("id") or "")
        for part in draft.known(lane, "flowNodeRef", "childLaneSet", "partitionElement"):
            if source.name(part) == "flowNodeRef":
                lies_in[source.text(part).rpartition(":")[2]] = names
            elif source.name(part) == "childLaneSet":
                _lanes(draft, part, names, lies_in)


def _flow(draft: Draft, tag: etree._Element) -> nets.Flow:
    id, written = tag.get("id", ""), attributes.only(draft, tag, "conditionExpression")
    condition = draft.expression(written)
    if written is not None and condition is None:
        draft.refused.add(id)
    return nets.Flow(id, tag.get("sourceRef", ""), tag.get("targetRef", ""), condition, tag.get("name", ""))


def _exclusive(draft: Draft, tag: etree._Element) -> nets.Element:
    attributes.only(draft, tag)
    return nets.Exclusive(*attributes.named(tag), default=tag.get("default") or None)


def _inclusive(draft: Draft, tag: etree._Element) -> nets.Element:
    attributes.only(draft, tag)
    return nets.Inclusive(*attributes.named(tag), default=tag.get("default") or None)


def _parallel(draft: Draft, tag: etree._Element) -> nets.Element:
    attributes.only(draft, tag)
    return nets.Parallel(*attributes.named(tag))


def _event_based(draft: Draft, tag: etree._Element) -> nets.Element:
    attributes.only(draft, tag)
    return nets.EventBased(*attributes.named(tag))


READ: dict[str, Callable[[Draft, etree._Element], nets.Element]] = {
    "startEvent": events.start,
    "endEvent": events.end,
    "intermediateCatchEvent": events.catch,
    "intermediateThrowEvent": events.throw,
    "boundaryEvent": events.boundary,
    "userTask": activities.task,
    "manualTask": activities.task,
    "serviceTask": activities.service,
    "sendTask": activities.service,
    "receiveTask": activities.receive,
    "scriptTask": activities.script,
    "businessRuleTask": activities.rule,
    "subProcess": activities.scope,
    "callActivity": activities.call,
    "exclusiveGateway": _exclusive,
    "inclusiveGateway": _inclusive,
    "parallelGateway": _parallel,
    "eventBasedGateway": _event_based,
}
KNOWN = (*READ, *refused.FLOW_NODES, "sequenceFlow")
"""All that `read_element` reads."""
