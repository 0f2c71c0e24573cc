"""Pages of cases, newest first, within a scope: keyset pages over the ancestor index."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from zhongshu.base.permissions.rules import Actor, Scope
from zhongshu.engine.cases.queries import walked
from zhongshu.engine.cases.queries.whose import EVERY, WITHIN
from zhongshu.registers.people import queries as people

PAGE = 50


@dataclass(frozen=True, slots=True)
class After:
    """Where the next page begins: behind this case."""

    opened: datetime
    case_id: UUID

    def __str__(self) -> str:
        return f"{self.opened.isoformat()}~{self.case_id}"

    @classmethod
    def parse(cls, text: str) -> "After | None":
        """The place in a page's address; None (the first page) when it is not one."""
        opened, _, case_id = text.partition("~")
        try:
            return cls(datetime.fromisoformat(opened), UUID(case_id))
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class Row:
    """A case in a list; while it is `suspended` nothing of it is due; `urged`: how often its open tasks were."""

    id: UUID
    number: str
    title: str
    phase: str
    scenario: str
    version: int
    category: str
    source: str
    opened: datetime
    due: datetime | None
    closed: datetime | None
    place: int
    lon: float | None
    lat: float | None
    address: str
    body: int | None
    suspended: bool
    urged: int


SUSPENDED = "EXISTS (SELECT 1 FROM cases_pause p WHERE p.case_id = c.id AND p.ended IS NULL OFFSET 0)"
"""Of a case `c`: whether its clock stands still. OFFSET 0: look this one up, do not read all that stand first."""
URGED = """(SELECT coalesce(sum(u.urged), 0)::int FROM cases_task u WHERE u.case_id = c.id AND u.closed IS NULL)"""
"""Of a case `c`: how often its open tasks were urged."""
COLUMNS = f"""c.id, c.number, c.title, c.phase, c.scenario, c.version, c.category, c.source, c.opened, c.due, c.closed,
c.place, c.lon, c.lat, c.address, c.body, {SUSPENDED}, {URGED}"""
"""What a `Row` is read from, of a case `c`."""

# Each pair of a scope walks its narrowest ancestor's index from the newest; the others are look-ups by key, one at a
# time (OFFSET 0). The walks stay in order: however many there are, they are merged and stop once a page is full.
# The ancestors stand in the text as numbers, so that the server keeps the plan of a list that is asked for again.
_WALK = """
(SELECT r.opened, r.case_id FROM cases_reach r WHERE r.ancestor = {lead:d} {running} {after} {also}
 ORDER BY r.opened DESC, r.case_id DESC)
"""
_ALSO = "AND EXISTS (SELECT 1 FROM cases_reach o WHERE o.case_id = r.case_id AND o.ancestor = {:d} OFFSET 0)"


def page(
    scope: Scope,
    root: int,
    *,
    running: bool = False,
    under: int | None = None,
    after: After | None = None,
    limit: int = PAGE,
) -> list[Row]:
    """One page of the cases in `scope`, newest first, in one statement.

    `root` is the ancestor of everything (the city's place code), used where a scope is not limited; `running` leaves
    out closed cases; `under` narrows to one more ancestor.
    """
    walks = [_walk(keys, running, after) for keys in walked.walks(scope, root, under)]
    if not walks:
        return []
    once = "DISTINCT" if len(walks) > 1 else ""
    sql = f"""
        SELECT {COLUMNS} FROM (
            SELECT {once} opened, case_id FROM ({" UNION ALL ".join(walks)}) w
            ORDER BY opened DESC, case_id DESC LIMIT {limit:d}) l
        JOIN cases_case c ON c.id = l.case_id ORDER BY l.opened DESC, l.case_id DESC
    """
    behind: dict[str, Any] | None = {"opened": after.opened, "case_id": after.case_id} if after else None
    with connection.cursor() as cursor:
        cursor.execute(sql, behind)
        return [Row(*row) for row in cursor.fetchall()]


def _walk(keys: Sequence[int], running: bool, after: After | None) -> str:
    lead, *others = keys
    return _WALK.format(
        lead=lead,
        running="AND r.running" if running else "",
        after="AND (r.opened, r.case_id) < (%(opened)s, %(case_id)s)" if after else "",
        also="".join(map(_ALSO.format, others)),
    )


@dataclass(frozen=True, slots=True)
class Told:
    """A case somebody told of; `agent` is the account that told for them, if another did."""

    row: Row
    agent: UUID | None


def mine(by: Actor, limit: int = PAGE) -> list[Told]:
    """The cases that somebody's person or firm told of, from whichever account, or another for them; newest first.

    While acting for another: that one's, as far as the mandate goes. In one statement.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            f"""WITH {people.PARTIES} SELECT {COLUMNS}, CASE WHEN k.behalf IS NOT NULL THEN k.account END
                FROM {EVERY} k JOIN cases_case c ON c.id = k.case_id
                WHERE {WITHIN} ORDER BY k.received DESC, k.id DESC LIMIT %(limit)s""",
            {**people.whose(by), "limit": limit},
        )
        return [Told(Row(*row), agent) for *row, agent in cursor.fetchall()]


def similar(category: str, box: tuple[float, float, float, float], *, but: UUID, limit: int = 5) -> list[Row]:
    """The newest cases of a category within a box (west, south, east, north in degrees), the case itself left out."""
    west, south, east, north = box
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT {COLUMNS} FROM (
                    SELECT * FROM cases_case WHERE category = %s ORDER BY opened DESC LIMIT 2000) c
                WHERE c.lon BETWEEN %s AND %s AND c.lat BETWEEN %s AND %s AND c.id <> %s
                ORDER BY c.opened DESC LIMIT %s""",
            [category, west, east, south, north, but, limit],
        )
        return [Row(*row) for row in cursor.fetchall()]
