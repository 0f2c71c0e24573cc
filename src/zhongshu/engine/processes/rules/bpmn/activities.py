"""How tasks, sub-processes and calls are read, and how often they are done."""

import re

from lxml import etree

from zhongshu.engine.processes.rules import net as nets
from zhongshu.engine.processes.rules.bpmn import attributes, events, source
from zhongshu.engine.processes.rules.bpmn.draft import FEEL_LANGUAGES, Draft

HANDLER = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+")
ROUNDS = ("multiInstanceLoopCharacteristics", "standardLoopCharacteristics")


def task(draft: Draft, tag: etree._Element) -> nets.Element:
    """Work of a person."""
    manual = source.name(tag) == "manualTask"
    return nets.Task(*attributes.named(tag), _rounds(draft, tag), _default(tag), manual=manual)


def service(draft: Draft, tag: etree._Element) -> nets.Element:
    """Work of a handler: a service task, or one that sends."""
    handler = tag.get("implementation", "")
    if not HANDLER.fullmatch(handler):
        draft.say(tag, "服务任务要在 implementation 里写明由谁执行，例如 dispatch.assign。")
    return nets.Service(*attributes.named(tag), _rounds(draft, tag), _default(tag), handler=handler)


def rule(draft: Draft, tag: etree._Element) -> nets.Element:
    """A decision of the scenario."""
    decision = tag.get("implementation", "")
    if not decision or decision.startswith(("##", "http:", "https:")):
        draft.say(tag, "规则任务要在 implementation 里写明场景里哪个决策的名字。")
    return nets.Rule(*attributes.named(tag), _rounds(draft, tag), _default(tag), decision=decision)


def script(draft: Draft, tag: etree._Element) -> nets.Element:
    """An expression in FEEL; its value stands in the data under the element's id."""
    language = tag.get("scriptFormat", "feel").lower()
    if not language.startswith(FEEL_LANGUAGES) and "feel" not in language:
        draft.say(tag, "脚本的语言 {language} 不认识，请用 FEEL。", language=language)
    rounds, written = _rounds(draft, tag, "script"), _part(tag, "script")
    if written is None or not source.text(written):
        draft.say(tag, "脚本任务没有写脚本，请用 FEEL 写在 script 里。")
        written = None
    value = draft.expression(written)
    id, name = attributes.named(tag)
    return nets.Script(id, name, rounds, _default(tag), value=value, result=id)


def receive(draft: Draft, tag: etree._Element) -> nets.Element:
    """A task that waits for a message."""
    trigger = events.message(draft, tag)
    return nets.Receive(*attributes.named(tag), _rounds(draft, tag), _default(tag), trigger=trigger)


def call(draft: Draft, tag: etree._Element) -> nets.Element:
    """Another process, of this file or one beside it."""
    process = tag.get("calledElement", "").rpartition(":")[2]
    if not process:
        draft.say(tag, "调用活动要用 calledElement 写明调用哪个流程。")
    return nets.Call(*attributes.named(tag), _rounds(draft, tag), _default(tag), process=process)


def scope(draft: Draft, tag: etree._Element) -> nets.Element:
    """A sub-process itself; what lies in it is read apart."""
    event = attributes.true(draft, tag, "triggeredByEvent", default=False)
    rounds = [part for part in source.children(tag) if source.name(part) in ROUNDS]
    if event and rounds:
        draft.say(rounds[0], "事件子流程不能循环，请删去。")
    return nets.Scope(*attributes.named(tag), _read_rounds(draft, tag, rounds), _default(tag), event=event)


def _default(tag: etree._Element) -> str | None:
    return tag.get("default") or None


def _part(tag: etree._Element, name: str) -> etree._Element | None:
    return next((part for part in source.children(tag) if source.name(part) == name), None)


def _rounds(draft: Draft, tag: etree._Element, *more: str) -> nets.Instances | nets.Loop | None:
    """How often an activity is done, if it is not once."""
    known = draft.known(tag, *ROUNDS, *more)
    return _read_rounds(draft, tag, [part for part in known if source.name(part) in ROUNDS])


def _read_rounds(draft: Draft, tag: etree._Element, found: list[etree._Element]) -> nets.Instances | nets.Loop | None:
    for extra in found[1:]:
        draft.say(extra, "{tag} 只能有一个，请删去多余的。", tag=source.name(extra))
    if not found:
        return None
    return _instances(draft, found[0]) if source.name(found[0]) == ROUNDS[0] else _loop(draft, found[0])


def _instances(draft: Draft, tag: etree._Element) -> nets.Instances:
    attributes.check_attributes(draft, tag)
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
        sequential=attributes.true(draft, tag, "isSequential", default=False),
        count=draft.expression(count),
        items=draft.expression(items),
        item=name,
        until=draft.expression(parts.get("completionCondition")),
    )


def _loop(draft: Draft, tag: etree._Element) -> nets.Loop:
    when, most = draft.expression(attributes.only(draft, tag, "loopCondition")), tag.get("loopMaximum")
    if most is not None and not (most.isascii() and most.isdigit() and 0 < int(most) <= 1_000):
        draft.say(tag, "循环次数“{text}”应当是 1 到 1000 的整数。", text=most)
        most = "1"
    if when is None and most is None:
        draft.say(tag, "循环要写继续的条件（loopCondition）或最多次数（loopMaximum）。")
    first = attributes.true(draft, tag, "testBefore", default=False)
    return nets.Loop(when=when, first=first, most=int(most) if most else None)
