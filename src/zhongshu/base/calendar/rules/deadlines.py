"""When a term ends.

Days (民法典): the opening day is not counted (art. 201); a last day off moves to the first working day after
it, and the last day runs to 24:00, or to the end of business hours where there are such (art. 203). Working
days exclude public holidays (行政许可法 art. 82). 24:00 is kept as 23:59:59, so that a deadline's date is the
day it ends on. Minutes and hours run on the clock, nights and holidays included.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from zhongshu.base.calendar.rules.days import SHANGHAI, WorkingDays
from zhongshu.base.calendar.rules.pauses import Pause, Stretch, merged, paused_time
from zhongshu.base.calendar.rules.terms import Term, Unit

DAY_ENDS = time(23, 59, 59)


@dataclass(frozen=True, slots=True)
class Due:
    """The last moment of a term.

    `provisional`: it rests on a year not yet announced and may move. `stopped`: a pause is open, so the term
    is not running and `at` only tells where it would end if it ran on from here.
    """

    at: datetime
    provisional: bool = False
    stopped: bool = False


def due(
    start: datetime,
    term: Term,
    days: WorkingDays,
    pauses: Iterable[Pause] = (),
    *,
    until: datetime | None = None,
    closes: time = DAY_ENDS,
) -> Due:
    """When a term that began at `start` (aware) ends; the answer is in Shanghai time.

    `until` is the moment of asking: a pause still open has lasted to it (without it, an open pause has taken
    nothing yet). `closes` is the end of business hours, where the body keeps such.
    """
    start, ledger = start.astimezone(SHANGHAI), tuple(pauses)
    stretches = merged(ledger, start, until)
    if term.unit.by_day:
        last = _last_day(start.date(), term, days, stretches)
        end = datetime.combine(last, closes, SHANGHAI)
        provisional = days.provisional(start.date(), last)
    else:
        end = _run(start, term.amount * term.unit.length, stretches)
        provisional = False
    stopped = any(pause.ended is None and pause.started <= end for pause in ledger)
    return Due(end, provisional, stopped)


def recompute(
    was: Due,
    start: datetime,
    term: Term,
    days: WorkingDays,
    pauses: Iterable[Pause] = (),
    *,
    until: datetime | None = None,
    closes: time = DAY_ENDS,
) -> Due | None:
    """The deadline by the calendar and ledger of today if it differs from the one kept, else None.

    For all running terms when a year is announced or a pause ends; also tells that a provisional one became
    firm.
    """
    is_now = due(start, term, days, pauses, until=until, closes=closes)
    return None if is_now == was else is_now


def elapsed_share(start: datetime, end: datetime, at: datetime, pauses: Iterable[Pause] = ()) -> float:
    """How much of the running time from `start` to the deadline `end` is used up at `at`.

    0 before the start, 1 at the deadline, more than 1 when late; paused time counts on neither side, and an
    open pause lasts to `at`. Warnings are given at a share of this (0.8 is usual).
    """
    ledger: Sequence[Pause] = tuple(pauses)
    whole = (end - start) - paused_time([p for p in ledger if p.ended is not None], start, end)
    used = (at - start) - paused_time(ledger, start, at)
    if whole <= timedelta(0):
        return 1.0 if at >= end else 0.0
    return max(used / whole, 0.0)


def _last_day(on: date, term: Term, days: WorkingDays, stretches: Sequence[Stretch]) -> date:
    """Count days after `on` until the amount is used and the day reached is one people can act on."""
    left = term.amount
    while left > 0 or not days.works(on) or _paused(on, stretches):
        on += timedelta(days=1)
        counts = days.works(on) if term.unit is Unit.WORKING_DAYS else True
        if counts and not _paused(on, stretches):
            left -= 1
    return on


def _run(start: datetime, length: timedelta, stretches: Iterable[Stretch]) -> datetime:
    """Start plus length, moved on by each stretch that begins before the end reached so far."""
    end = start + length
    for stretch in stretches:
        if stretch.first >= end:
            break
        end += stretch.last - stretch.first
    return end


def _paused(on: date, stretches: Iterable[Stretch]) -> bool:
    return any(stretch.takes(on) for stretch in stretches)
