"""Days beyond the years 1 to 9999 that Python counts.

The Gregorian calendar repeats itself every 400 years, to the day of the week (146,097 days are 20,871 weeks).
So a far day is a near one, of the years 2000 to 2399, and a count of such cycles; years are counted with a
year 0, as ISO 8601 does.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

CYCLE = 400
CYCLE_DAYS = 146_097
FIRST = 2000
MOST_YEARS = 999_999_999


@dataclass(frozen=True, slots=True, order=True)
class FarDay:
    """A date outside the years 1 to 9999."""

    cycles: int
    near: date


@dataclass(frozen=True, slots=True, order=True)
class FarMoment:
    """A date and time outside the years 1 to 9999."""

    cycles: int
    near: datetime


Day = date | FarDay | FarMoment


def apart(day: Day) -> tuple[int, Any]:
    """A day as cycles of 400 years and a day of the years 2000 to 2399."""
    if isinstance(day, FarDay | FarMoment):
        return day.cycles, day.near
    cycles, year = divmod(day.year - FIRST, CYCLE)
    return cycles, day.replace(year=FIRST + year)


def joined(cycles: int, near: Any) -> Any:
    """The day for cycles and a day anywhere near; OverflowError beyond the years FEEL knows."""
    more, near = apart(near)
    year = near.year + CYCLE * (cycles + more)
    if 1 <= year <= 9999:
        return near.replace(year=year)
    if abs(year) > MOST_YEARS:
        raise OverflowError("outside the calendar")
    return (FarMoment if isinstance(near, datetime) else FarDay)(cycles + more, near)


def year_of(day: Day) -> int:
    """The year, which may be negative."""
    cycles, near = apart(day)
    return int(near.year) + CYCLE * cycles


def moved(day: Day, length: timedelta) -> Any:
    """The day or moment so much later; a day takes whole days only. In a named zone real hours are counted."""
    cycles, near = apart(day)
    more, days = divmod(length.days, CYCLE_DAYS)
    rest = timedelta(days, length.seconds, length.microseconds)
    if isinstance(near, datetime) and isinstance(near.tzinfo, ZoneInfo):
        return joined(cycles + more, (near.astimezone(UTC) + rest).astimezone(near.tzinfo))
    return joined(cycles + more, near + rest)


def later(day: Day, months: int) -> Any:
    """The same day so many months later; the month's last day where that day is missing."""
    cycles, near = apart(day)
    year, month = divmod(near.year * 12 + near.month - 1 + months, 12)
    more, year = divmod(year - FIRST, CYCLE)
    year += FIRST
    return joined(
        cycles + more, near.replace(year=year, month=month + 1, day=min(near.day, monthrange(year, month + 1)[1]))
    )


def between(left: Day, right: Day) -> timedelta:
    """How much later the left is; a day counts as its first moment in UTC if the other is a moment with a zone."""
    (cycles, near), (others, other) = apart(left), apart(right)
    near, other = _alike(near, other)
    return timedelta(days=(cycles - others) * CYCLE_DAYS) + (near - other)


def _alike(left: Any, right: Any) -> tuple[Any, Any]:
    if isinstance(left, datetime) or isinstance(right, datetime):
        left, right = _moment(left), _moment(right)
        if left.tzinfo is not None and right.tzinfo is not None:
            return left.astimezone(UTC), right.astimezone(UTC)
    return left, right


def _moment(day: date) -> datetime:
    return day if isinstance(day, datetime) else datetime(day.year, day.month, day.day, tzinfo=UTC)
