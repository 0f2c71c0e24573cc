"""Functions of days (§10.3.4.7), and of the time an expression is told it is (§10.3.4.11)."""

from datetime import date, datetime
from typing import Any

from zhongshu.engine.decisions.rules.calendar import apart
from zhongshu.engine.decisions.rules.functions.declaring import built_in

DAY = "date: date|date and time"
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@built_in("day of year", DAY)
def day_of_year(day: Any) -> int:
    """1 for the first of January."""
    return int(apart(day)[1].timetuple().tm_yday)


@built_in("day of week", DAY)
def day_of_week(day: Any) -> str:
    """The weekday by its English name, as the standard has it."""
    return WEEKDAYS[apart(day)[1].weekday()]


@built_in("month of year", DAY)
def month_of_year(day: Any) -> str:
    """The month by its English name, as the standard has it."""
    return MONTHS[apart(day)[1].month - 1]


@built_in("week of year", DAY)
def week_of_year(day: Any) -> int:
    """The week by ISO 8601: the first one holds the year's first Thursday."""
    return int(apart(day)[1].isocalendar().week)


@built_in("now", "", scoped=True)
def now(scope: Any) -> datetime | None:
    """The moment the evaluation was told of; null if it was told none."""
    told: datetime | None = scope.at
    return told


@built_in("today", "", scoped=True)
def today(scope: Any) -> date | None:
    """The day the evaluation was told of; null if it was told none."""
    return scope.at.date() if scope.at else None
