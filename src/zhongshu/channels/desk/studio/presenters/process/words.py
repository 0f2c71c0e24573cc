"""Rows, ways, conditions and waits of a process in words."""

from collections.abc import Iterable

from django.utils.translation import gettext

from zhongshu.base.http.language import language
from zhongshu.engine.processes.rules.editing import Repeat, Row
from zhongshu.engine.studio.rules.editing import answers, waits
from zhongshu.engine.studio.rules.editing.answers import Answer, Ready

_KINDS = {
    "start": "开始", "end": "结束", "task": "环节", "manual": "线下环节", "service": "平台自动办理",
    "rule": "按决策表判定", "script": "自动计算", "send": "自动发送", "receive": "等待来件", "call": "调用流程",
    "scope": "子流程", "decision": "判断点", "several": "多选分支", "race": "等最先发生的", "wait": "等待",
    "tell": "发出通知", "other": "不能执行的图形",
}  # fmt: skip
_EDGES = {
    "timer": "超时",
    "message": "收到来件时",
    "signal": "收到信号时",
    "error": "出错时",
    "conditional": "条件满足时",
}
UNITS = {"minutes": "分钟", "hours": "小时", "working_days": "个工作日", "calendar_days": "个自然日"}
_SERVICES = {"dispatch.assign": "自动派遣：定出承办单位和人员"}


def kind(row: Row) -> str:
    """What a row is."""
    if row.kind == "edge":
        return gettext(_EDGES.get(row.event.what if row.event else "", "边界事件"))
    if row.kind in ("parallel", "several") and row.meets and not row.parts:
        return gettext("分支汇合")
    return gettext("并行分支") if row.kind == "parallel" else gettext(_KINDS[row.kind])


def called(row: Row) -> str:
    """What a row is called: its name, else what it is."""
    return row.name or kind(row)


def service(name: str) -> str:
    """What a handler of the platform does; one without words of its own goes by its name."""
    return gettext(_SERVICES[name]) if name in _SERVICES else name


def asked(answer: Answer, tasks: dict[str, str]) -> str:
    """A question with where it is asked."""
    title = (answer.title_en or answer.title) if language() == "en" else answer.title
    where = tasks.get(answer.task, answer.task) if answer.task else gettext("发起时填的问卷")
    return gettext("{where}：{title}").format(where=where, title=title)


def condition(ready: Ready, tasks: dict[str, str]) -> str:
    """A condition that was chosen."""
    option = ready.option
    label = (option.label_en or option.label) if language() == "en" else option.label
    return gettext("{question} 答“{label}”").format(question=asked(ready.answer, tasks), label=label)


def conditions(found: Iterable[Ready], tasks: dict[str, str]) -> dict[str, str]:
    """FEEL → in words, for all conditions one can choose."""
    return {each.feel: condition(each, tasks) for each in found}


def wait(text: str, days: dict[str, str]) -> str:
    """How long something waits; `days`: the answers that are days, in words. Empty for an expression."""
    told = waits.read(text)
    if told.amount:
        return f"{told.amount} {gettext(UNITS[told.unit])}" if told.unit in UNITS else text
    if told.until:
        return gettext("到“{day}”为止").format(day=days.get(told.until, told.until))
    return ""


def until(condition: str) -> str:
    """When enough of those asked have answered; empty for any other condition."""
    count = answers.count_of(condition)
    return gettext("办完 {n} 份就继续").format(n=count) if count else ""


def repeat(told: Repeat, lists: dict[str, str]) -> str:
    """How often a row is done."""
    over = lists.get(told.over, told.over)
    if told.how == "while":
        return gettext("只要 {over} 就再办一次").format(over=over)
    if told.how == "times":
        said = gettext("依次办 {over} 次") if told.in_turn else gettext("同时办 {over} 次")
    elif told.in_turn:
        said = gettext("按“{over}”逐个依次办理")
    else:
        said = gettext("“{over}”每个各办一次，同时进行")
    return said.format(over=over)


def decision(name: str) -> str:
    """A decision table the platform can ask."""
    return gettext("按决策表“{name}”判定").format(name=name)
