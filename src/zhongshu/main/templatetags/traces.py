"""What happened to a case, in words. `{% load traces %}`.

{% trace scenario steps as lines %}{% include "partials/trace.html" %}            for residents: nobody's name
{% trace scenario steps names=True as lines %}{% include "partials/trace.html" %} for officials
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import template
from django.utils.translation import gettext

from zhongshu.base.http.language import language
from zhongshu.channels.presenters import answers
from zhongshu.engine.cases.rules.scenario import Scenario
from zhongshu.engine.cases.rules.state import WHOLE
from zhongshu.main.templatetags.house import moment
from zhongshu.registers.people import queries as people

register = template.Library()

_SENTENCES = {
    "case.opened": "已收到上报",
    "case.task_claimed": "{task}：已有人接手",
    "case.task_released": "{task}：退回待领",
    "case.task_assigned": "{task}：改派",
    "case.task_delegated": "{task}：委托{to}办理",
    "case.task_handed_back": "{task}：委托交回",
    "case.task_taken_over": "{task}：接管",
    "case.task_handed_over": "{task}：移交",
    "case.reach_moved": "单位调整，随之归入新的上级",
    "case.deadlines_moved": "放假安排公布，期限重新计算",
    "case.task_arrived": "{task}：已到现场",
    "case.task_completed": "{task}：已完成",
    "case.voice_added": "{task}：附上一段录音",
    "case.suspension_asked": "申请挂起",
    "case.suspended": "已挂起，停止计时",
    "case.resumed": "已恢复，继续计时",
    "case.extension_asked": "{task}：申请延期",
    "case.extended": "{task}：已延期",
    "case.followed": "又有一人上报了同一件事",
    "case.merged": "并入 {into}，合并办理",
    "case.absorbed": "{other} 并入本件",
    "case.split": "从 {into} 拆出，恢复单独办理",
    "case.parted": "{other} 从本件拆出",
    "case.warned": "{task}：即将超时，已提醒",
    "case.late": "{task}：已超时",
    "case.escalated": "{task}：超时未办，已上报督办",
    "case.retracted": "误报，已撤销",
    "case.alarm_withdrawn": "设备撤回了告警",
    "case.body_called": "吹哨：请{body}报到",
    "case.body_called_off": "吹哨：不再请{body}报到",
    "case.body_asked": "加请{body}答复",
    "case.body_dropped": "不再请{body}答复",
    "case.lead_named": "吹哨：改由{body}牵头",
    "case.body_scored": "吹哨：给{body}评 {score} 分",
    "case.supplement_asked": "一次性告知：请申请人补正 {count} 项，停止计时",
    "case.supplement_answered": "申请人已提交补正，继续计时",
    "case.supplement_lapsed": "补正期限已过，继续计时",
    "case.supplement_dropped": "不再等待补正，继续计时",
    "case.letter_made": "制作文书：{letter}",
    "case.letter_failed": "文书没有制作成功：{letter}",
    "case.urged": "催办",
    "case.withdrawn": "申请已撤回",
    "case.cancelled": "已撤销，不再办理",
    "case.linked": "与另一个办件关联",
    "case.unlinked": "与另一个办件解除关联",
    "case.migrated": "改按新版流程办理",
    "case.migration_undone": "恢复按原来的版本办理",
    "case.returned": "{task}：退回到“{back}”",
    "case.recalled": "{task}：办理人收回",
    "case.reopened": "从“{back}”重新办理",
    "case.signature_asked": "{task}：请{signer}会签",
    "case.signature_off": "{task}：撤回{signer}的会签",
    "case.signer_reminded": "{task}：提醒{signer}会签",
    "case.signed": "已签署会签意见",
    "case.signature_answered": "{task}：答复不同的会签意见",
    "case.timer_fired": "到了预定时间，流程继续",
    "case.message_came": "收到消息，流程继续",
    "case.signal_came": "听到信号，流程继续",
}
_FOR_EVERYBODY = {
    *("case.opened", "case.task_claimed", "case.task_arrived", "case.task_completed"),
    *("case.supplement_asked", "case.supplement_answered", "case.supplement_lapsed", "case.supplement_dropped"),
    *("case.urged", "case.withdrawn", "case.cancelled", "case.returned", "case.reopened"),
}  # fmt: skip
_STARTED = {"official": "部门发起", "applicant": "已收到申请", "program": "系统发起"}
"""What the first entry is called of a case that no report opened, by its source."""
_GAPS = ("into", "other", "score", "times", "count")
_ANSWERS_TO_REPORTER = ("reason", "note", "reply")


@dataclass(frozen=True, slots=True)
class Line:
    """One step as shown."""

    what: str
    note: str
    at: datetime
    who: str = ""
    behalf: str = ""


@register.simple_tag
def trace(
    scenario: Scenario, steps: Iterable[Mapping[str, Any]], names: bool = False, full: bool = False
) -> list[Line]:
    """The steps of a case, oldest first; without `names`, only what concerns the reporter; without `full`, numbers that
    name or reach a person masked.
    """
    wanted = [step for step in steps if names or step.get("verb") in _FOR_EVERYBODY]
    return [_line(step, scenario, names, full) for step in wanted]


@register.simple_tag
def trace_lines(steps: Iterable[Mapping[str, Any]]) -> list[Line]:
    """Steps of a case whose scenario the page does not know (what happened meanwhile)."""
    return [_line(step, None, True) for step in steps]


def _line(step: Mapping[str, Any], scenario: Scenario | None, names: bool, full: bool = False) -> Line:
    if "what" in step:  # in words already
        return Line(step["what"], step["note"], step["at"])
    facts = step["facts"]
    element = facts.get("task", "")
    unnamed = gettext("办件") if facts.get("token") == WHOLE else gettext("一个环节")
    task = scenario.task_name(element, language()) if scenario and element else unnamed
    if answered := facts.get("answered"):
        task = gettext("{task}（{body}）").format(task=task, body=people.body_name(answered["body"], language()))
    if facts.get("answered_for"):
        task = gettext("{task}（{body}）").format(task=task, body=people.body_name(facts["answered_for"], language()))
    sentence = "{task}：系统分给当班人员" if "why" in facts else _SENTENCES.get(step["verb"], "其他记录")
    if "on_the_spot" in facts:
        sentence = "巡查发现，当场处置"
    if facts.get("deemed"):
        sentence = "逾期未补正，按撤回处理"
    if facts.get("applicant"):
        sentence = "申请人催办"
    if step["verb"] == "case.opened" and facts.get("source") in _STARTED:
        sentence = _STARTED[facts["source"]]
    if "times" in facts:
        sentence = "同一设备再次告警（第 {times} 次）"
    gaps = {name: facts.get(name, "") for name in _GAPS} | _body(facts) | _deputy(step) | _back(facts, scenario)
    gaps |= _letter(facts)
    what = gettext(sentence).format(task=task, signer=_signer(facts), **gaps)
    who = {"who": step["who"], "behalf": step.get("behalf", "")} if names else {}
    note = _noted(_note(facts, scenario, names, full), facts, names)
    return Line(_with_phase(what, facts, scenario), note, step["at"], **who)


def _noted(note: str, facts: Mapping[str, Any], names: bool) -> str:
    """The note, and for officials when it was done, where that was before the platform learnt of it."""
    if not (names and facts.get("done")):
        return note
    done = gettext("现场办于 {when}，有网络后传到").format(when=moment(datetime.fromisoformat(facts["done"])))
    return gettext("；").join(filter(None, (note, done)))


def _body(facts: Mapping[str, Any]) -> dict[str, str]:
    """The body an entry is about that was called, or asked."""
    return {"body": people.body_name(facts.get("called_body") or facts.get("asked_body"), language())}


def _deputy(step: Mapping[str, Any]) -> dict[str, str]:
    """Whom an entry says a task was lent to."""
    lent = step["facts"]["delegate"] if step["verb"] == "case.task_delegated" else None
    return {"to": people.shown_names([lent]).get(lent, "")} if lent else {}


def _letter(facts: Mapping[str, Any]) -> dict[str, str]:
    """The letter an entry is about, with its number."""
    called = facts.get("letter_en" if language() == "en" else "letter", "")
    return {"letter": " ".join(filter(None, (called, facts.get("letter_number"))))}


def _back(facts: Mapping[str, Any], scenario: Scenario | None) -> dict[str, str]:
    """The task a case goes back to."""
    to = facts.get("back_to", "")
    return {"back": scenario.task_name(to, language()) if scenario and to else gettext("前面的环节")}


def _signer(facts: Mapping[str, Any]) -> str:
    """Who is asked to sign: a body, or somebody who is not named here."""
    return people.body_name(facts.get("called_body"), language()) or gettext("有关人员")


def _with_phase(what: str, facts: Mapping[str, Any], scenario: Scenario | None) -> str:
    before, after = facts.get("phase") or (None, None)
    if scenario is None or after is None or before == after:
        return what
    name = scenario.phase_name(after, language())
    return gettext("{what}，现在是“{phase}”").format(what=what, phase=name)


def _note(facts: Mapping[str, Any], scenario: Scenario | None, names: bool, full: bool) -> str:
    """For officials the reason or the outcome; for the reporter the words the matter ended with."""
    outcome = facts.get("outcome") or {}
    if not names:
        return (
            next((said[key] for said in (outcome, facts) for key in _ANSWERS_TO_REPORTER if said.get(key)), "")
            if facts.get("finished")
            else ""
        )
    if said_there := facts.get("reason") or facts.get("note") or facts.get("question") or facts.get("reply"):
        return str(said_there)
    if facts.get("why"):
        reasons = facts["why"].get("reasons", ())
        return " ".join(gettext(r["sentence"]).format(**r.get("gaps", {})) for r in reasons)
    form = scenario.forms.get(facts.get("task", "")) if scenario else None
    return gettext("；").join(answers.lines(form.fields if form else (), outcome, full=full))
