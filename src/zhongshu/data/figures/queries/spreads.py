"""How long stages take and at which hours things happen, from what is counted beforehand."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from django.db import connection

from zhongshu.data.figures.rules import spreads

HOURS = 24


@dataclass(frozen=True, slots=True)
class Lasting:
    """How long something took, `n` times: mean, median and the ninth tenth in seconds; None where n is 0."""

    n: int
    mean: float | None
    median: float | None
    p90: float | None

    @classmethod
    def of(cls, counts: Mapping[int, int], total: int) -> Self:
        """From the counts of a spread and its sum in seconds."""
        n = sum(counts.values())
        return cls(n, total / n if n else None, spreads.quantile(counts, 0.5), spreads.quantile(counts, 0.9))


_SLOTS = """
WITH rows AS MATERIALIZED (
    SELECT {key} AS key, total, counts FROM figures_spread
    WHERE ancestor = %(ancestor)s AND day BETWEEN %(first)s AND %(last)s AND {measure} {category}
)
SELECT key, slot, sum(n)::bigint FROM (
    SELECT key, k + array_lower(counts, 1) - 1 AS slot, n FROM rows, unnest(counts) WITH ORDINALITY AS u (n, k)
) s WHERE n <> 0 GROUP BY 1, 2
UNION ALL SELECT key, NULL, sum(total)::bigint FROM rows GROUP BY 1
"""


def stage_times(ancestor: int, first: date, last: date, category: str = "") -> dict[str, Lasting]:
    """How long cases stood in each phase they left from `first` to `last`: phase → times, in one index walk.

    For an officer (`steps.officer_key`): how long the tasks he did had waited. `category` narrows by prefix.
    """
    counts: dict[str, dict[int, int]] = {}
    totals: dict[str, int] = {}
    sql = _SLOTS.format(
        key="substr(measure, 7)", measure="measure LIKE 'stage:%%'",
        category="AND category LIKE %(category)s" if category else "AND category = %(category)s",
    )  # fmt: skip
    wanted = f"{category}%" if category else spreads.ALL
    with connection.cursor() as cursor:
        cursor.execute(sql, {"ancestor": ancestor, "first": first, "last": last, "category": wanted})
        for phase, slot, n in cursor.fetchall():
            if slot is None:
                totals[phase] = int(n)
            else:
                counts.setdefault(phase, {})[slot] = int(n)
    return {phase: Lasting.of(found, totals.get(phase, 0)) for phase, found in counts.items()}


def flow_by_hour(ancestor: int, day: date, measure: str = "opened") -> tuple[int, ...]:
    """How many were `opened` (or `closed`) in each of the 24 hours of a day, Shanghai time."""
    return _by_day(ancestor, [day], measure).get(day, (0,) * HOURS)


@dataclass(frozen=True, slots=True)
class Usual:
    """The mean of each hour over `weeks` like days; no week, no means."""

    means: tuple[float, ...]
    weeks: int


def usual_by_hour(ancestor: int, day: date, weeks: int = 4, measure: str = "opened") -> Usual:
    """What the same weekday is like: the mean of each hour over the last `weeks` weeks before `day`.

    A week in which nothing at all was counted that day is left out: the platform was not there yet, or not in use.
    """
    days = [day - timedelta(weeks=back) for back in range(1, weeks + 1)]
    found = list(_by_day(ancestor, days, measure).values())
    means = tuple(sum(hour) / len(found) for hour in zip(*found, strict=True)) if found else ()
    return Usual(means, len(found))


_BY_DAY = """
SELECT day, k + array_lower(counts, 1) - 1, sum(n)::bigint
FROM figures_spread, unnest(counts) WITH ORDINALITY AS u (n, k)
WHERE ancestor = %s AND day = ANY(%s) AND measure = %s AND category = %s AND n <> 0 GROUP BY 1, 2
"""


def _by_day(ancestor: int, days: list[date], measure: str) -> dict[date, tuple[int, ...]]:
    found: dict[date, list[int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_BY_DAY, [ancestor, days, measure, spreads.ALL])
        for day, hour, n in cursor.fetchall():
            found.setdefault(day, [0] * HOURS)[hour] = int(n)
    return {day: tuple(counts) for day, counts in found.items()}
