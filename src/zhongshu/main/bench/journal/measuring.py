"""The figures of the journal in order, each said as it comes."""

import argparse
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from random import Random
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
from django.db import connection

from zhongshu.base.journal import actions
from zhongshu.base.journal.actions import growing, signing
from zhongshu.base.journal.queries import tree
from zhongshu.base.permissions.rules import SYSTEM
from zhongshu.main.bench import cpu, scratch
from zhongshu.main.bench.journal import filling

ROUNDS = 7
PROOFS = 1_000
CHECKPOINTS = 15
AT = datetime(2026, 3, 2, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
REACH = (-3, 9901)
_PLAIN = """
INSERT INTO journal_entry (kind, subject, number, verb, actor, behalf, at, reach, body, salt, leaf)
VALUES (%(entry_kind)s, %(entry_subject)s, %(number)s, %(entry_verb)s, %(entry_actor)s, %(entry_behalf)s, %(entry_at)s,
        %(entry_reach)s::bigint[], %(entry_body)s, %(entry_salt)s, %(entry_leaf)s)
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds: of CPU, this process' and the database's together, and by the clock."""

    cpu: float
    wall: float


@dataclass(frozen=True, slots=True)
class Round:
    """What so many entries cost: inserted plainly, written to the journal, and given their place in the tree."""

    plain: Cost
    append: Cost
    placing: Cost


def run(url: str, options: argparse.Namespace) -> dict[str, Any]:
    """Appends with tree over plain inserts, then proofs and checkpoints, among `--rows` entries."""
    with scratch.moved_to(url):
        filling.fill(options.rows, AT, scratch.progress)
        figures = {"rows": tree.size()} | _said(_appends(url, options.appends))
        return figures | _said(_proofs()) | _said(_checkpoints())


def _appends(url: str, number: int) -> dict[str, Any]:
    """Each entry a transaction of its own, in turn; what counts is the median of the rounds' ratios."""
    rounds = []
    with psycopg.connect(url, autocommit=True, prepare_threshold=0) as bare:
        for nth in range(-1, ROUNDS):
            plain = _cost(url, partial(_insert, bare, number, f"plain{nth}"))
            _place()
            append = _cost(url, partial(_append, number, f"ours{nth}"))
            rounds.append(Round(plain, append, _cost(url, _place)))
    return _ratios(rounds[1:], number)


def _insert(bare: "psycopg.Connection[Any]", number: int, name: str) -> None:
    """The same row, as a program without a chain or a tree would write it."""
    with bare.cursor() as cursor:
        for n in range(number):
            cursor.execute(_PLAIN, _row(n, name) | {"number": n % filling.A_SUBJECT + 1})


def _append(number: int, name: str) -> None:
    with connection.cursor() as cursor:
        statement = f"WITH {actions.part()} SELECT 1 FROM entry"
        for n in range(number):
            cursor.execute(statement, _row(n, name))


def _row(n: int, name: str) -> dict[str, Any]:
    body = {"n": n, "state": "handled", "note": "现场已处置，照片三张"}
    subject = ("bench", f"{name}-{n // filling.A_SUBJECT}")
    return actions.row(subject=subject, verb="bench.written", by=SYSTEM, at=AT, body=body, reach=REACH)


def _place() -> None:
    while growing.grow():
        pass


def _cost(url: str, work: Callable[[], None]) -> Cost:
    pids = [os.getpid(), *cpu.backends(url)]
    used, began = cpu.seconds(pids), time.perf_counter()
    work()
    return Cost(cpu.seconds(pids) - used, time.perf_counter() - began)


def _ratios(rounds: list[Round], number: int) -> dict[str, Any]:
    def middle(of: Callable[[Round], float]) -> float:
        return median(of(each) for each in rounds)

    return {
        "plain_us": round(middle(lambda r: r.plain.cpu) / number * 1e6, 1),
        "append_us": round(middle(lambda r: r.append.cpu) / number * 1e6, 1),
        "placing_us": round(middle(lambda r: r.placing.cpu) / number * 1e6, 1),
        "plain_per_s": round(number / middle(lambda r: r.plain.wall)),
        "appends_per_s": round(number / middle(lambda r: r.append.wall + r.placing.wall)),
        "over_plain_insert": round(middle(lambda r: (r.append.cpu + r.placing.cpu) / r.plain.cpu), 2),
        "over_plain_insert_wall": round(middle(lambda r: (r.append.wall + r.placing.wall) / r.plain.wall), 2),
        "tree_over_append": round(middle(lambda r: (r.append.cpu + r.placing.cpu) / r.append.cpu), 2),
    }


def _proofs() -> dict[str, Any]:
    """CPU and wait of the proof of an entry anywhere, and from a size anywhere, in the tree as it is; each once."""
    random, size = Random(6962), tree.size()
    anywhere = random.sample(range(size - 1), PROOFS)
    included, waits = _each([partial(tree.inclusion, at, size) for at in anywhere])
    consistent, _ = _each([partial(tree.consistency, at + 1, size) for at in anywhere])
    return {
        "proof_ms": round(included, 3), "proof_wall_ms": round(median(waits), 3),
        "proof_wall_p99_ms": round(sorted(waits)[PROOFS * 99 // 100], 3), "consistency_ms": round(consistent, 3),
    }  # fmt: skip


def _each(works: list[Callable[[], object]]) -> tuple[float, list[float]]:
    """Milliseconds: of CPU of each on average, this process' and the database's, and the waits for all."""
    pids = [os.getpid(), connection.connection.info.backend_pid]
    used = cpu.seconds(pids)
    waits = [_ms(work) for work in works]
    return (cpu.seconds(pids) - used) * 1000 / len(works), waits


def _checkpoints() -> dict[str, Any]:
    """The wait for a checkpoint, each after some more entries."""
    waits = []
    for nth in range(CHECKPOINTS):
        _append(50, f"signed{nth}")
        _place()
        waits.append(_ms(partial(signing.sign, AT + timedelta(minutes=nth))))
    return {"checkpoint_ms": round(median(waits), 2)}


def _ms(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def _said(figures: dict[str, Any]) -> dict[str, Any]:
    print(", ".join(f"{name} {value}" for name, value in figures.items()), file=sys.stderr, flush=True)
    return figures
