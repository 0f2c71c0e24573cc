"""Adding to counters; noting who takes figures away."""

from collections import Counter as Sum
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.db import connection

from zhongshu.base.journal import actions as journal
from zhongshu.base.permissions.rules import Actor
from zhongshu.data.figures.rules.spreads import ALL, Slot
from zhongshu.data.figures.rules.steps import Step

# Both kinds in one round trip; the first slot of an array is its lower bound, so a row is no longer than it must be.
# A spread is kept a second time for all categories together: reading a month of those is a row a day, not hundreds.
_ADD = """
WITH counted AS (
    INSERT INTO figures_counter AS c (measure, ancestor, day, category, n)
    SELECT measure, ancestor, day, %(category)s, n
    FROM unnest(%(measures)s::text[], %(ancestors)s::bigint[], %(days)s::date[], %(ns)s::bigint[])
         AS u (measure, ancestor, day, n)
    ORDER BY 1, 2, 3
    ON CONFLICT (measure, ancestor, day, category) DO UPDATE SET n = c.n + excluded.n
)
INSERT INTO figures_spread AS s (measure, ancestor, day, category, total, counts)
SELECT measure, ancestor, day, category, total, array_fill(n, ARRAY[1], ARRAY[slot])
FROM unnest(%(categories)s::text[]) AS k (category),
     unnest(%(spread)s::text[], %(under)s::bigint[], %(on)s::date[], %(slots)s::int[], %(each)s::int[],
            %(totals)s::bigint[]) AS u (measure, ancestor, day, slot, n, total)
ORDER BY 1, 2, 3, 4
ON CONFLICT (measure, ancestor, day, category) DO UPDATE SET
    total = s.total + excluded.total,
    counts[array_lower(excluded.counts, 1)] = coalesce(s.counts[array_lower(excluded.counts, 1)], 0)
        + excluded.counts[array_lower(excluded.counts, 1)]
"""
_COUNTER = ("measures", "ancestors", "days", "ns")
_SPREAD = ("spread", "under", "on", "slots", "each", "totals")


def add(steps: Iterable[Step], slots: Iterable[Slot], category: str) -> None:
    """Add to the counters of a category; part of the reaction that calls it, so each entry counts once.

    Of one spread measure an entry may touch one slot a day and ancestor.
    """
    sums: Sum[tuple[str, int, object]] = Sum()
    for step in steps:
        sums[step.measure, step.ancestor, step.day] += step.n
    found = [(*key, n) for key, n in sums.items() if n]
    spread = [(s.measure, s.ancestor, s.day, s.slot, s.n, s.total) for s in slots]
    if not found and not spread:
        return
    given = {
        "category": category,
        "categories": sorted({category, ALL}),
        **_columns(_COUNTER, found),
        **_columns(_SPREAD, spread),
    }
    with connection.cursor() as cursor:
        cursor.execute(_ADD, given)


def _columns(names: tuple[str, ...], rows: list[tuple[Any, ...]]) -> dict[str, Any]:
    return {name: [row[number] for row in rows] for number, name in enumerate(names)}


def note_export(what: str, form: str, lines: int, reach: Collection[int], *, by: Actor, at: datetime) -> None:
    """Record that somebody took figures away: which (`what` is the page's address), as what, how many lines at most."""
    journal.record(
        subject=("figures", by.id), verb="figures.exported", by=by, at=at, reach=reach,
        body={"what": what, "form": form, "lines": lines},
    )  # fmt: skip
