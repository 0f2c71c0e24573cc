"""What is known already: running cases that a new report may be about, and cases told of again and again."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from zhongshu.engine.cases.queries.lists import COLUMNS, Row
from zhongshu.engine.cases.rules import duplicates
from zhongshu.engine.cases.rules.duplicates import Likeness
from zhongshu.registers.places.rules import distance

MOST_COMPARED = 200
CHRONIC_DAYS, CHRONIC_TIMES = 90, 3
"""As often within so many days in one grid cell, and a matter is called chronic (反复发生)."""

_NEAR = f"""
SELECT {COLUMNS}, c.data ->> 'text' FROM cases_case c
WHERE c.category = %(category)s AND c.closed IS NULL AND c.lat BETWEEN %(south)s AND %(north)s
  AND c.lon BETWEEN %(west)s AND %(east)s
ORDER BY c.lat LIMIT %(limit)s
"""


@dataclass(frozen=True, slots=True)
class Known:
    """A running case that is likely the same thing, and how alike it is."""

    row: Row
    likeness: Likeness


def known(category: str, lon: float, lat: float, text: str, *, but: UUID | None = None, limit: int = 3) -> list[Known]:
    """The running cases a report of this category at this point is likely about, likest first; one statement."""
    found = [one for one in around(category, lon, lat, text) if one.likeness.same and one.row.id != but]
    return found[:limit]


def around(category: str, lon: float, lat: float, text: str) -> list[Known]:
    """Every running case of the category within reach of the point, likest first, whether the same or not."""
    west, south, east, north = distance.box(lon, lat, duplicates.REACH)
    asked: dict[str, Any] = {
        "category": category,
        "west": west,
        "south": south,
        "east": east,
        "north": north,
        "limit": MOST_COMPARED,
    }
    with connection.cursor() as cursor:
        cursor.execute(_NEAR, asked)
        rows = [(Row(*row), said) for *row, said in cursor.fetchall()]
    compared = [Known(row, _likeness(row, said or "", (lon, lat), text)) for row, said in rows]
    return sorted(compared, key=lambda one: (-one.likeness.score, one.row.opened))


def _likeness(row: Row, said: str, spot: tuple[float, float], text: str) -> Likeness:
    assert row.lon is not None and row.lat is not None
    return duplicates.likeness(spot, text, (row.lon, row.lat), said)


def times(category: str, place: int, at: datetime) -> int:
    """How often this category was told of at this place (a grid cell) in the last ninety days, duplicates left out."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT count(*) FROM cases_case
               WHERE place = %s AND category = %s AND opened > %s AND opened <= %s AND master IS NULL""",
            [place, category, at - timedelta(days=CHRONIC_DAYS), at],
        )
        return int(cursor.fetchone()[0])


def merged_into(case_id: UUID) -> list[tuple[UUID, str]]:
    """The cases (id, number) that were merged into this one, oldest first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, number FROM cases_case WHERE master = %s ORDER BY id", [case_id])
        return cursor.fetchall()


def master_of(case_id: UUID) -> tuple[UUID, str] | None:
    """The case (id, number) this one was merged into, if it was."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT m.id, m.number FROM cases_case c JOIN cases_case m ON m.id = c.master WHERE c.id = %s", [case_id]
        )
        return cursor.fetchone()
