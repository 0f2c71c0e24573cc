"""A month and the two it is held against. Pure."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

_CODE = re.compile(r"(\d{4})-(\d{1,2})", re.ASCII)
FIRST_YEAR, LAST_YEAR = 2000, 2999


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `first` to `last`, both included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Month:
    """A month up to `upto` (its last day, or today while it runs)."""

    year: int
    month: int
    upto: int

    @classmethod
    def read(cls, text: str, today: date) -> "Month | None":
        """The month with this code (2026-10) as of today; None for one that is none, or that has not begun."""
        found = _CODE.fullmatch(text)
        if found is None:
            return None
        year, month = int(found[1]), int(found[2])
        if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12) or date(year, month, 1) > today:
            return None
        running = (year, month) == (today.year, today.month)
        return cls(year, month, today.day if running else _length(year, month))

    @property
    def code(self) -> str:
        """The month in an address: 2026-10."""
        return f"{self.year}-{self.month:02}"

    @property
    def whole(self) -> bool:
        """Whether the month is over."""
        return self.upto == _length(self.year, self.month)

    @property
    def period(self) -> Period:
        """Its days so far."""
        return Period(date(self.year, self.month, 1), date(self.year, self.month, self.upto))

    @property
    def before(self) -> Period:
        """The same days of the month before."""
        year, month = (self.year - 1, 12) if self.month == 1 else (self.year, self.month - 1)
        return self._like(year, month)

    @property
    def last_year(self) -> Period:
        """The same days of this month a year ago."""
        return self._like(self.year - 1, self.month)

    def _like(self, year: int, month: int) -> Period:
        """As many days of another month; all of it against a whole month."""
        length = _length(year, month)
        return Period(date(year, month, 1), date(year, month, length if self.whole else min(self.upto, length)))


def _length(year: int, month: int) -> int:
    return monthrange(year, month)[1]
