"""The background door: work on many cases at once."""

from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from zhongshu.base.calendar import clock
from zhongshu.engine.cases.actions import handing_over, migrating, resettling, years


@app.task(name=handing_over.JOB, retry=RetryStrategy(max_attempts=5, exponential_wait=3))
def hand_over(handover: str) -> None:
    """Hand over all open work of somebody who leaves."""
    handing_over.run(UUID(handover), at=clock.now())


@app.task(name=years.JOB, retry=RetryStrategy(max_attempts=5, exponential_wait=3))
def reckon_year(entry: int) -> None:
    """Reckon open deadlines anew, because a year's days were announced."""
    years.reckon_year(entry, at=clock.now())


@app.task(name="cases.migrate", retry=RetryStrategy(max_attempts=8, exponential_wait=3))
def migrate(migration: str) -> None:
    """Do the next batch; as long as there is more, it has asked for the one after it."""
    migrating.go_on(UUID(migration), at=clock.now())


@app.task(name=resettling.JOB, retry=RetryStrategy(max_attempts=8, exponential_wait=3))
def resettle(entry: int) -> None:
    """Bring the open cases under a body that was moved under the bodies now over it."""
    resettling.resettle(entry, at=clock.now())
