"""The hours of the week in which a grant counts: duty shifts that come back each week. Pure.

They are kept as the bounds of half-open stretches of minutes, counted from Monday 00:00 in Shanghai, ascending:
`(480, 1020)` is Monday from 8 to 17, `()` is always. A minute lies inside when an odd number of bounds lie at or before
it; PostgreSQL's `width_bucket` counts the same, so that one list of numbers serves the object check and the query.
"""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, time
from itertools import pairwise
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
DAY = 24 * 60
WEEK = 7 * DAY

Hours = tuple[int, ...]
ALWAYS: Hours = ()


def minute_of_week(at: datetime) -> int:
    """Minutes since Monday 00:00 in Shanghai."""
    local = at.astimezone(SHANGHAI)
    return local.weekday() * DAY + local.hour * 60 + local.minute


def within(hours: Sequence[int], at: datetime) -> bool:
    """Whether a moment lies within the hours; the first minute is inside, the one at the end is not."""
    return not hours or bisect_right(hours, minute_of_week(at)) % 2 == 1


def weekly(days: Collection[int], start: time, end: time) -> Hours:
    """The same hours on some days of the week (Monday 0), the day being that of the start.

    An end at or before the start lies on the next day, so that equal ones are the whole day round.
    """
    first, last = start.hour * 60 + start.minute, end.hour * 60 + end.minute
    long = last - first if last > first else last - first + DAY
    return joined((day * DAY + first, long) for day in days)


def joined(stretches: Iterable[tuple[int, int]]) -> Hours:
    """Stretches (first minute, minutes) as bounds: what runs past Sunday goes on at Monday, what touches is one."""
    bounds: list[int] = []
    for first, last in sorted(part for start, long in stretches for part in _parts(start, start + long)):
        if bounds and first <= bounds[-1]:
            bounds[-1] = max(bounds[-1], last)
        else:
            bounds += [first, last]
    return ALWAYS if bounds == [0, WEEK] else tuple(bounds)


def _parts(first: int, last: int) -> list[tuple[int, int]]:
    return [(first, last)] if last <= WEEK else [(first, WEEK), (0, last - WEEK)]


def sound(hours: Sequence[int]) -> bool:
    """Whether these are bounds: in pairs, ascending, within the week."""
    ascending = all(one < other for one, other in pairwise(hours))
    return len(hours) % 2 == 0 and ascending and all(0 <= bound <= WEEK for bound in hours)


def stretches(hours: Sequence[int]) -> list[tuple[int, int]]:
    """The hours as stretches (first minute, minutes), one that runs past Sunday whole; undoes `joined`."""
    found = [(first, last - first) for first, last in zip(hours[::2], hours[1::2], strict=True)]
    if len(found) > 1 and found[0][0] == 0 and hours[-1] == WEEK:
        (_, early), (late, long) = found.pop(0), found.pop()
        found.append((late, long + early))
    return found
