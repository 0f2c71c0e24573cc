"""What a dispatch desk has before it: the running cases of its scope by what they wait for, as keyset pages.

Each kind of page walks an index of its own; what is shown of a case is read for the rows of the page only.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, get_args
from uuid import UUID

from django.db import connection

from zhongshu.base.permissions.rules import Scope, body_key
from zhongshu.engine.cases.queries import lists, worklist
from zhongshu.engine.cases.queries.lists import PAGE, After

Kind = Literal["person", "officer", "running", "late", "suspended"]
"""Waiting for a person to choose a body, for an officer to take it; all; past a deadline; with the clock stopped."""
KINDS: tuple[Kind, ...] = get_args(Kind)
ROLES: dict[Kind, str] = {"person": "dispatcher", "officer": "handler"}
"""Whose tasks, given to nobody yet, make a case wait."""
MOST = 100
"""How far waiting cases are counted."""


@dataclass(frozen=True, slots=True)
class Row:
    """A running case with the most pressing of its open tasks (none: `token` is None); pages go by `moment`.

    `urged` counts how often that task was.
    """

    id: UUID
    number: str
    title: str
    phase: str
    scenario: str
    version: int
    category: str
    opened: datetime
    due: datetime | None
    place: int
    lon: float | None
    lat: float | None
    address: str
    body: int | None
    token: int | None
    role: str | None
    assignee: UUID | None
    task_opened: datetime | None
    task_due: datetime | None
    suspended: bool
    urged: int
    moment: datetime | None


_WITHIN = """EXISTS (SELECT 1 FROM unnest(%(over_bodies)s::bigint[], %(over_places)s::bigint[]) AS o (body, place)
WHERE (o.body IS NULL OR o.body = ANY(c.reach)) AND (o.place IS NULL OR o.place = ANY(c.reach)))"""

_WAITING = """
SELECT t.case_id AS id, t.due AS moment
FROM unnest(%({kind}_pools)s::bigint[], %({kind}_bodies)s::bigint[], %({kind}_places)s::bigint[])
  AS p (pool, body, place)
CROSS JOIN LATERAL (
    SELECT t.case_id, t.due FROM cases_task t
    WHERE t.role = %({kind}_role)s AND t.pool = p.pool AND t.closed IS NULL AND t.assignee IS NULL
      AND (p.body IS NULL OR EXISTS (SELECT 1 FROM cases_reach r WHERE r.case_id = t.case_id AND r.ancestor = p.body))
      AND (p.place IS NULL OR EXISTS (SELECT 1 FROM cases_reach r WHERE r.case_id = t.case_id AND r.ancestor = p.place))
      {{after}}
    ORDER BY t.due, t.case_id LIMIT %(limit)s) t
ORDER BY t.due, t.case_id LIMIT %(limit)s
"""
# What has just been missed comes first: it can still be mended. A case late itself is not told again for its tasks.
_LATE = f"""
SELECT id, moment FROM (
    (SELECT c.id, c.due AS moment FROM cases_case c
     WHERE c.closed IS NULL AND c.due < %(at)s AND {_WITHIN} {{case_after}}
     ORDER BY c.due DESC, c.id DESC LIMIT %(limit)s)
    UNION
    (SELECT t.case_id, t.due FROM cases_task t JOIN cases_case c ON c.id = t.case_id
     WHERE t.closed IS NULL AND t.due < %(at)s AND (c.due IS NULL OR c.due >= %(at)s) AND {_WITHIN} {{task_after}}
     ORDER BY t.due DESC, t.case_id DESC LIMIT %(limit)s)) l
ORDER BY moment DESC, id DESC LIMIT %(limit)s
"""
_SUSPENDED = f"""
SELECT c.id, p.started AS moment FROM cases_pause p JOIN cases_case c ON c.id = p.case_id
WHERE p.ended IS NULL AND c.closed IS NULL AND {_WITHIN} {{after}} ORDER BY p.started, c.id LIMIT %(limit)s
"""
_BEHIND: dict[Kind, dict[str, str]] = {
    "person": {"after": "AND ((t.due, t.case_id) > (%(moment)s, %(last)s) OR t.due IS NULL)"},
    "late": {
        "case_after": "AND (c.due, c.id) < (%(moment)s, %(last)s)",
        "task_after": "AND (t.due, t.case_id) < (%(moment)s, %(last)s)",
    },
    "suspended": {"after": "AND (p.started, c.id) > (%(moment)s, %(last)s)"},
}
_BEHIND["officer"] = _BEHIND["person"]
_SQL: dict[Kind, str] = {
    "person": _WAITING.format(kind="person"), "officer": _WAITING.format(kind="officer"), "late": _LATE,
    "suspended": _SUSPENDED,
}  # fmt: skip
_ROWS = f"""
SELECT c.id, c.number, c.title, c.phase, c.scenario, c.version, c.category, c.opened, c.due, c.place, c.lon, c.lat,
       c.address, c.body, t.token, t.role, t.assignee, t.opened, t.due,
       {lists.SUSPENDED}, coalesce(t.urged, 0), l.moment
FROM unnest(%(ids)s::uuid[], %(moments)s::timestamptz[]) WITH ORDINALITY AS l (id, moment, n)
JOIN cases_case c ON c.id = l.id
LEFT JOIN LATERAL (
    SELECT * FROM cases_task t WHERE t.case_id = c.id AND t.closed IS NULL ORDER BY t.due, t.token LIMIT 1) t ON true
ORDER BY l.n
"""


@dataclass(frozen=True, slots=True)
class Desk:
    """A desk's scope at a moment, with the pools in it where tasks wait: two statements make one."""

    scope: Scope
    root: int
    at: datetime
    waiting: dict[str, Any]

    @property
    def values(self) -> dict[str, Any]:
        """What the statements are given."""
        pairs = self.scope.pairs
        bodies = [None if body is None else body_key(body) for body, _ in pairs]
        return {"at": self.at, "over_bodies": bodies, "over_places": [place for _, place in pairs], **self.waiting}


def desk(scope: Scope, root: int, at: datetime) -> Desk:
    """The desk of a scope; `root` is the ancestor of everything (the city's place code)."""
    waiting: dict[str, Any] = {}
    for kind, role in ROLES.items():
        waiting |= {f"{kind}_{name}": column for name, column in worklist.pools(scope, role).items()}
        waiting[f"{kind}_role"] = role
    return Desk(scope, root, at, waiting)


def counts(of: Desk) -> dict[Kind, int]:
    """How many cases there are of each kind that is counted, `MOST` standing for that many or more; one statement."""
    parts = (f"(SELECT count(DISTINCT id) FROM ({sql.format(**_first(kind))}) {kind})" for kind, sql in _SQL.items())
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", of.values | {"limit": MOST})
        return dict(zip(_SQL, cursor.fetchone(), strict=True))


def page(of: Desk, kind: Kind, after: After | None = None, limit: int = PAGE) -> list[Row]:
    """One page of a kind: waiting ones by their deadline, late ones from the newest deadline, suspended ones from the
    longest, running ones newest first. Two statements.
    """
    found = _running(of, after, limit) if kind == "running" else _found(of, kind, after, limit)
    return _rows(found)


def _running(of: Desk, after: After | None, limit: int) -> dict[UUID, datetime | None]:
    return {row.id: row.opened for row in lists.page(of.scope, of.root, running=True, after=after, limit=limit)}


def _found(of: Desk, kind: Kind, after: After | None, limit: int) -> dict[UUID, datetime | None]:
    behind = _BEHIND[kind] if after else _first(kind)
    given = of.values | {"limit": limit}
    if after:
        given |= {"moment": after.opened, "last": after.case_id}
    with connection.cursor() as cursor:
        cursor.execute(_SQL[kind].format(**behind), given)
        found: dict[UUID, datetime | None] = {}
        for case_id, moment in cursor.fetchall():
            found.setdefault(case_id, moment)
    return found


def _first(kind: Kind) -> dict[str, str]:
    return dict.fromkeys(_BEHIND[kind], "")


def _rows(found: dict[UUID, datetime | None]) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(_ROWS, {"ids": [*found], "moments": [*found.values()]})
        return [Row(*row) for row in cursor.fetchall()]


def kind_of(text: str) -> Kind | None:
    """The kind an address asks for; None when it is none."""
    return next((kind for kind in KINDS if kind == text), None)


def following(rows: Collection[Row], limit: int = PAGE) -> str:
    """Where the next page begins, for its address; empty on the last page. `rows` are up to one more than `limit`."""
    shown = [*rows][:limit]
    if len(rows) <= limit or shown[-1].moment is None:
        return ""
    return str(After(shown[-1].moment, shown[-1].id))
