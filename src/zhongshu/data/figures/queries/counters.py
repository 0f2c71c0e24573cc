"""Numbers of one body, place or officer: what stands, what flows, and up to when it is counted."""

from datetime import date, datetime

from django.db import connection

from zhongshu.base.calendar.rules import SHANGHAI
from zhongshu.data.figures.rules.steps import READER, STOCK

FLOWS = ["opened", "closed", "late", "redone", "returned"]


def standing(ancestor: int) -> dict[str, int]:
    """How many cases are in each phase now."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT substr(measure, 7), sum(n) FROM figures_counter
               WHERE ancestor = %s AND day = %s AND measure LIKE 'phase:%%' GROUP BY 1 HAVING sum(n) <> 0""",
            [ancestor, STOCK],
        )
        return {phase: int(n) for phase, n in cursor.fetchall()}


def flow(ancestor: int, first: date, last: date) -> dict[date, dict[str, int]]:
    """What happened on each day from `first` to `last`: day → measure → count."""
    found: dict[date, dict[str, int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT day, measure, sum(n) FROM figures_counter
               WHERE ancestor = %s AND day BETWEEN %s AND %s AND measure = ANY(%s)
               GROUP BY 1, 2 HAVING sum(n) <> 0""",
            [ancestor, first, last, FLOWS],
        )
        for day, measure, n in cursor.fetchall():
            found.setdefault(day, {})[measure] = int(n)
    return found


_FIRST_WAITING = """
SELECT waiting.at FROM journal_cursor c JOIN LATERAL (
    SELECT e.at FROM journal_entry e WHERE (e.xid, e.id) > (c.xid, c.entry) ORDER BY e.xid, e.id LIMIT 1
) waiting ON true
WHERE c.reader = %s
"""


def counted_until(at: datetime) -> datetime:
    """Up to when everything is counted: `at`, or the moment of the first entry that still waits to be."""
    with connection.cursor() as cursor:
        cursor.execute(_FIRST_WAITING, [READER])
        row = cursor.fetchone()
    return min(at, row[0].astimezone(SHANGHAI)) if row else at
