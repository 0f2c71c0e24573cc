"""Who is on shift in a scope, and where they are: what a desk's map and its list show, asked every few seconds."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from zhongshu.base.permissions.rules import Scope
from zhongshu.engine.dispatch.queries.rosters import FIELD_ROLES
from zhongshu.registers.people.queries.in_force import IN_FORCE

MOST = 2_000
FADES = timedelta(minutes=10)
"""A position older than this is shown as one that may no longer hold."""

# A shift lies in a place, its officer in a line of bodies: both must lie under a pair of the scope.
_CREW = f"""
SELECT DISTINCT ON (a.id) a.id::text, a.name, a.body_id, s.place, s.ends, p.lon, p.lat, p.at,
       (SELECT count(*) FROM cases_task t WHERE t.assignee = a.id AND t.closed IS NULL)
FROM dispatch_shift s JOIN people_account a ON a.id = s.account AND a.closed IS NULL
JOIN people_body b ON b.id = a.body_id
LEFT JOIN dispatch_position p ON p.account = a.id
WHERE tstzrange(s.starts, s.ends) @> %(at)s
  AND EXISTS (SELECT 1 FROM people_grant g WHERE g.account_id = a.id AND g.role = ANY(%(roles)s)
              AND {IN_FORCE})
  AND EXISTS (SELECT 1 FROM unnest(%(bodies)s::bigint[], %(places)s::text[]) AS o (body, place)
              WHERE (o.body IS NULL OR o.body = ANY(b.lineage))
                AND (o.place IS NULL OR left(s.place::text, length(o.place)) = o.place))
ORDER BY a.id, s.ends DESC LIMIT %(limit)s
"""


@dataclass(frozen=True, slots=True)
class Officer:
    """An officer on shift: the shift's place and end, the last position (WGS-84) and when, open tasks in hand."""

    account: str
    name: str
    body: int
    place: int
    ends: datetime
    lon: float | None
    lat: float | None
    seen: datetime | None
    load: int

    def fresh(self, at: datetime) -> bool:
        """Whether the position says where the officer is."""
        return self.seen is not None and at - self.seen <= FADES


def crew(scope: Scope, at: datetime, limit: int = MOST) -> list[Officer]:
    """The officers on shift in a scope, by name; one statement."""
    given: dict[str, Any] = {
        "at": at, "roles": FIELD_ROLES, "limit": limit, "bodies": [body for body, _ in scope.pairs],
        "places": [None if place is None else str(place) for _, place in scope.pairs],
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_CREW, given)
        return sorted((Officer(*row) for row in cursor.fetchall()), key=lambda one: (one.name, one.account))
