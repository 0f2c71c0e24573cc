"""Cases all over the city at once: at every cell and with every body that answers there, as a year would leave them."""

from collections.abc import Callable, Iterator
from random import Random
from typing import Any

import psycopg
from psycopg.types.json import Jsonb

from zhongshu.engine.cases.queries.reach import reach_of
from zhongshu.registers.people import queries as people
from zhongshu.registers.people.models import Body
from zhongshu.registers.places.models import Cell
from zhongshu.registers.places.rules import codes

CHUNK = 50_000
SITES = 2_000
"""Crossings of a cell and a body at which the cases lie."""
RUNNING = 10
"""One case in so many is still open, with one task."""

_SITES = "CREATE UNLOGGED TABLE bench_site (n int PRIMARY KEY, place bigint, body bigint, reach bigint[])"
_CASES = """
WITH fresh AS (
    SELECT c.n, (lpad(to_hex((extract(epoch FROM %(at)s) * 1000)::bigint - c.n * 1000), 12, '0') || '7' ||
                 substr(md5(c.n::text), 1, 3) || '8' || substr(md5(c.n::text), 4, 15))::uuid AS id,
           %(at)s - c.n * interval '1 second' AS opened, s.place, s.body, s.reach, c.n %% %(running)s = 0 AS running
    FROM generate_series(%(first)s::bigint, %(last)s::bigint) c (n)
    JOIN bench_site s ON s.n = (hashint8(c.n)::bigint & 1073741823) %% %(sites)s
), kept AS (
    INSERT INTO cases_case (id, number, scenario, version, category, title, phase, source, opened, due, closed, place,
                            address, body, reach, data, marking, revision)
    SELECT id, 'R' || to_char(n, 'FM000000000000'), 'bench', 1, '1101', '', 'handling', 'patrol', opened,
           opened + interval '1 day', CASE WHEN running THEN NULL ELSE opened + interval '1 hour' END, place, '', body,
           reach, %(data)s, %(data)s, 1
    FROM fresh
), tasks AS (
    INSERT INTO cases_task (case_id, token, element, phase, role, pool, opened, due)
    SELECT id, 1, 'handle', 'handling', 'handler', -body, opened, opened + interval '1 day' FROM fresh WHERE running
)
INSERT INTO cases_reach (case_id, ancestor, opened, running)
SELECT f.id, a, f.opened, f.running FROM fresh f, unnest(f.reach) a
"""


def fill(bare: psycopg.Connection[Any], rows: int, at: Any, progress: Callable[[int, int], None]) -> None:
    """Add `rows` cases, a second apart, then let the planner know."""
    bare.execute(_SITES)
    sites = list(_crossings(Random(5)))
    with bare.cursor() as cursor:
        cursor.executemany("INSERT INTO bench_site VALUES (%s, %s, %s, %s)", sites)
    given = {"at": at, "running": RUNNING, "sites": len(sites), "data": Jsonb({})}
    for first in range(1, rows + 1, CHUNK):
        last = min(first + CHUNK - 1, rows)
        bare.execute(_CASES, {**given, "first": first, "last": last})
        progress(last, rows)
    for table in ("cases_case", "cases_task", "cases_reach"):
        bare.execute(f"VACUUM ANALYZE {table}")


def _crossings(random: Random) -> Iterator[tuple[int, int, int, list[int]]]:
    """Cells drawn at random, each with a body at home around it: the street's, the district's or the city's."""
    cells = [int(code) for code in Cell.objects.order_by("code").values_list("code", flat=True)]
    home: dict[int, list[Body]] = {}
    for body in people.tree().values():
        if body.place is not None:
            home.setdefault(body.place, []).append(body)
    for n in range(SITES):
        place = random.choice(cells)
        body = random.choice(home[random.choice([over for over in codes.ancestors(place) if over in home])])
        yield n, place, body.pk, list(reach_of(place, body.pk))
