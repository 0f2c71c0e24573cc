"""The figures of the loop."""

import os
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import psycopg
from django.db import connection
from django.test.utils import CaptureQueriesContext

from zhongshu.main.bench import cpu, scratch
from zhongshu.main.bench.loop.client import Client
from zhongshu.main.bench.loop.floor import Floor
from zhongshu.main.bench.loop.world import World

_NOT_COUNTED = ("BEGIN", "COMMIT")


@dataclass(slots=True)
class Meter:
    """CPU of the web process and of its database backends."""

    url: str
    web: int

    @contextmanager
    def around(self, spent: list[float]) -> Iterator[None]:
        """Adds the seconds used inside the block to `spent`."""
        before = cpu.clocks(self._working())
        yield
        spent.append(cpu.since(before, self._working()))

    def _working(self) -> list[int]:
        return [*cpu.family(self.web), *cpu.backends(self.url)]

    def each_ms(self, times: int, act: Callable[[], object], after: Callable[[], object] = lambda: None) -> float:
        """Milliseconds of CPU one call of `act` costs, the median of five rounds; `after` each tidies up, uncounted."""
        rounds: list[float] = []
        for _ in range(5):
            with self.around(rounds):
                for _ in range(times):
                    act()
            after()
        return statistics.median(rounds) / times * 1000


@dataclass(frozen=True, slots=True)
class Beside:
    """Milliseconds of CPU of a lifecycle over HTTP, of the generator that asks for it, and on the floor; the ratio."""

    over_http: float
    generator: float
    floor: float
    ratio: float


def against_floor(meter: Meter, client: Client, floor: Floor, times: int) -> Beside:
    """A lifecycle over HTTP beside the floor: medians of seven rounds in turn.

    The floor's CPU is this process and its one backend; the generator's is this process too, and not counted.
    """
    own, backend = [os.getpid()], floor.connection.info.backend_pid
    rounds: list[tuple[float, float, float]] = []
    for _ in range(7):
        spent: list[float] = []
        asked = cpu.seconds(own)
        with meter.around(spent):
            for _ in range(times):
                client.lifecycle()
        asked = cpu.seconds(own) - asked
        before = cpu.seconds([*own, backend])
        for _ in range(times):
            floor.lifecycle()
        bare = cpu.seconds([*own, backend]) - before
        rounds.append((spent[0] / times * 1000, asked / times * 1000, bare / times * 1000))
    over, generator, under = (statistics.median(part) for part in zip(*rounds, strict=True))
    return Beside(over, generator, under, statistics.median(over / under for over, _, under in rounds))


def create_p95_ms(client: Client, times: int) -> float:
    """Wall milliseconds from sending a report to an officer being assigned: 95 of 100 are quicker."""
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        opened = client.report()
        taken.append((time.perf_counter() - began) * 1000)
        if not opened["tasks"][0]["assignee"]:
            raise RuntimeError("a case was created and no officer assigned")
    client.finish()
    return statistics.quantiles(taken, n=20)[-1]


def lifecycles_per_s(world: World, host: str, seconds: float, clients: int = 4) -> float:
    """Whole lifecycles a second by several clients at once."""
    done: list[int] = []
    until = time.perf_counter() + seconds

    def walk(number: int) -> None:
        client, count = Client(world, host, f"load{number}-{time.monotonic_ns()}"), 0
        while time.perf_counter() < until:
            client.lifecycle()
            count += 1
        done.append(count)

    threads = [threading.Thread(target=walk, args=(n,)) for n in range(clients)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if len(done) < clients:
        raise RuntimeError("a client of the load failed")
    return sum(done) / (time.perf_counter() - began)


@dataclass(slots=True)
class Statements:
    """Statements of one request, counted inside this process through the product's own request handling."""

    counted: list[str] = field(default_factory=list)

    def of(self, act: Callable[[], object]) -> int:
        """How many `act` sends; the transaction's BEGIN and COMMIT are left out."""
        with CaptureQueriesContext(connection) as captured:
            act()
        self.counted = [q["sql"] for q in captured.captured_queries if not q["sql"].startswith(_NOT_COUNTED)]
        return len(self.counted)


def opened(url: str) -> psycopg.Connection:
    """A bare connection as the floor uses it."""
    return psycopg.connect(url, autocommit=True, prepare_threshold=3)


progress = scratch.progress
