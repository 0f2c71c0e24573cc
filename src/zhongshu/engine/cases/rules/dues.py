"""Deadlines that an answer sets: `= answers.by` in a scenario's settings, FEEL over the case's data. Pure.

The value is a date (the end of that day), a date and time (Shanghai's where it names no zone), a text of either, or a
duration from when the task opens. It stands once it is worked out: a year's calendar does not move it.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from zhongshu.base.calendar.rules import DAY_ENDS, SHANGHAI
from zhongshu.base.http.refusals import Invalid
from zhongshu.engine.decisions.rules import feel, temporal, tree
from zhongshu.engine.decisions.rules.values import Months
from zhongshu.engine.intake.rules.questionnaire import Problem

SIGN = "="
PAST = "这个时间已经过去，请改为以后的时间。"
LONGEST = timedelta(days=36_525)
"""A deadline farther off than a century is a slip of the pen."""


def is_expression(text: str) -> bool:
    """Whether a deadline is worked out from the case's data rather than counted in hours or days."""
    return text.startswith(SIGN)


def read(text: str) -> feel.Expression:
    """The expression of such a deadline. Invalid where it is none."""
    try:
        return feel.compile(text.removeprefix(SIGN).strip())
    except feel.SyntaxProblem as problem:
        raise Invalid("期限“{term}”不是 FEEL 表达式：{why}", term=text, why=str(problem)) from None


def moment(value: Any, opened: datetime) -> datetime | None:
    """When a deadline with this value falls, of what began at `opened`; None where the value is no time."""
    if isinstance(value, str):
        value = temporal.read_any(value)
    match value:
        case datetime():
            found = value if value.tzinfo else value.replace(tzinfo=SHANGHAI)
        case date():
            found = datetime.combine(value, DAY_ENDS, SHANGHAI)
        case timedelta() if abs(value) <= LONGEST:
            found = opened.astimezone(SHANGHAI) + value
        case Months(total) if 0 <= total <= LONGEST.days // 31:
            found = _later(opened.astimezone(SHANGHAI), total)
        case _:
            return None
    return found.astimezone(SHANGHAI) if abs(found - opened) <= LONGEST else None


def _later(moment: datetime, months: int) -> datetime:
    """The same day of the month so much later, or the last day of a month that is too short (Civil Code, 202)."""
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    for day in range(moment.day, moment.day - 4, -1):
        try:
            return moment.replace(year=year, month=month + 1, day=day)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def asked(expression: feel.Expression, where: str) -> list[str]:
    """The questions of the form at `where` (`answers`, or a task) that an expression reads."""
    level, found = [expression.root], set[str]()
    while level:
        found |= {part.keys[0] for part in level if isinstance(part, tree.Path) and part.base == tree.Name(where)}
        level = [inner for part in level for inner in tree.children(part)]
    return sorted(found)


def past(
    reckoned: Iterable[tuple[feel.Expression, datetime | None]], where: str, at: datetime
) -> dict[str, Problem]:  # fmt: skip
    """What to say beside the questions of the form at `where` that set a deadline which is over at `at`."""
    over = [expression for expression, due in reckoned if due is not None and due <= at]
    return {question: Problem(PAST) for expression in over for question in asked(expression, where)}
