"""Deadlines in words, as an input of several parts, and as they were typed."""

from typing import cast, get_args

from django.utils.translation import gettext

from zhongshu.base.calendar.rules.terms import Unit
from zhongshu.channels.desk.studio.presenters import controls
from zhongshu.channels.desk.studio.presenters.controls import Control, Inputs
from zhongshu.channels.desk.studio.presenters.tasks.around import Around
from zhongshu.engine.studio.rules.editing import terms

_UNITS = {Unit.MINUTES: "分钟", Unit.HOURS: "小时", Unit.WORKING_DAYS: "工作日", Unit.CALENDAR_DAYS: "自然日"}

_LENGTHS = {
    Unit.MINUTES: "{n} 分钟", Unit.HOURS: "{n} 小时", Unit.WORKING_DAYS: "{n} 个工作日", Unit.CALENDAR_DAYS: "{n} 天",
}  # fmt: skip


def units() -> list[tuple[str, str]]:
    """The units of time, to choose from."""
    return [(str(unit), gettext(name)) for unit, name in _UNITS.items()]


def said(text: str, around: Around, task: str) -> str:
    """A deadline in words."""
    asked = around.dated(task)
    limit = terms.read(text, asked)
    match limit.how:
        case "none":
            return gettext("不设期限")
        case "term":
            return gettext(_LENGTHS[Unit(limit.unit)]).format(n=limit.amount) if limit.amount != text else text
        case "question":
            return f"{asked[limit.question]} {limit.time}".strip()
        case _:
            return gettext("由表达式定")


def inputs(text: str, around: Around, task: str, name: str) -> dict[str, list[str]]:
    """The parts of a deadline as its inputs hold them."""
    limit = terms.read(text, around.dated(task))
    parts = {key: getattr(limit, key) for key in ("how", "amount", "unit", "question", "time", "feel")}
    return {f"{name}-{key}": [value] for key, value in parts.items()}


def control(typed: Inputs, name: str, label: str, around: Around, task: str, *, optional: bool = True) -> Control:
    """A deadline to be set: none, an amount, the day of an answer, or an expression."""
    ways = [("none", gettext("不设期限"))] if optional else []
    asked = list(around.dated(task).items())
    by_answer = [("question", gettext("由答案定"))] if asked else []
    ways += [("term", gettext("多长时间")), *by_answer, ("feel", gettext("由表达式定"))]
    inner = {
        "how": controls.select(typed, f"{name}-how", gettext("怎样定"), ways),
        **_amount(typed, name),
        "question": controls.select(typed, f"{name}-question", gettext("哪个问题"), [("", gettext("请选择")), *asked]),
        "time": controls.text(typed, f"{name}-time", gettext("到那天几点（不填为当天结束）"), kind="time"),
        "feel": controls.text(typed, f"{name}-feel", gettext("表达式"), kind="feel"),
    }
    return Control("deadline", name, label, inner=inner)


def written(typed: Inputs, name: str, around: Around, task: str, before: str = "") -> str:
    """The deadline that was typed, as the page of settings keeps it: as `before` where that says the same."""
    limit = terms.Limit(
        how=cast(terms.How, controls.one_of(typed, f"{name}-how", get_args(terms.How))),
        amount=controls.value(typed, f"{name}-amount"),
        unit=controls.value(typed, f"{name}-unit"),
        question=controls.value(typed, f"{name}-question"),
        time=controls.value(typed, f"{name}-time"),
        feel=controls.value(typed, f"{name}-feel"),
    )
    found = terms.write(limit, around.dated(task), name)
    return before if terms.same(found, before) else found


def span(typed: Inputs, name: str, label: str, help: str = "") -> Control:
    """A time in a unit."""
    return Control("span", name, label, help=help, inner=_amount(typed, name))


def span_inputs(text: str, name: str) -> dict[str, list[str]]:
    """Its parts as its inputs hold them."""
    limit = terms.read(text, ())
    return {f"{name}-amount": [limit.amount], f"{name}-unit": [limit.unit]}


def span_written(typed: Inputs, name: str, before: str = "") -> str:
    """The time that was typed, as `before` where that says the same; empty where none was."""
    amount = controls.value(typed, f"{name}-amount").strip()
    found = terms.term(amount, controls.value(typed, f"{name}-unit"), name) if amount else ""
    return before if terms.same(found, before) else found


def _amount(typed: Inputs, name: str) -> dict[str, Control]:
    return {
        "amount": controls.text(typed, f"{name}-amount", gettext("多长"), kind="number"),
        "unit": controls.select(typed, f"{name}-unit", gettext("时间单位"), units()),
    }
