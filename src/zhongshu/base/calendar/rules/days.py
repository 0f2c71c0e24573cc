"""Kinds of days, and the snapshot of which days are worked.

Source: the State Council's yearly notice on public holidays (《国务院办公厅关于…年部分节假日安排的通知》)
names the days off and the weekend days worked in exchange; every other day follows its weekday
(国务院《关于职工工作时间的规定》第七条).
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


class Kind(StrEnum):
    """What sort of day it is for a government office."""

    WORKING = "working"
    REST = "rest"
    HOLIDAY = "holiday"
    MAKE_UP = "make_up"


@dataclass(frozen=True, slots=True)
class Day:
    """One date of the calendar; `official` tells a decided day from one computed by its weekday."""

    on: date
    working: bool
    name: str = ""
    name_en: str = ""
    official: bool = True
    source: str = ""

    @property
    def kind(self) -> Kind:
        """Working, rest, public holiday or make-up working day."""
        if self.working:
            return Kind.WORKING if _weekday_worked(self.on) else Kind.MAKE_UP
        return Kind.HOLIDAY if self.name or _weekday_worked(self.on) else Kind.REST


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """Which days are worked, frozen: days that differ from their weekday, and the years that are decided.

    A year outside `official_years` is answered by the weekday and by what is known of it, and is told as
    provisional.
    """

    exceptions: Mapping[date, bool] = field(default_factory=dict)
    official_years: frozenset[int] = frozenset()

    @classmethod
    def of(cls, days: Iterable[Day]) -> "WorkingDays":
        """The snapshot of these rows; a year is official when all its days are there and are so."""
        exceptions: dict[date, bool] = {}
        decided: Counter[int] = Counter()
        for day in days:
            decided[day.on.year] += day.official
            if day.working != _weekday_worked(day.on):
                exceptions[day.on] = day.working
        return cls(exceptions, frozenset(year for year, n in decided.items() if n == _length(year)))

    def works(self, on: date) -> bool:
        """Whether offices work on this date."""
        return self.exceptions.get(on, _weekday_worked(on))

    def provisional(self, first: date, last: date) -> bool:
        """Whether any year from `first` to `last` is not yet announced, so that an answer may still move."""
        return any(year not in self.official_years for year in range(first.year, last.year + 1))

    def next_working(self, on: date) -> date:
        """This date if it is worked, else the first worked one after it."""
        while not self.works(on):
            on += timedelta(days=1)
        return on


def weekday_year(year: int, source: str = "weekday") -> tuple[Day, ...]:
    """Every day of a year that nobody has announced yet: Monday to Friday worked, none official."""
    first = date(year, 1, 1)
    dates = (first + timedelta(days=n) for n in range(_length(year)))
    return tuple(Day(on, _weekday_worked(on), official=False, source=source) for on in dates)


def _length(year: int) -> int:
    return (date(year + 1, 1, 1) - date(year, 1, 1)).days


def _weekday_worked(on: date) -> bool:
    return on.weekday() < 5
