"""What waits for somebody: their own tasks and those offered to the roles they hold."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.rules import Actor, Scope, body_key
from zhongshu.engine.cases.queries.lists import SUSPENDED
from zhongshu.registers.people import queries as people
from zhongshu.registers.places.rules import codes

PAGE = 50


@dataclass(frozen=True, slots=True)
class Row:
    """An open task in a work list, with what one must know of its case; while that is `suspended` nothing is due.

    `urged` counts how often somebody urged it.
    """

    case_id: UUID
    token: int
    element: str
    role: str
    assignee: UUID | None
    delegate: UUID | None
    opened: datetime
    due: datetime | None
    claimed: datetime | None
    arrived: datetime | None
    number: str
    title: str
    phase: str
    scenario: str
    version: int
    category: str
    address: str
    place: int
    lon: float | None
    lat: float | None
    revision: int
    suspended: bool
    urged: int


COLUMNS = f"""t.case_id, t.token, t.element, t.role, t.assignee, t.delegate, t.opened, t.due, t.claimed, t.arrived,
c.number, c.title, c.phase, c.scenario, c.version, c.category, c.address, c.place, c.lon, c.lat, c.revision,
{SUSPENDED}, t.urged"""
"""What a `Row` is read from, of a task `t` and its case `c`."""


_MINE = f"""
SELECT {COLUMNS} FROM (
    (SELECT * FROM cases_task WHERE assignee = %(me)s AND closed IS NULL AND delegate IS NULL
     ORDER BY due, case_id LIMIT %(limit)s)
    UNION ALL
    (SELECT * FROM cases_task WHERE delegate = %(me)s AND closed IS NULL ORDER BY due, case_id LIMIT %(limit)s)
    ORDER BY due, case_id LIMIT %(limit)s) t
JOIN cases_case c ON c.id = t.case_id ORDER BY t.due, t.case_id
"""
_LENT = f"""
SELECT {COLUMNS} FROM (
    SELECT * FROM cases_task WHERE assignee = %(me)s AND closed IS NULL AND delegate IS NOT NULL
    ORDER BY due, case_id LIMIT %(limit)s) t
JOIN cases_case c ON c.id = t.case_id ORDER BY t.due, t.case_id
"""


def mine(actor: Actor, limit: int = PAGE) -> list[Row]:
    """The open tasks the actor is to do, their own and those done for others, earliest due first."""
    return _rows(_MINE, actor, limit)


def lent(actor: Actor, limit: int = PAGE) -> list[Row]:
    """The open tasks the actor answers for and somebody else does, earliest due first."""
    return _rows(_LENT, actor, limit)


def _rows(sql: str, actor: Actor, limit: int) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(sql, {"me": actor.id, "limit": limit})
        return [Row(*row) for row in cursor.fetchall()]


# The pools in which a role's tasks wait are few: step from one to the next over the index.
_POOLS = """
WITH RECURSIVE pools (pool) AS (
    (SELECT pool FROM cases_task WHERE role = %(role)s AND closed IS NULL AND assignee IS NULL ORDER BY pool LIMIT 1)
    UNION ALL
    SELECT (SELECT t.pool FROM cases_task t
            WHERE t.role = %(role)s AND t.closed IS NULL AND t.assignee IS NULL AND t.pool > p.pool
            ORDER BY t.pool LIMIT 1)
    FROM pools p WHERE p.pool IS NOT NULL
)
SELECT pool FROM pools WHERE pool IS NOT NULL
"""

# Each pool is walked from its earliest due task; `body` and `place` are what of the grant the pool does not settle.
# OFFSET 0: ask of each task in turn, do not read everything under the body or place first.
_OFFERED = f"""
SELECT {COLUMNS} FROM (
    SELECT t.* FROM unnest(%(pools)s::bigint[], %(bodies)s::bigint[], %(places)s::bigint[]) AS p (pool, body, place)
    CROSS JOIN LATERAL (
        SELECT * FROM cases_task t
        WHERE t.role = %(role)s AND t.pool = p.pool AND t.closed IS NULL AND t.assignee IS NULL
          AND (p.body IS NULL OR EXISTS (
            SELECT 1 FROM cases_reach r WHERE r.case_id = t.case_id AND r.ancestor = p.body OFFSET 0))
          AND (p.place IS NULL OR EXISTS (
            SELECT 1 FROM cases_reach r WHERE r.case_id = t.case_id AND r.ancestor = p.place OFFSET 0))
        ORDER BY t.due, t.case_id LIMIT %(limit)s) t
    ORDER BY t.due, t.case_id LIMIT %(limit)s) t
JOIN cases_case c ON c.id = t.case_id ORDER BY t.due, t.case_id
"""


def offered(actor: Actor, role: str, at: datetime, limit: int = PAGE) -> list[Row]:
    """The tasks open to anyone who holds `role` where the actor holds it, earliest due first: two statements."""
    scope = permissions.scope_of_role(actor, role, at)
    if not scope.pairs:
        return []
    row: dict[str, Any] = {"role": role, "limit": limit, **pools(scope, role)}
    with connection.cursor() as cursor:
        cursor.execute(_OFFERED, row)
        rows = [Row(*row) for row in cursor.fetchall()]
    return list({(row.case_id, row.token): row for row in rows}.values())


def pools(scope: Scope, role: str) -> dict[str, list[int | None]]:
    """The pools in a scope in which tasks of a role wait, as three columns: `pools`, and the `bodies` and `places` that
    their cases must still be checked for. One statement.
    """
    with connection.cursor() as cursor:
        cursor.execute(_POOLS, {"role": role})
        waiting = [pool for (pool,) in cursor.fetchall()]
    found = dict.fromkeys(one for pair in scope.pairs for one in _within(pair, waiting))
    return {name: [one[column] for one in found] for column, name in enumerate(("pools", "bodies", "places"))}


def _within(pair: tuple[int | None, int | None], pools: Iterable[int]) -> Iterable[tuple[int, int | None, int | None]]:
    """The pools in which a grant may reach a task, each with the body and place its cases must still be checked for."""
    body, place = pair
    for pool in pools:
        over = _ancestors(pool)
        above = None if body is None or body_key(body) in over else body_key(body)
        around = None if place in over else place
        for_others = pool < 0 and above is not None
        elsewhere = pool > 0 and around is not None and not codes.contains(pool, around)
        if not for_others and not elsewhere:
            yield pool, above, around


def _ancestors(pool: int) -> Collection[int]:
    return codes.ancestors(pool) if pool > 0 else [body_key(b) for b in people.lineage(-pool)]
