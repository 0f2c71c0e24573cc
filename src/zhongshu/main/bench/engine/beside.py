"""A step of ours beside one of theirs: both walk the same permits in turn, so that the machine's moods meet both."""

import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from typing import IO

from django.db import connection

from zhongshu.main.bench import cpu
from zhongshu.main.bench.engine import ours, walks
from zhongshu.main.bench.engine.ours import Permit
from zhongshu.main.bench.engine.world import World

MISSING = """\
没有安装对照用的 SpiffWorkflow，请这样运行：ZHONGSHU_LOCK=requirements-test.txt ./run bench engine
SpiffWorkflow, the other side, is not installed; run: ZHONGSHU_LOCK=requirements-test.txt ./run bench engine"""


@dataclass(frozen=True, slots=True)
class Beside:
    """Milliseconds of CPU a step costs, client and backend, on each side; the ratio is that of rounds side by side."""

    ours: float
    theirs: float
    ratio: float


def check() -> None:
    """Say what to do, and go no further, when the other side is not installed."""
    if find_spec("SpiffWorkflow") is None:
        raise SystemExit(MISSING)


def seconds() -> float:
    """CPU that this thread and the backend of its connection have used."""
    return time.thread_time() + cpu.seconds([connection.connection.info.backend_pid])


def compared(world: World, url: str, count: int, rounds: int) -> Beside:
    """Medians over rounds in which each side walks `count` permits; one round before is not counted."""
    found: list[tuple[float, float]] = []
    with _peer(url) as (asked, answers):
        for _ in range(rounds + 1):
            mine = _ours(world, count)
            print(count, file=asked, flush=True)
            found.append((mine, float(answers.readline())))
    each = count * walks.STEPS / 1000
    own, their = ([side / each for side in sides] for sides in zip(*found[1:], strict=True))
    ratio = statistics.median(theirs / mine for mine, theirs in zip(own, their, strict=True))
    return Beside(statistics.median(own), statistics.median(their), ratio)


def _ours(world: World, count: int) -> float:
    permits = [Permit(world) for _ in range(count)]
    before = seconds()
    ours.walked(permits)
    return seconds() - before


@contextmanager
def _peer(url: str) -> Iterator[tuple[IO[str], IO[str]]]:
    """SpiffWorkflow in a process of its own; yields where to ask and where to read."""
    command = [sys.executable, "-P", "-m", "zhongshu.main.bench.engine.peer", url]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin and process.stdout
        yield process.stdin, process.stdout
