"""Adding to counters."""

from collections import Counter as Sum
from collections.abc import Iterable

from django.db import connection

from zhongshu.data.figures.rules import Step

_ADD = """
INSERT INTO figures_counter AS c (measure, ancestor, day, category, n)
SELECT measure, ancestor, day, %(category)s, n
FROM unnest(%(measures)s::text[], %(ancestors)s::bigint[], %(days)s::date[], %(ns)s::bigint[])
     AS u (measure, ancestor, day, n)
ORDER BY 1, 2, 3
ON CONFLICT (measure, ancestor, day, category) DO UPDATE SET n = c.n + excluded.n
"""


def add(steps: Iterable[Step], category: str) -> None:
    """Add to the counters of a category; part of the reaction that calls it, so each entry counts once."""
    sums: Sum[tuple[str, int, object]] = Sum()
    for step in steps:
        sums[step.measure, step.ancestor, step.day] += step.n
    found = [(*key, n) for key, n in sums.items() if n]
    if not found:
        return
    measures, ancestors, days, ns = map(list, zip(*found, strict=True))
    with connection.cursor() as cursor:
        cursor.execute(
            _ADD, {"category": category, "measures": measures, "ancestors": ancestors, "days": days, "ns": ns}
        )
