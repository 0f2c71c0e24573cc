"""The cases that were open at a moment: those that still are, and those that were closed since."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from zhongshu.engine.cases.queries.lists import COLUMNS, PAGE, After, Row

# What still runs is walked from the newest; what was closed since, over the index of closings.
_OPEN = """
SELECT {columns} FROM (
    (SELECT c.id, c.opened FROM cases_reach r JOIN cases_case c ON c.id = r.case_id
     WHERE r.ancestor = %(lead)s AND r.running AND r.opened <= %(moment)s AND c.reach @> %(under)s::bigint[] {running}
     ORDER BY r.opened DESC, r.case_id DESC LIMIT %(limit)s)
    UNION ALL
    (SELECT c.id, c.opened FROM cases_case c
     WHERE c.closed > %(moment)s AND c.opened <= %(moment)s AND c.reach @> %(under)s::bigint[] {closed}
     ORDER BY c.opened DESC, c.id DESC LIMIT %(limit)s)
    ORDER BY 2 DESC, 1 DESC LIMIT %(limit)s
) f JOIN cases_case c ON c.id = f.id ORDER BY f.opened DESC, f.id DESC
"""
_SPOT = "c.id, c.number, c.opened, c.due, c.lon, c.lat"


@dataclass(frozen=True, slots=True)
class Spot:
    """A case on a map, with what its urgency follows from."""

    id: UUID
    number: str
    opened: datetime
    due: datetime | None
    lon: float | None
    lat: float | None


def spots(under: Sequence[int], moment: datetime, limit: int) -> list[Spot]:
    """Where the cases that lie under all these ancestors were open at `moment`, newest first, `limit` at most."""
    return [Spot(*found) for found in _found(_SPOT, under, moment, None, limit)]


def rows(under: Sequence[int], moment: datetime, after: After | None = None, limit: int = PAGE) -> list[Row]:
    """One page of the cases that lie under all these ancestors and were open at `moment`, newest first."""
    return [Row(*found) for found in _found(COLUMNS, under, moment, after, limit)]


def _found(
    columns: str, under: Sequence[int], moment: datetime, after: After | None, limit: int
) -> list[tuple[Any, ...]]:
    sql = _OPEN.format(
        columns=columns,
        running="AND (r.opened, r.case_id) < (%(opened)s, %(case)s)" if after else "",
        closed="AND (c.opened, c.id) < (%(opened)s, %(case)s)" if after else "",
    )
    given: dict[str, Any] = {"lead": under[0], "under": list(under), "moment": moment, "limit": limit}
    if after:
        given |= {"opened": after.opened, "case": after.case_id}
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return cursor.fetchall()
