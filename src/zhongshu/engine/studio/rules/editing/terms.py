"""By when something is to be done, as an author sets it: so many days, the day of an answer, or an expression. Pure.

What the page of settings keeps is a text (`cases.rules.settings`, `cases.rules.dues`); this is the form of that text.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from zhongshu.base.calendar.rules import Term
from zhongshu.base.calendar.rules.terms import Unit
from zhongshu.base.http.refusals import Invalid
from zhongshu.engine.cases.rules import dues

How = Literal["none", "term", "question", "feel"]
UNITS = tuple(str(unit) for unit in Unit)
_QUESTION = r"[^\W\d]\w*\.[^\W\d]\w*"
_BARE = re.compile(rf"= ({_QUESTION})")
_TIMED = re.compile(rf'= date and time\(date\(({_QUESTION})\), time\("([01]\d|2[0-3]):([0-5]\d):00"\)\)')
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


@dataclass(frozen=True, slots=True)
class Limit:
    """A deadline in its parts, each as it is typed; `how` says which of them hold.

    `question` is where its answer stands in a case's data (`answers.by`), `time` the hour of that day (`18:00`; empty:
    its end), `feel` the expression without its sign.
    """

    how: How = "none"
    amount: str = ""
    unit: str = str(Unit.WORKING_DAYS)
    question: str = ""
    time: str = ""
    feel: str = ""


def read(text: str, asked: Collection[str]) -> Limit:
    """A deadline as the page of settings has it; `asked` are the questions that may set one."""
    if not text.strip():
        return Limit()
    if dues.is_expression(text):
        return _of_answer(text, asked) or Limit("feel", feel=text.removeprefix(dues.SIGN).strip())
    try:
        term = Term.parse(text)
    except ValueError:
        return Limit("term", amount=text)
    return Limit("term", str(term.amount), str(term.unit))


def _of_answer(text: str, asked: Collection[str]) -> Limit | None:
    if (bare := _BARE.fullmatch(text)) and bare[1] in asked:
        return Limit("question", question=bare[1])
    if (timed := _TIMED.fullmatch(text)) and timed[1] in asked:
        return Limit("question", question=timed[1], time=f"{timed[2]}:{timed[3]}")
    return None


def write(limit: Limit, asked: Collection[str], field: str) -> str:
    """The deadline as the page of settings keeps it; empty where there is none.

    Raises Invalid for what cannot be so; its field is that part of `field` (`field-amount`, `field-feel` …).
    """
    match limit.how:
        case "none":
            return ""
        case "term":
            return term(limit.amount, limit.unit, field)
        case "question":
            return _by_answer(limit, asked, field)
        case "feel":
            return _expression(limit.feel, f"{field}-feel")
        case _:
            raise Invalid("请选择期限怎样定。", field=f"{field}-how")


def term(amount: str, unit: str, field: str) -> str:
    """A time in its unit, such as `5 working_days`; Invalid where it is none."""
    typed = amount.strip()
    if not (typed.isascii() and typed.isdigit() and len(typed) < 9):
        raise Invalid("请写一个整数，例如 5。", field=f"{field}-amount")
    if unit not in UNITS:
        raise Invalid("请选择分钟、小时、工作日或自然日。", field=f"{field}-unit")
    try:
        return str(Term(int(typed), Unit(unit)))
    except ValueError:
        raise Invalid("期限最长一百年，请写小一些。", field=f"{field}-amount") from None


def _by_answer(limit: Limit, asked: Collection[str], field: str) -> str:
    if limit.question not in asked:
        raise Invalid("请选择由哪个问题的答案定期限。", field=f"{field}-question")
    if not limit.time:
        return f"= {limit.question}"
    if not _TIME.fullmatch(limit.time):
        raise Invalid("时刻请写成 18:00。", field=f"{field}-time")
    return f'= date and time(date({limit.question}), time("{limit.time}:00"))'


def _expression(typed: str, field: str) -> str:
    text = typed.strip().removeprefix(dues.SIGN).strip()
    if not text:
        raise Invalid("请写上表达式，例如 answers.by。", field=field)
    try:
        dues.read(f"{dues.SIGN} {text}")
    except Invalid as problem:
        raise Invalid(problem.sentence, field=field, **problem.gaps) from None
    return f"{dues.SIGN} {text}"


def same(one: str, other: str) -> bool:
    """Whether two texts are the same deadline: `1 hour` is `1 hours`."""
    return read(one, ()) == read(other, ())
