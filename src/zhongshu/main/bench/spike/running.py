"""Lifecycles that come when they come, whether or not the ones before are done."""

import argparse
import queue
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from random import Random
from typing import Any

from zhongshu.main.bench import cpu, scratch, server
from zhongshu.main.bench.loop import filling, measuring, world
from zhongshu.main.bench.loop.client import Client
from zhongshu.main.bench.spike import arrivals
from zhongshu.main.bench.spike.arrivals import Answer, Level

MINUTES, FAST_MINUTES = 10.0, 2.0
AT_ONCE = 100
"""Lifecycles on their way at once: what the bench's officers can have in hand. What comes on top waits its turn."""
WARM_UP = 200


def run(url: str, options: argparse.Namespace) -> dict[str, Any]:
    """Fill, then let them come; all figures."""
    seconds = (FAST_MINUTES if options.fast else MINUTES) * 60
    with scratch.moved_to(url):
        made = world.make(world.CELLS)
        with server.web(url) as (host, pid), measuring.opened(url) as bare:
            _fill(made, host, bare, options.rows)
            before, began = cpu.clocks(_working(url, pid)), time.perf_counter()
            street = _Street(made, host)
            course = arrivals.levels(seconds)
            street.live(course)
            found = _figures(street, course)
            spent = cpu.since(before, _working(url, pid))
    busy = spent / (time.perf_counter() - began)
    return {"rows": options.rows, "minutes": seconds / 60, **found, "cpu_busy": round(busy, 3)}


def _working(url: str, web: int) -> list[int]:
    return [*cpu.family(web), *cpu.backends(url)]


def _fill(made: world.World, host: str, bare: Any, rows: int) -> None:
    """Closed cases as in a city that has run for long, and a server that has run for a while."""
    client = Client(made, host, "first")
    for _ in range(WARM_UP):
        client.lifecycle()
    if rows:
        closed = bare.execute("SELECT id FROM cases_case WHERE closed IS NOT NULL LIMIT 50").fetchall()
        filling.fill(bare, [row[0] for row in closed], rows, scratch.progress)
    client = Client(made, host, "warm")
    for _ in range(WARM_UP):
        client.lifecycle()


@dataclass(slots=True)
class _Timed(Client):
    """A client that notes how long each answer took; the first of a lifecycle counts from its arrival."""

    began: float = 0.0
    wanted: float | None = None
    answers: list[Answer] = field(default_factory=list)

    def send(self, method: str, path: str, key: str, body: Any = None) -> dict[str, Any]:
        now = time.perf_counter() - self.began
        wanted, self.wanted = now if self.wanted is None else self.wanted, None
        # The two-argument form does not know the class a dataclass with slots has become.
        answer = Client.send(self, method, path, key, body)
        self.answers.append(Answer(wanted, time.perf_counter() - self.began - wanted))
        return answer


class _Street:
    """A pool of clients, each with its connection, that walk what has arrived."""

    def __init__(self, made: world.World, host: str) -> None:
        self.began = time.perf_counter()
        self.clients: queue.SimpleQueue[_Timed] = queue.SimpleQueue()
        self.all = [_Timed(made, host, f"spike{number}") for number in range(AT_ONCE)]
        for client in self.all:
            self.clients.put(client)
        self.errors: list[str] = []
        self.done = 0

    def live(self, course: Sequence[Level]) -> None:
        """Let everything arrive that is to, and wait until all of it is done and the last level is over."""
        self.began = time.perf_counter()
        coming = arrivals.arrivals(course, Random(7))
        with ThreadPoolExecutor(AT_ONCE) as pool:
            for number, moment in enumerate(coming):
                time.sleep(max(moment - self.now(), 0.0))
                pool.submit(self._walk, moment)
                scratch.progress(number + 1, len(coming))
        time.sleep(max(course[-1].ends - self.now(), 0.0))

    def now(self) -> float:
        return time.perf_counter() - self.began

    def _walk(self, arrived: float) -> None:
        client = self.clients.get()
        try:
            client.began, client.wanted = self.began, arrived
            client.lifecycle()
            self.done += 1
        except Exception as error:  # whatever goes wrong is what is counted here
            self.errors.append(repr(error)[:300])
            client.connection.close()
        finally:
            self.clients.put(client)

    def answers(self) -> list[Answer]:
        return [answer for client in self.all for answer in client.answers]


def _figures(street: _Street, course: Sequence[Level]) -> dict[str, Any]:
    answers = street.answers()
    for error in street.errors[:5]:
        print(error, file=sys.stderr)
    return {
        "lifecycles": street.done,
        "errors": len(street.errors),
        "recovered": arrivals.recovered(answers, course),
        "first_p95_ms": round(arrivals.p95_ms(answers, course[0]), 1),
        "valleys_p95_ms": [round(arrivals.p95_ms(answers, low.last_third), 1) for low in arrivals.valleys(course)],
        "levels_p95_ms": {
            f"{n}: {level.rate}/s": round(arrivals.p95_ms(answers, level), 1) for n, level in enumerate(course)
        },
        "longest_s": round(max((answer.seconds for answer in answers), default=0.0), 2),
    }
