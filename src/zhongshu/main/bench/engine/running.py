"""The figures of the engine in order."""

import argparse
import gc
import statistics
from typing import Any

import psycopg

from zhongshu.main.bench import scratch
from zhongshu.main.bench.engine import beside, ours, trips, waiting, walks, world
from zhongshu.main.bench.engine.ours import Permit
from zhongshu.main.bench.engine.world import World

WARM_UP = 100
LOOPS = 60


def run(url: str, options: argparse.Namespace) -> dict[str, Any]:
    """All figures, in a scratch database at `url`."""
    beside.check()
    with scratch.moved_to(url), psycopg.connect(url, autocommit=True) as bare:
        made = world.make()
        gc.collect()
        gc.freeze()
        ours.walked(Permit(made) for _ in range(WARM_UP))
        bare.execute("VACUUM ANALYZE")
        found = _steps(made, url, options)
        waiting.fill(made, bare, options.rows)
        return found | _waiting(made, options.rows)


def _steps(made: World, url: str, options: argparse.Namespace) -> dict[str, Any]:
    side = beside.compared(made, url, options.walks, options.rounds)
    most = _traffic(made)
    return {
        "step_cpu_ms": round(side.ours, 3), "spiffworkflow_cpu_ms": round(side.theirs, 3),
        "over_spiffworkflow": round(side.ratio, 2), "loop60_over_loop0": round(_after_loops(made), 2),
        "statements_per_step": most.statements, "round_trips_per_step": most.round_trips,
    }  # fmt: skip


def _traffic(made: World) -> trips.Traffic:
    """The most any step of a permit sends and waits."""
    permit, most = Permit(made), trips.Traffic()
    for step in walks.walk():
        with trips.counted() as sent:
            permit.do(step)
        most.statements = max(most.statements, sent.statements)
        most.round_trips = max(most.round_trips, sent.round_trips)
    return most


def _after_loops(made: World, permits: int = 30, rounds: int = 5) -> float:
    """What a step costs after sixty supplements over what it costs at first: permits of both ages in turn, median."""
    old, young = ([_taken_in(made) for _ in range(permits)] for _ in range(2))
    for _ in range(LOOPS):
        _once_round(old)
    return statistics.median(_once_round(old) / _once_round(young) for _ in range(rounds))


def _taken_in(made: World) -> Permit:
    permit = Permit(made)
    permit.do(walks.TAKEN_IN)
    return permit


def _once_round(permits: list[Permit]) -> float:
    before = beside.seconds()
    for permit in permits:
        for step in walks.LOOP:
            permit.do(step)
    return beside.seconds() - before


def _waiting(made: World, rows: int) -> dict[str, Any]:
    page, due = waiting.page(made), waiting.due(made)
    return {
        "rows": rows, "worklist_ms": round(page.cpu, 2), "worklist_wall_ms": round(page.wall, 2),
        "due_timers_ms": round(due.cpu, 2), "due_timers_wall_ms": round(due.wall, 2),
    }  # fmt: skip
