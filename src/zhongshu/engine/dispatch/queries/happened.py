"""What officers were asked for in the past, and who stands on rosters: what a try in the simulation is made of."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection

from zhongshu.engine.dispatch.queries.officers import HANDLER
from zhongshu.engine.dispatch.rules.rosters import Turn
from zhongshu.engine.dispatch.rules.simulation.past import Happened
from zhongshu.engine.dispatch.rules.travel import Point

MOST_READ = 20_000
"""The newest cases under a body that are looked through for its own; those of the bodies under it are among them."""
MOST_SHIFTS = 5_000

# The first time an officer was asked for; a case without its own point stands for its cell's or region's middle.
_EVENT = """
SELECT c.number, c.body, c.category, c.place, t.opened, coalesce(c.lon, cell.lon, region.lon)::float8,
       coalesce(c.lat, cell.lat, region.lat)::float8,
       CASE WHEN t.ending = 'done' THEN extract(epoch FROM t.closed - t.arrived)::float8 END
FROM {cases}
CROSS JOIN LATERAL (
    SELECT opened, arrived, closed, ending FROM cases_task
    WHERE case_id = c.id AND role = %(role)s ORDER BY token LIMIT 1) t
LEFT JOIN places_cell cell ON c.lon IS NULL AND cell.code = c.place::text
LEFT JOIN places_region region ON c.lon IS NULL AND region.code = c.place::text
WHERE coalesce(c.lon, cell.lon, region.lon) IS NOT NULL {also}
ORDER BY t.opened DESC, c.id DESC LIMIT %(most)s
"""
_OF_BODIES = _EVENT.format(
    cases="""unnest(%(bodies)s::bigint[], %(since)s::timestamptz[], %(until)s::timestamptz[]) AS w (body, since, until)
CROSS JOIN LATERAL (
    SELECT case_id FROM cases_reach WHERE ancestor = -w.body AND opened >= w.since AND opened < w.until
    ORDER BY opened DESC, case_id DESC LIMIT %(read)s) r
JOIN cases_case c ON c.id = r.case_id AND c.body = w.body""",
    also="AND t.opened < w.until",
)
_OF_CASES = _EVENT.format(cases="cases_case c", also="AND c.number = ANY(%(numbers)s)")
_TURNS = """
SELECT a.body_id, s.account::text, s.place, s.skills, s.starts, s.ends
FROM people_account a JOIN dispatch_shift s ON s.account = a.id
WHERE a.body_id = ANY(%(bodies)s) AND a.closed IS NULL AND s.ends > %(since)s AND s.starts < %(until)s
  AND EXISTS (SELECT 1 FROM people_grant g WHERE g.account_id = a.id AND g.role = %(role)s
              AND g.starts <= %(at)s AND (g.ends IS NULL OR g.ends > %(at)s))
ORDER BY s.starts, s.id LIMIT %(most)s
"""
_STATIONS = """
SELECT code::bigint, lon, lat FROM places_cell WHERE code = ANY(%(codes)s)
UNION ALL SELECT code::bigint, lon, lat FROM places_region WHERE code = ANY(%(codes)s) AND lon IS NOT NULL
"""


class Window(NamedTuple):
    """A time in which a body's events are asked for."""

    body: int
    since: datetime
    until: datetime


def events(windows: Sequence[Window], most: int) -> list[Happened]:
    """The newest cases of bodies, each within its windows, for which an officer was asked; one statement."""
    bodies, since, until = map(list, zip(*windows, strict=True)) if windows else ([], [], [])
    asked = {"bodies": bodies, "since": since, "until": until, "most": most, "read": MOST_READ, "role": HANDLER}
    return [_happened(*row) for row in _rows(_OF_BODIES, asked)]


def of_cases(numbers: Iterable[str], most: int) -> list[Happened]:
    """The same of cases by their numbers; one statement."""
    asked = {"numbers": list(numbers), "most": most, "role": HANDLER}
    return [_happened(*row) for row in _rows(_OF_CASES, asked)]


def turns(bodies: Iterable[int], since: datetime, until: datetime, at: datetime) -> dict[int, list[Turn]]:
    """By body the shifts that touch a time, of its officers who may handle at `at`; one statement."""
    wanted = list(bodies)
    asked = {
        "bodies": wanted, "since": since, "until": until, "at": at, "role": HANDLER, "most": MOST_SHIFTS,
    }  # fmt: skip
    found: dict[int, list[Turn]] = {body: [] for body in wanted}
    for body, account, place, skills, starts, ends in _rows(_TURNS, asked):
        found[body].append(Turn(account, place, tuple(skills), starts, ends))
    return found


def stations(places: Iterable[int]) -> Mapping[int, Point]:
    """A point inside each of these places, as far as one is known; one statement."""
    return {code: (lon, lat) for code, lon, lat in _rows(_STATIONS, {"codes": [str(place) for place in set(places)]})}


def _happened(
    number: str, body: int, category: str, place: int, at: datetime, lon: float, lat: float, handling: float | None
) -> Happened:
    return Happened(number, body, category, place, at, (lon, lat), handling)


def _rows(sql: str, asked: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, asked)
        return cursor.fetchall()
