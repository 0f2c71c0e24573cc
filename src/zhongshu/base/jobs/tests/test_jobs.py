"""Jobs are deferred with the change they follow, and taken up again when their worker died."""

from typing import Any

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django import app

from zhongshu.base.jobs import actions

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _emptied() -> Any:
    """Procrastinate's tables are not ours, so nothing else empties them."""
    yield
    run("TRUNCATE procrastinate_jobs, procrastinate_workers RESTART IDENTITY CASCADE")


def run(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall() if cursor.description else []


def worker(seconds_silent: float) -> int:
    ((id_,),) = run(
        "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - %s * interval '1 second') RETURNING id",
        seconds_silent,
    )
    return int(id_)


def taken(by: int) -> int:
    """A job that this worker has begun."""
    job = app.configure_task("messages.deliver").defer(message="x")
    run("UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s WHERE id = %s", by, job)
    return int(job)


def status(job: int) -> str:
    ((found,),) = run("SELECT status::text FROM procrastinate_jobs WHERE id = %s", job)
    return str(found)


def test_a_job_is_deferred_with_its_change_or_not_at_all() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        app.configure_task("messages.deliver").defer(message="x")
        raise RuntimeError
    assert run("SELECT 1 FROM procrastinate_jobs") == []


def test_the_job_of_a_worker_that_died_goes_back_and_that_of_a_living_one_stays() -> None:
    dead, living = taken(worker(actions.SILENT + 5)), taken(worker(1))
    assert actions.retake() == 1
    assert (status(dead), status(living)) == ("todo", "doing")
    assert actions.retake() == 0


def test_every_package_s_jobs_are_known_to_the_worker() -> None:
    actions.tasks_known()
    assert "messages.deliver" in app.tasks
