"""The ledger of pauses: time that a term does not count.

Source: 行政许可法 art. 45 (hearings, inspections, expert reviews "所需时间不计算在…期限内"). Overlapping
pauses count once.

For terms in days a pause is itself a period counted in days, by 民法典 art. 201: the day it opens is not
counted, the day it ends is. So a pause from Monday to Wednesday takes Tuesday and Wednesday out of the term,
at whatever hours, and a pause opened and ended on one day takes nothing: a term in days loses whole days
only.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta


@dataclass(frozen=True, slots=True)
class Pause:
    """A stretch of time that does not count; `ended` is None while it lasts.

    Ending before it started is a `ValueError`.
    """

    started: datetime
    ended: datetime | None = None
    reason: str = ""

    def __post_init__(self) -> None:
        if self.ended is not None and self.ended < self.started:
            raise ValueError("A pause cannot end before it starts.")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A closed pause after merging: `first` up to `last`."""

    first: datetime
    last: datetime

    def takes(self, on: date) -> bool:
        """Whether this day is out of a term in days: after the opening day, up to the day it ends."""
        zone = self.first.tzinfo
        return self.first.date() < on <= self.last.astimezone(zone).date()


def merged(pauses: Iterable[Pause], after: datetime, until: datetime | None = None) -> tuple[Stretch, ...]:
    """The pauses after a moment as disjoint stretches in order, in that moment's zone.

    A pause still open lasts to `until`; without `until` it has taken nothing yet.
    """
    stretches: list[Stretch] = []
    for first, last in sorted(_closed(pauses, after, until)):
        if stretches and first <= stretches[-1].last:
            stretches[-1] = Stretch(stretches[-1].first, max(last, stretches[-1].last))
        else:
            stretches.append(Stretch(first, last))
    return tuple(stretches)


def paused_time(pauses: Iterable[Pause], first: datetime, last: datetime) -> timedelta:
    """How much of `first` to `last` was paused, on the clock; overlapping pauses count once."""
    stretches = merged(pauses, first, last)
    return sum((max(min(s.last, last) - s.first, timedelta(0)) for s in stretches), timedelta(0))


def _closed(pauses: Iterable[Pause], after: datetime, until: datetime | None) -> Iterable[tuple[datetime, datetime]]:
    for pause in pauses:
        first = max(pause.started, after).astimezone(after.tzinfo)
        last = pause.ended or max(until or pause.started, pause.started)
        if last > first:
            yield first, last.astimezone(after.tzinfo)
