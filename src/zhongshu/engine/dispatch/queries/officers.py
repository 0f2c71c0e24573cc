"""Who is on shift, where officers are, and how long roads take."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from zhongshu.base.journal.caches import Cached
from zhongshu.engine.dispatch.rules.officers import PATROL, Standing
from zhongshu.engine.dispatch.rules.simulation.past import MARGIN, Map
from zhongshu.engine.dispatch.rules.travel import Point, RoadGraph
from zhongshu.registers.people import queries as people
from zhongshu.registers.people.queries.in_force import IN_FORCE
from zhongshu.registers.places import queries as places
from zhongshu.registers.places.rules import codes

HANDLER = "handler"

MOST_JUNCTIONS = 4_000
"""Of so many junctions every way is held in memory (some 130 MB); of a larger city only the part that is asked for."""

_STANDING = f"""
SELECT DISTINCT ON (s.account) s.account::text, p.lon, p.lat, extract(epoch FROM p.at - %(at)s)::float8, s.skills,
       (SELECT count(*) FROM cases_task t WHERE t.assignee = s.account AND t.closed IS NULL)
FROM people_grant g JOIN people_account a ON a.id = g.account_id AND a.closed IS NULL
JOIN dispatch_shift s ON s.account = a.id AND s.starts <= %(at)s AND s.ends > %(at)s AND s.place = ANY(%(places)s)
LEFT JOIN dispatch_position p ON p.account = a.id
WHERE g.role = %(role)s AND g.body_id = ANY(%(bodies)s) AND (g.place IS NULL OR g.place = ANY(%(places)s))
  AND {IN_FORCE}
ORDER BY s.account LIMIT 500
"""


def on_shift(body: int, place: int, category: str, at: datetime) -> list[Standing]:
    """Who may handle for a body and is on shift for a place, with where they are and how much they have in hand.

    A shift without skills is for every kind of matter.
    """
    row: dict[str, Any] = {
        "role": HANDLER, "bodies": list(people.lineage(body)), "at": at, "places": list(codes.ancestors(place)),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_STANDING, row)
        found = cursor.fetchall()
    any_kind = frozenset([category[:2]])
    return [
        # The position's age comes as seconds: reading moments is the dearest part of reading such rows.
        Standing(account, None, None, frozenset(skills) if skills else any_kind, load) if lon is None
        else Standing(
            account, (lon, lat), at + timedelta(seconds=age), frozenset(skills) if skills else any_kind, load
        )
        for account, lon, lat, age, skills, load in found
    ]  # fmt: skip


def positions(accounts: Iterable[str]) -> Mapping[str, tuple[float, float, datetime]]:
    """Where these officers were last."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT account::text, lon, lat, at FROM dispatch_position WHERE account = ANY(%s::uuid[])",
            [list(accounts)],
        )
        return {account: (lon, lat, at) for account, lon, lat, at in cursor.fetchall()}


def _roads() -> RoadGraph:
    return RoadGraph(*places.road_graph())


roads = Cached(("places.edition", "1"), _roads)
"""The road graph with travel times, kept per process until places change."""


def _whole_map() -> Map | None:
    found = roads()
    return Map.of(found, PATROL) if 0 < len(found) <= MOST_JUNCTIONS else None


_map = Cached(("places.edition", "1"), _whole_map)


def map_around(points: Sequence[Point]) -> Map | None:
    """Roads with every way between them, enough for these points; None where there are none or far too many."""
    if (whole := _map()) is not None:
        return whole
    part = roads().around(points, MARGIN) if points and len(roads()) else None
    return Map.of(part, PATROL) if part is not None and 0 < len(part) <= MOST_JUNCTIONS else None
