"""What waits among a million open tasks: a clerk's page of the work list, and the timers that are due."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import psycopg

from zhongshu.engine.cases.queries import timers, worklist
from zhongshu.main.bench import scratch
from zhongshu.main.bench.engine import beside, walks
from zhongshu.main.bench.engine.ours import Permit
from zhongshu.main.bench.engine.world import World

CHUNK = 20_000
DUE = 500
TIMES = 200

# Copies of a permit whose reviews are under way, a second apart: three open tasks and three timers each; every
# hundredth stands still. The timers fall due one after the other from a day on: any number can be asked for.
_COPIES = """
WITH fresh AS (
    SELECT n, (lpad(to_hex((extract(epoch FROM p.opened) * 1000)::bigint - n * 1000), 12, '0') || '7' ||
               substr(md5(n::text), 1, 3) || '8' || substr(md5(n::text), 4, 15))::uuid AS id,
           p.opened - n * interval '1 second' AS opened
    FROM cases_case p, generate_series(%(first)s::bigint, %(last)s::bigint) n WHERE p.id = %(pattern)s
), kept AS (
    INSERT INTO cases_case (id, number, scenario, version, category, title, phase, source, opened, due, place, lon, lat,
                            address, body, reach, data, marking, revision)
    SELECT f.id, 'M' || to_char(f.n, 'FM000000000000'), p.scenario, p.version, p.category, p.title, p.phase, p.source,
           f.opened, p.due, p.place, p.lon, p.lat, p.address, p.body, p.reach, p.data, p.marking, p.revision
    FROM fresh f, cases_case p WHERE p.id = %(pattern)s
), tasks AS (
    INSERT INTO cases_task (case_id, token, element, phase, role, pool, opened, due, alarm)
    SELECT f.id, t.token, t.element, t.phase, t.role, t.pool, f.opened, t.due - f.n * interval '1 second', t.alarm
    FROM fresh f, cases_task t WHERE t.case_id = %(pattern)s AND t.closed IS NULL
), timers AS (
    INSERT INTO cases_timer (case_id, token, element, due)
    SELECT f.id, t.token, t.element || '_late', %(at)s + interval '1 day' + f.n * interval '1 second'
    FROM fresh f, cases_task t WHERE t.case_id = %(pattern)s AND t.closed IS NULL
), pauses AS (
    INSERT INTO cases_pause (case_id, started, reason, actor)
    SELECT f.id, %(at)s, '', f.id FROM fresh f WHERE f.n %% 100 = 0
)
INSERT INTO cases_reach (case_id, ancestor, opened, running)
SELECT f.id, r.ancestor, f.opened, true FROM fresh f, cases_reach r WHERE r.case_id = %(pattern)s
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a question costs: milliseconds of CPU on both sides, and until the answer is there (median)."""

    cpu: float
    wall: float


def fill(world: World, bare: psycopg.Connection[Any], rows: int) -> None:
    """Let `rows` tasks be open, three to a permit, then let the planner know."""
    permit = Permit(world)
    for step in (walks.TAKEN_IN, *walks.GRANTED[:2]):
        permit.do(step)
    permits = -(-rows // 3)
    for first in range(1, permits + 1, CHUNK):
        last = min(first + CHUNK - 1, permits)
        bare.execute(_COPIES, {"pattern": permit.id, "first": first, "last": last, "at": world.at})
        scratch.progress(last, permits)
    for table in ("cases_case", "cases_task", "cases_reach", "cases_timer", "cases_pause"):
        bare.execute(f"VACUUM ANALYZE {table}")


def page(world: World) -> Cost:
    """The lists of a clerk's page as the inbox reads them: what is theirs, and the first fifty of what is offered."""
    clerk = world.doers["fire"]

    def read() -> None:
        worklist.mine(clerk)
        found = worklist.offered(clerk, "handler", world.at)
        assert len(found) == worklist.PAGE

    return _cost(read)


def due(world: World) -> Cost:
    """Finding the timers to fire when five hundred are due, some of their cases standing still."""
    at = world.at + timedelta(days=1, seconds=DUE / 3 * 1.02)

    def look() -> None:
        assert len(timers.due(at, DUE)) == DUE

    return _cost(look)


def _cost(ask: Callable[[], None]) -> Cost:
    for _ in range(10):
        ask()
    before, taken = beside.seconds(), list[float]()
    for _ in range(TIMES):
        began = time.perf_counter()
        ask()
        taken.append(time.perf_counter() - began)
    return Cost((beside.seconds() - before) / TIMES * 1000, statistics.median(taken) * 1000)
