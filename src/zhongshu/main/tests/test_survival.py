"""Parts, database and supervisor are killed while a city works: nothing is lost, nothing is done twice."""

import os
import shutil
import signal
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

import psutil
import psycopg
import pytest

from zhongshu.main.bench import scratch
from zhongshu.main.bench.loop import world
from zhongshu.main.ground.postgres import home
from zhongshu.main.ground.postgres.cluster import Cluster
from zhongshu.main.tests.running import PARTS, PATIENCE, Running, Stubborn, eventually, free_pair

pytestmark = pytest.mark.alone

DEEP = os.environ.get("ZHONGSHU_DEEP") == "1"
LIFECYCLES, WALKERS = (10_000, 4) if DEEP else (2_000, 4)
KILLS = {"web": 8, "worker": 8, "scheduler": 4, "database": 5} if DEEP else {"web": 2, "worker": 2, "database": 2}
TOLD = Counter({"case.opened": 1, "task.assigned": 1, "case.advanced": 2, "case.closed": 1})
"""What one lifecycle tells its reporter and its officer, if nobody is sent instead on the way."""
_INSTEAD = """
SELECT subject::uuid, count(*) FILTER (WHERE verb = 'case.task_assigned'),
       count(*) FILTER (WHERE body::json ->> 'before' <> '' AND verb = 'case.task_assigned')
       + count(*) FILTER (WHERE body::json ->> 'instead_of' <> '')
FROM journal_entry WHERE verb IN ('case.task_assigned', 'case.task_completed') GROUP BY 1
"""
_ASTRAY = """
SELECT c.number FROM cases_case c
WHERE c.revision <> (SELECT count(*) FROM journal_entry e WHERE e.kind = 'case' AND e.subject = c.id::text)
   OR c.revision <> (SELECT s.count FROM journal_subject s WHERE s.kind = 'case' AND s.id = c.id::text)
   OR ARRAY(SELECT (token ->> 'id')::int FROM jsonb_array_elements(c.marking -> 'tokens') token ORDER BY 1)
      <> ARRAY(SELECT t.token FROM cases_task t WHERE t.case_id = c.id AND t.closed IS NULL ORDER BY 1)
   OR (SELECT count(*) FROM cases_task t WHERE t.case_id = c.id AND t.ending = 'done')
      <> (SELECT count(*) FROM journal_entry e
          WHERE e.kind = 'case' AND e.subject = c.id::text AND e.verb = 'case.task_completed')
"""
"""Cases whose marking, open tasks, revision and journal do not say the same."""


class City:
    """The platform, those who act in its city, and questions to its database."""

    def __init__(self, platform: Running, made: world.World, url: str) -> None:
        self.platform, self.world, self.url = platform, made, url
        self.keys: list[str] = []

    def ask(self, question: str, *values: Any) -> list[tuple[Any, ...]]:
        """The rows a question finds."""
        with psycopg.connect(self.url) as connection:
            return connection.execute(question, values).fetchall()

    @contextmanager
    def at_work(self, name: str, least: int = LIFECYCLES) -> Iterator[None]:
        """Several systems walk lifecycles for the length of the block, and so many of them at least."""
        over = threading.Event()
        walkers = [
            threading.Thread(target=self._walk, args=(f"{name}-{number}", least // WALKERS, over))
            for number in range(WALKERS)
        ]
        for walker in walkers:
            walker.start()
        try:
            yield
        finally:
            over.set()
            for walker in walkers:
                walker.join()

    def _walk(self, name: str, least: int, over: threading.Event) -> None:
        client = Stubborn(self.world, self.platform.port)
        for number in count():
            if number >= least and over.is_set():
                return
            self.keys.append(f"{name}-{number:06d}")
            client.lifecycle(self.keys[-1])

    def agrees(self) -> None:
        """Marking, tasks and journal of every case agree, whatever was cut off half-way."""
        assert self.ask(_ASTRAY) == []

    def is_told(self) -> bool:
        """Whether every reaction has caught up and every job is done."""
        if self.ask("SELECT 1 FROM procrastinate_jobs WHERE status IN ('todo', 'doing') LIMIT 1"):
            return False  # what is asked next reads the whole journal
        sent = self.ask("SELECT count(*) FROM messages_message WHERE case_id IS NOT NULL")[0][0]
        return sent >= sum(told.total() for told in self.to_tell().values())

    def to_tell(self) -> dict[Any, Counter[str]]:
        """What each case is to tell, by its entries."""
        return {
            case: TOLD + Counter({"task.assigned": sent, "task.taken": taken})
            for case, sent, taken in self.ask(_INSTEAD)
        }

    def is_in_order(self) -> None:
        """Each key one case, each case closed, each task done once, everybody told once, the journal whole."""
        cases = self.ask("SELECT split_part(key, ':', 2), count(*) FROM cases_contact GROUP BY 1")
        assert sorted(cases) == sorted((key, 1) for key in self.keys)
        assert self.ask("SELECT count(*), count(closed) FROM cases_case") == [(len(self.keys), len(self.keys))]
        doubled = """SELECT subject, verb, body::json ->> 'token', count(*) FROM journal_entry
                     WHERE verb = 'case.task_completed' GROUP BY 1, 2, 3 HAVING count(*) > 1"""
        assert self.ask(doubled) == []
        backlog = len(self.keys) / 20  # seconds: what was done faster than it could be told comes after
        eventually(self.is_told, "every message and job", patience=PATIENCE + backlog)
        told: dict[Any, Counter[str]] = {case: Counter() for (case,) in self.ask("SELECT id FROM cases_case")}
        for case, template in self.ask("SELECT case_id, template FROM messages_message WHERE case_id IS NOT NULL"):
            told[case][template] += 1
        assert told == self.to_tell()
        for check in ("verify", "audit"):
            found = self.platform.command("journal", check)
            assert found.returncode == 0, found.stdout + found.stderr


@pytest.fixture(scope="module")
def city(django_db_blocker: Any) -> Iterator[City]:
    """A platform with officials that act by key, on an embedded database of its own."""
    var = Path(tempfile.mkdtemp(prefix="zs"))
    var.chmod(0o755)
    cluster, platform = Cluster(home.of(var, "pg")), Running(var, free_pair())
    try:
        with cluster.in_use():
            url = cluster.url()
            with django_db_blocker.unblock(), scratch.moved_to(url):
                made = world.make()
        platform.start()
        yield City(platform, made, url)
    finally:
        platform.tell(signal.SIGTERM)
        shutil.rmtree(cluster.home.folder, ignore_errors=True)
        shutil.rmtree(var, ignore_errors=True)


@pytest.mark.parametrize("name", PARTS)
def test_a_killed_part_comes_back(city: City, name: str) -> None:
    city.platform.kill(name)
    city.platform.whole()
    with city.at_work(f"after {name}", least=WALKERS):
        pass
    city.is_in_order()


@pytest.mark.parametrize("victim", ["worker", "database"])
def test_a_job_that_ran_when_its_worker_or_the_database_was_killed_is_run_again(
    city: City, django_db_blocker: Any, victim: str
) -> None:
    with city.at_work(f"before {victim}", least=WALKERS):
        pass
    city.is_in_order()
    (message,) = city.ask("SELECT id FROM messages_message WHERE phone <> '' LIMIT 1")[0]
    with suppress(psycopg.OperationalError), psycopg.connect(city.url) as holder:
        holder.execute("LOCK TABLE messages_message IN ACCESS EXCLUSIVE MODE")
        with django_db_blocker.unblock(), scratch.moved_to(city.url):
            from zhongshu.engine.messages import jobs

            job = jobs.deliver.defer(message=str(message))
        running = "SELECT 1 FROM procrastinate_jobs WHERE id = %s AND status = 'doing'"
        eventually(lambda: city.ask(running, job), "the job to run")
        city.platform.kill(victim)
        holder.rollback()
    city.platform.whole()
    eventually(lambda: not city.ask("SELECT 1 FROM procrastinate_jobs WHERE id = %s", job), "the job to be done")


def test_nothing_is_lost_or_doubled_while_parts_and_database_are_killed_at_any_moment(city: City) -> None:
    random, before = Random(20), len(city.keys)
    victims = random.sample([name for name, times in KILLS.items() for _ in range(times)], sum(KILLS.values()))
    moments = sorted(random.randrange(LIFECYCLES) for _ in victims)
    with city.at_work("kills"):
        for victim, moment in zip(victims, moments, strict=True):
            eventually(lambda due=before + moment: len(city.keys) > due, "so many lifecycles", patience=600)
            city.platform.kill(victim)
            city.platform.whole()
            city.agrees()
    city.agrees()
    city.is_in_order()


def test_a_killed_supervisor_leaves_nothing_in_the_way_of_the_next(city: City) -> None:
    family = city.platform.family()
    city.platform.tell(signal.SIGKILL)
    city.platform.start()
    left = [p for p in family if p.is_running() and "postgres" not in p.name()]
    assert psutil.wait_procs(left, timeout=30)[1] == []
    city.is_in_order()


def test_ctrl_c_stops_everything(city: City) -> None:
    family = city.platform.family()
    city.platform.tell(signal.SIGINT)
    assert [process for process in family if process.is_running()] == []
    assert city.platform.process.returncode == 0
