"""How long something may take, as scenarios write it: `30 minutes`, `5 working_days`, `7 calendar_days`."""

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

LONGEST = timedelta(days=36_500)
_WRITTEN = re.compile(r"\s*(\d{1,8})\s*([a-z_]+)\s*", re.ASCII)


class Unit(StrEnum):
    """What a term is counted in; the first two run on the clock, the last two by whole days."""

    MINUTES = "minutes"
    HOURS = "hours"
    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"

    @property
    def length(self) -> timedelta:
        """One unit on the clock; for days, one day."""
        if self is Unit.MINUTES:
            return timedelta(minutes=1)
        return timedelta(hours=1) if self is Unit.HOURS else timedelta(days=1)

    @property
    def by_day(self) -> bool:
        """Whether it is counted in whole days."""
        return self in (Unit.WORKING_DAYS, Unit.CALENDAR_DAYS)


@dataclass(frozen=True, slots=True)
class Term:
    """An amount of one unit; `str(term)` is its JSON form and `Term.parse` reads it back.

    The amount is from 0 (the same day or at once) to a hundred years; else `ValueError`.
    """

    amount: int
    unit: Unit

    def __post_init__(self) -> None:
        if not 0 <= self.amount <= LONGEST // self.unit.length:
            raise ValueError(f"A term is from 0 to a hundred years, not {self.amount} {self.unit}.")

    @classmethod
    def parse(cls, text: str) -> "Term":
        """Read `5 working_days`; `1 hour` is understood too. `ValueError` says what was wrong."""
        written = _WRITTEN.fullmatch(text)
        if written is None:
            raise ValueError(f"Not a term: {text!r}; write an amount and a unit, such as '5 working_days'.")
        amount, unit = written.groups()
        try:
            return cls(int(amount), Unit(unit if unit.endswith("s") else unit + "s"))
        except ValueError:
            raise ValueError(f"Not a term: {text!r}; units are {', '.join(Unit)}.") from None

    def __str__(self) -> str:
        return f"{self.amount} {self.unit}"
