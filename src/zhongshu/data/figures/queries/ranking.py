"""The standing of the parts of a whole."""

from collections.abc import Iterable
from datetime import date

from django.db import connection

from zhongshu.data.figures.rules.measures import MEASURES
from zhongshu.data.figures.rules.standings import Standings, rank

_COUNTED = """
SELECT ancestor, measure, sum(n)::bigint FROM figures_counter
WHERE ancestor = ANY(%s) AND day BETWEEN %s AND %s AND measure = ANY(%s) GROUP BY 1, 2
"""


def standings(ancestor: int, children: Iterable[int], measure: str, first: date, last: date) -> Standings:
    """How the children of an ancestor stand in a measure (`on_time`, `redo_rate`, …) from `first` to `last`.

    One statement, an index walk a child. A child with less than the measure's minimum has neither value nor rank.
    """
    asked, parts = MEASURES[measure], list(dict.fromkeys(children))
    counted: dict[int, dict[str, int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED, [[ancestor, *parts], first, last, sorted(asked.counters)])
        for part, counter, n in cursor.fetchall():
            counted.setdefault(part, {})[counter] = int(n)
    return rank(asked, ancestor, counted, parts)
