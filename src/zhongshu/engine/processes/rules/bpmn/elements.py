"""How each BPMN element is read. A new kind of element is a new function and a line in `READ`."""

import re
from collections.abc import Callable
from datetime import timedelta

from lxml import etree

from zhongshu.engine.processes.rules import net as nets
from zhongshu.engine.processes.rules.bpmn import durations, refused, source
from zhongshu.engine.processes.rules.bpmn.draft import Draft

HANDLER = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+")
ONLY = {
    "startQuantity": "1",
    "completionQuantity": "1",
    "isForCompensation": "false",
    "operationRef": "",
    "parallelMultiple": "false",
    "behavior": "All",
}
"""Attributes that change what happens, each with the one value that is executed."""


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
    if name == "sequenceFlow":
        draft.flows[id] = _flow(draft, tag)
    elif name in READ:
        check_attributes(draft, tag)
        draft.elements[id] = READ[name](draft, tag)
    else:
        draft.refuse(tag)
        draft.elements[id] = nets.Activity(id, tag.get("name", ""))
        draft.refused.add(id)


def check_attributes(draft: Draft, tag: etree._Element) -> None:
    """Refuse attributes whose value asks for something we do not do."""
    for attribute, only in ONLY.items():
        value = tag.get(attribute, only)
        if value != only:
            draft.say(tag, "属性 {attribute}=“{value}” 不能执行，请删去。", attribute=attribute, value=value)


def _flow(draft: Draft, tag: etree._Element) -> nets.Flow:
    id, written = tag.get("id", ""), _only(draft, tag, "conditionExpression")
    condition = draft.expression(written)
    if written is not None and condition is None:
        draft.refused.add(id)
    return nets.Flow(id, tag.get("sourceRef", ""), tag.get("targetRef", ""), condition, tag.get("name", ""))


def _start(draft: Draft, tag: etree._Element) -> nets.Element:
    _only(draft, tag)
    return nets.Start(tag.get("id", ""), tag.get("name", ""))


def _end(draft: Draft, tag: etree._Element) -> nets.Element:
    terminate = _only(draft, tag, "terminateEventDefinition")
    return nets.End(tag.get("id", ""), tag.get("name", ""), terminates=terminate is not None)


def _task(draft: Draft, tag: etree._Element) -> nets.Element:
    loop = _only(draft, tag, "multiInstanceLoopCharacteristics")
    return nets.Task(
        tag.get("id", ""),
        tag.get("name", ""),
        manual=source.name(tag) == "manualTask",
        instances=None if loop is None else _instances(draft, loop),
    )


def _instances(draft: Draft, tag: etree._Element) -> nets.Instances:
    check_attributes(draft, tag)
    parts = {
        source.name(part): part
        for part in draft.known(tag, "loopCardinality", "loopDataInputRef", "inputDataItem", "completionCondition")
    }
    count, items, item = (parts.get(each) for each in ("loopCardinality", "loopDataInputRef", "inputDataItem"))
    if (count is None) == (items is None):
        draft.say(tag, "多实例任务要写份数（loopCardinality）或名单（loopDataInputRef），二者取一。")
    name = "" if item is None else item.get("name") or item.get("id") or ""
    if items is not None and not name:
        draft.say(tag, "请用 inputDataItem 给名单里的每一项起个名字，完成条件里要用。")
    return nets.Instances(
        sequential=_true(draft, tag, "isSequential", default=False),
        count=draft.expression(count),
        items=draft.expression(items),
        item=name,
        until=draft.expression(parts.get("completionCondition")),
    )


def _service(draft: Draft, tag: etree._Element) -> nets.Element:
    _only(draft, tag)
    handler = tag.get("implementation", "")
    if not HANDLER.fullmatch(handler):
        draft.say(tag, "服务任务要在 implementation 里写明由谁执行，例如 dispatch.assign。")
    return nets.Service(tag.get("id", ""), tag.get("name", ""), handler=handler)


def _exclusive(draft: Draft, tag: etree._Element) -> nets.Element:
    _only(draft, tag)
    return nets.Exclusive(tag.get("id", ""), tag.get("name", ""), default=tag.get("default") or None)


def _parallel(draft: Draft, tag: etree._Element) -> nets.Element:
    _only(draft, tag)
    return nets.Parallel(tag.get("id", ""), tag.get("name", ""))


def _boundary(draft: Draft, tag: etree._Element) -> nets.Element:
    timer = _only(draft, tag, "timerEventDefinition")
    duration = timedelta()
    if timer is not None:
        duration = _duration(draft, timer)
    elif not any(source.name(part).endswith("EventDefinition") for part in source.children(tag)):
        draft.say(tag, "边界事件没有写由什么触发，请改成定时器。")
    return nets.Timer(
        tag.get("id", ""),
        tag.get("name", ""),
        host=tag.get("attachedToRef", ""),
        interrupts=_true(draft, tag, "cancelActivity", default=True),
        duration=duration,
    )


def _duration(draft: Draft, timer: etree._Element) -> timedelta:
    tag = _only(draft, timer, "timeDuration")
    text = source.text(tag)
    duration = durations.parse(text)
    if duration is None:
        draft.say(
            timer if tag is None else tag,
            "时长“{text}”读不懂，请写天、时、分，例如 P3D、PT4H30M、P2W（年和月长短不一，不能用）。",
            text=text,
        )
    return duration or timedelta()


def _only(draft: Draft, tag: etree._Element, *names: str) -> etree._Element | None:
    """The one child of those names, if any; a second one is refused like any stranger."""
    found = list(draft.known(tag, *names))
    for extra in found[1:]:
        draft.say(extra, "{tag} 只能有一个，请删去多余的。", tag=source.name(extra))
    return found[0] if found else None


def _true(draft: Draft, tag: etree._Element, attribute: str, *, default: bool) -> bool:
    value = tag.get(attribute, str(default).lower())
    if value not in ("true", "false", "1", "0"):
        draft.say(tag, "属性 {attribute} 只能是 true 或 false。", attribute=attribute)
    return value in ("true", "1")


READ: dict[str, Callable[[Draft, etree._Element], nets.Element]] = {
    "startEvent": _start,
    "endEvent": _end,
    "userTask": _task,
    "manualTask": _task,
    "serviceTask": _service,
    "exclusiveGateway": _exclusive,
    "parallelGateway": _parallel,
    "boundaryEvent": _boundary,
}
KNOWN = (*READ, *refused.FLOW_NODES, "sequenceFlow")
"""All that `read_element` reads."""
