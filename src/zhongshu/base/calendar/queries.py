"""Which days are worked, from a snapshot each process keeps."""

from dataclasses import dataclass
from datetime import date
from time import monotonic

from django.db.models import QuerySet

from zhongshu.base.calendar.models import Day, Edition
from zhongshu.base.calendar.rules import Day as DayRule
from zhongshu.base.calendar.rules import WorkingDays

CHECKED_EVERY = 60.0
"""Seconds between two looks at the edition: how long another process's change may go unseen."""


@dataclass(frozen=True, slots=True)
class _Snapshot:
    days: WorkingDays
    edition: int
    checked: float


_snapshot: _Snapshot | None = None


def working_days() -> WorkingDays:
    """The days worked in this city: one small query a minute at most, a full read after a change."""
    global _snapshot
    held, moment = _snapshot, monotonic()
    if held is not None and moment - held.checked < CHECKED_EVERY:
        return held.days
    edition = Edition.objects.count()
    fresh = held.days if held is not None and held.edition == edition else WorkingDays.of(_rules(Day.objects.all()))
    _snapshot = _Snapshot(fresh, edition, moment)
    return fresh


def forget() -> None:
    """Drop this process's snapshot, so that the next question reads the table."""
    global _snapshot
    _snapshot = None


def days_between(first: date, last: date) -> tuple[DayRule, ...]:
    """The days kept from `first` to `last`, both included, in order."""
    return tuple(_rules(Day.objects.filter(on__range=(first, last)).order_by("on")))


def _rules(rows: QuerySet[Day]) -> list[DayRule]:
    return [DayRule(*row) for row in rows.values_list("on", "working", "name", "name_en", "official", "source")]
