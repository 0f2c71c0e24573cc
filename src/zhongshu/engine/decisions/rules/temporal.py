"""Dates, times and durations as FEEL writes them; null for what is not one.

DMN 1.5 §10.3.2.3, after XML Schema Part 2.
"""

import re
from calendar import monthrange
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from zhongshu.engine.decisions.rules.values import Months

_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_CLOCK = r"[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,6})?(?:Z|[+-][0-9]{2}:[0-9]{2})?"
_DATE = re.compile(_DAY)
_TIME = re.compile(_CLOCK)
_MOMENT = re.compile(f"{_DAY}T{_CLOCK}")
_MONTHS = re.compile(r"(-?)P(?=[0-9])(?:([0-9]{1,6})Y)?(?:([0-9]{1,6})M)?")
_DAYS = re.compile(
    r"(-?)P(?=[0-9T])(?:([0-9]{1,9})D)?"
    r"(?:T(?=[0-9])(?:([0-9]{1,9})H)?(?:([0-9]{1,9})M)?(?:([0-9]{1,9}(?:\.[0-9]{1,6})?)S)?)?"
)


def read_date(text: str) -> date | None:
    """The day a text like 2026-03-01 names; a date and time gives its day."""
    if not _DATE.fullmatch(text):
        moment = read_moment(text)
        return moment.date() if moment else None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def read_time(text: str) -> time | None:
    """The time of day a text like 08:30:00 or 08:30:00+08:00 names."""
    try:
        return time.fromisoformat(text) if _TIME.fullmatch(text) else None
    except ValueError:
        return None


def read_moment(text: str) -> datetime | None:
    """The date and time a text like 2026-03-01T08:30:00+08:00 names."""
    try:
        return datetime.fromisoformat(text) if _MOMENT.fullmatch(text) else None
    except ValueError:
        return None


def read_duration(text: str) -> Months | timedelta | None:
    """The duration a text like P1Y6M or P3DT4H names; years or months never mix with days or hours."""
    if found := _MONTHS.fullmatch(text):
        total = 12 * int(found[2] or 0) + int(found[3] or 0)
        return Months(-total if found[1] else total)
    found = _DAYS.fullmatch(text)
    if not found:
        return None
    sign, days, hours, minutes, seconds = found.groups(default="0")
    try:
        length = timedelta(
            days=int(days),
            hours=int(hours),
            minutes=int(minutes),
            microseconds=int(Decimal(seconds) * 1_000_000),
        )
    except OverflowError:
        return None
    return -length if sign == "-" else length


def read_any(text: str) -> Any:
    """What an @"…" literal names: a date, a time, a date and time or a duration."""
    for read in (read_date if _DATE.fullmatch(text) else read_moment, read_time, read_duration):
        if (value := read(text)) is not None:
            return value
    return None


def later(day: date, months: Months) -> date:
    """The same day so many months later; the month's last day where that day is missing."""
    year, month = divmod(day.year * 12 + day.month - 1 + months.total, 12)
    if not 1 <= year <= 9999:
        raise OverflowError("outside the calendar")
    return day.replace(year=year, month=month + 1, day=min(day.day, monthrange(year, month + 1)[1]))
