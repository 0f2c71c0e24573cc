"""What is late: running cases past their deadline, and those warned that theirs is near."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from zhongshu.engine.cases.queries.lists import COLUMNS, Row

MOST = 10_000
"""How far late cases are counted."""

# From the newest deadline backwards over the index of running cases' deadlines; counted and shown in one walk.
_LATE = f"""
WITH late AS MATERIALIZED (
    SELECT id, due FROM cases_case
    WHERE closed IS NULL AND due < %(at)s AND reach @> %(under)s::bigint[]
    ORDER BY due DESC LIMIT %(most)s
)
SELECT (SELECT count(*) FROM late), {COLUMNS}
FROM (SELECT id, due FROM late ORDER BY due DESC, id LIMIT %(limit)s) l JOIN cases_case c ON c.id = l.id
ORDER BY l.due DESC, l.id
"""

_SOON = """
SELECT count(*) FROM (
    SELECT 1 FROM cases_case
    WHERE closed IS NULL AND alarms > 0 AND due >= %(at)s AND reach @> %(under)s::bigint[] LIMIT %(most)s) soon
"""


@dataclass(frozen=True, slots=True)
class Late:
    """How many cases are late (`more`: at least that many), and the newest of them."""

    count: int
    more: bool
    rows: list[Row]


def late(under: Sequence[int], at: datetime, limit: int = 8) -> Late:
    """Running cases that lie under all these ancestors and were due before `at`, newest deadline first."""
    with connection.cursor() as cursor:
        cursor.execute(_LATE, {"at": at, "under": list(under), "most": MOST + 1, "limit": limit})
        found = cursor.fetchall()
    count = found[0][0] if found else 0
    return Late(min(count, MOST), count > MOST, [Row(*row[1:]) for row in found])


def soon(under: Sequence[int], at: datetime) -> int:
    """How many running cases under all these ancestors were warned of a deadline still to come; `MOST` at most."""
    with connection.cursor() as cursor:
        cursor.execute(_SOON, {"at": at, "under": list(under), "most": MOST})
        return cursor.fetchone()[0]
