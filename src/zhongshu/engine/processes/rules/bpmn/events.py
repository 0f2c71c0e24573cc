"""How events are read: what they wait for or tell, and which of it may stand where (BPMN 2.0.2 table 10.93)."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from lxml import etree

from zhongshu.base.calendar.rules import Term
from zhongshu.engine.processes.rules import net as nets
from zhongshu.engine.processes.rules import triggers
from zhongshu.engine.processes.rules.bpmn import attributes, durations, source
from zhongshu.engine.processes.rules.bpmn.draft import Draft

_LENGTH = re.compile(r"P[T0-9]")
STARTS = ("message", "timer", "signal", "conditional")
ANSWERS = (*STARTS, "error", "escalation")
CATCHES = (*STARTS, "link")
THROWS = ("message", "signal", "escalation", "compensate", "link")
ENDS = ("message", "signal", "error", "escalation", "compensate", "terminate")


def start(draft: Draft, tag: etree._Element) -> nets.Element:
    """A start event; only that of an event sub-process may catch errors and escalations, and must catch something."""
    around = tag.getparent()
    inside = around is not None and source.name(around) == "subProcess"
    answers = inside and around is not None and around.get("triggeredByEvent") in ("true", "1")
    trigger = _trigger(draft, tag, ANSWERS if answers else () if inside else STARTS)
    interrupts = attributes.true(draft, tag, "isInterrupting", default=True)
    if answers and trigger is None and not _defined(tag):
        draft.say(tag, "事件子流程的开始事件要写明由什么触发，请选消息、定时、信号、条件、错误或升级。")
    if isinstance(trigger, triggers.Error) and not interrupts:
        draft.say(tag, "差错总是中断原来的工作，请删去 isInterrupting=“false”。")
    return nets.Start(*attributes.named(tag), trigger=trigger, interrupts=interrupts)


def end(draft: Draft, tag: etree._Element) -> nets.Element:
    """An end event."""
    if any(source.name(part) == "terminateEventDefinition" for part in source.children(tag)):
        attributes.only(draft, tag, "terminateEventDefinition")
        return nets.End(*attributes.named(tag), terminates=True)
    return nets.End(*attributes.named(tag), tells=_trigger(draft, tag, ENDS))


def catch(draft: Draft, tag: etree._Element) -> nets.Element:
    """An intermediate catch event; a link is only where its throws go on."""
    if link := _link(draft, tag):
        draft.links_in.setdefault((draft.around, link), []).append(tag.get("id", ""))
        return nets.Throw(*attributes.named(tag))
    trigger = _trigger(draft, tag, CATCHES)
    if trigger is None and not _defined(tag):
        draft.say(tag, "中间捕获事件要写明在等什么，请选消息、定时、信号或条件。")
    return nets.Catch(*attributes.named(tag), trigger=trigger or triggers.Message(""))


def throw(draft: Draft, tag: etree._Element) -> nets.Element:
    """An intermediate throw event."""
    if link := _link(draft, tag):
        draft.links_out[tag.get("id", "")] = (draft.around, link)
        return nets.Throw(*attributes.named(tag))
    return nets.Throw(*attributes.named(tag), tells=_trigger(draft, tag, THROWS))


def boundary(draft: Draft, tag: etree._Element) -> nets.Element:
    """An event on the edge of an activity."""
    trigger = _trigger(draft, tag, ANSWERS)
    if trigger is None and not _defined(tag):
        draft.say(tag, "边界事件没有写由什么触发，请选消息、定时、信号、条件、错误或升级。")
    interrupts = attributes.true(draft, tag, "cancelActivity", default=True)
    if isinstance(trigger, triggers.Error) and not interrupts:
        draft.say(tag, "差错总是中断原来的工作，请删去 cancelActivity=“false”。")
    return nets.Boundary(
        *attributes.named(tag),
        host=tag.get("attachedToRef", ""),
        interrupts=interrupts,
        trigger=trigger or triggers.Message(""),
    )


def message(draft: Draft, tag: etree._Element) -> triggers.Message:
    """The message a tag refers to."""
    return triggers.Message(_referred(draft, tag, "messageRef"))


def _defined(tag: etree._Element) -> bool:
    return any(source.name(part).endswith("EventDefinition") for part in source.children(tag))


def _trigger(draft: Draft, tag: etree._Element, allowed: tuple[str, ...]) -> Any:
    """What an event waits for or tells; None for a plain event, or for what may not stand there."""
    found = attributes.only(draft, tag, *(f"{kind}EventDefinition" for kind in allowed if kind in READ))
    return None if found is None else READ[source.name(found).removesuffix("EventDefinition")](draft, found)


def _link(draft: Draft, tag: etree._Element) -> str:
    """The name of the link an event is, if it is one."""
    parts = [part for part in source.children(tag) if source.name(part) == "linkEventDefinition"]
    if not parts:
        return ""
    attributes.only(draft, tag, "linkEventDefinition")
    list(draft.known(parts[0], "source", "target"))
    name = parts[0].get("name", "")
    if not name:
        draft.say(parts[0], "链接事件没有名字，请写上 name，两头相同。")
    return name or " "


def _referred(draft: Draft, tag: etree._Element, attribute: str) -> str:
    """The name of what a tag refers to by id; the id itself if the file does not define it."""
    id = tag.get(attribute, "").rpartition(":")[2]
    name = draft.definitions.get(id, id)
    if not name:
        draft.say(tag, "{tag} 要用 {attribute} 写明是哪一个。", tag=source.name(tag), attribute=attribute)
    return name


def _coded(draft: Draft, tag: etree._Element, attribute: str) -> str:
    """The same for errors and escalations, where none means any."""
    id = tag.get(attribute, "").rpartition(":")[2]
    return draft.definitions.get(id, id)


def _message(draft: Draft, tag: etree._Element) -> triggers.Message:
    attributes.only(draft, tag)
    return message(draft, tag)


def _signal(draft: Draft, tag: etree._Element) -> triggers.Signal:
    attributes.only(draft, tag)
    return triggers.Signal(_referred(draft, tag, "signalRef"))


def _error(draft: Draft, tag: etree._Element) -> triggers.Error:
    attributes.only(draft, tag)
    return triggers.Error(_coded(draft, tag, "errorRef"))


def _escalation(draft: Draft, tag: etree._Element) -> triggers.Escalation:
    attributes.only(draft, tag)
    return triggers.Escalation(_coded(draft, tag, "escalationRef"))


def _condition(draft: Draft, tag: etree._Element) -> triggers.Condition | None:
    written = attributes.only(draft, tag, "condition")
    if written is None:
        draft.say(tag, "条件事件没有写条件，请用 FEEL 写在 condition 里。")
    met = draft.expression(written)
    return triggers.Condition(met) if met else None


def _timer(draft: Draft, tag: etree._Element) -> triggers.Timer:
    written = attributes.only(draft, tag, "timeDuration", "timeDate", "timeCycle")
    text, repeated = source.text(written), 1
    if written is not None and source.name(written) == "timeCycle":
        times, _, text = text.partition("/")
        found = durations.times(times)
        repeated = 1 if found is None else found
        if found is None:
            draft.say(written, "周期“{text}”读不懂，请写次数和间隔，例如 R3/PT1H；R/P1D 表示每天一次。", text=times)
    return triggers.Timer(_wait(draft, tag if written is None else written, text), repeated)


def _wait(draft: Draft, tag: etree._Element, text: str) -> Any:
    """How long a timer waits: ISO 8601, a term as settings have it, or FEEL."""
    if fixed := durations.parse(text):
        return fixed
    try:
        return Term.parse(text)
    except ValueError:
        pass
    if not text or _LENGTH.match(text):
        sentence = "时长“{text}”读不懂，请写 P3D、PT4H30M、P2W（年和月长短不一，不能用），或写 5 working_days。"
        draft.say(tag, sentence, text=text)
        return timedelta(1)
    if moment := durations.moment(text):
        text = moment
    return draft.compiled(tag, text) or timedelta(1)


def undoes(tag: etree._Element) -> bool:
    """Whether a boundary event only says what undoes its host."""
    return any(source.name(part) == "compensateEventDefinition" for part in source.children(tag))


def _compensation(draft: Draft, tag: etree._Element) -> triggers.Compensation:
    attributes.only(draft, tag)
    attributes.check_attributes(draft, tag)
    return triggers.Compensation(tag.get("activityRef", "").rpartition(":")[2])


READ: dict[str, Callable[[Draft, etree._Element], triggers.Trigger | triggers.Told | None]] = {
    "message": _message,
    "timer": _timer,
    "signal": _signal,
    "conditional": _condition,
    "error": _error,
    "escalation": _escalation,
    "compensate": _compensation,
}
