"""How long something waits, as an author says it: an amount of a unit, a day that was answered, or FEEL. Pure."""

import re
from dataclasses import dataclass
from datetime import timedelta

from zhongshu.base.calendar.rules import Term
from zhongshu.base.http.refusals import Invalid
from zhongshu.engine.processes.rules.bpmn import durations

UNITS = ("minutes", "hours", "working_days", "calendar_days")
HOUR, DAY, MINUTE = timedelta(hours=1), timedelta(days=1), timedelta(minutes=1)
MOST = 9_999
_AMOUNT = re.compile("[1-9][0-9]{0,3}")
_DAY = re.compile(r'date and time\(date\(([\w.]+)\), time\("18:00:00"\)\)', re.ASCII)
_MOMENT = re.compile(r"date and time\(([\w.]+)\)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Wait:
    """One of three: `amount` of `unit`; until the day or moment `until` (the name of an answer); `feel`."""

    amount: str = ""
    unit: str = "working_days"
    until: str = ""
    feel: str = ""


def read(text: str) -> Wait:
    """A wait as a drawing has it."""
    if term := _term(text):
        return Wait(str(term.amount), str(term.unit))
    if found := _DAY.fullmatch(text) or _MOMENT.fullmatch(text):
        return Wait(until=found[1])
    return Wait(feel=text)


def written(wait: Wait, *, moment: bool = False) -> str:
    """The same as a drawing has it; a day runs to six in the evening, a `moment` to itself.

    What is written out counts before what is chosen. Invalid if nothing is said, or the amount is no number.
    """
    if wait.feel.strip():
        return wait.feel.strip()
    if wait.until:
        return f"date and time({wait.until})" if moment else f'date and time(date({wait.until}), time("18:00:00"))'
    if not _AMOUNT.fullmatch(wait.amount):
        raise Invalid("请写等多久：1 至 {most} 的整数，或者选一个日期。", field="amount", most=MOST)
    if wait.unit not in UNITS:
        raise Invalid("请从列表中选时间单位。", field="unit")
    return f"{wait.amount} {wait.unit}"


def _term(text: str) -> Term | None:
    try:
        return Term.parse(text)
    except ValueError:
        return _length(durations.parse(text))


def _length(length: timedelta | None) -> Term | None:
    """An ISO length in the largest unit that holds it whole: a day of it is 24 hours, so it stays in hours."""
    for unit, name in ((HOUR, "hours"), (MINUTE, "minutes")):
        if length is not None and not length % unit:
            return Term.parse(f"{length // unit} {name}")
    return None
