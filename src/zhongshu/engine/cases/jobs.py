"""The background door: goes on with a migration, one batch a job."""

from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from zhongshu.base.calendar import clock
from zhongshu.engine.cases.actions import migrating


@app.task(name="cases.migrate", retry=RetryStrategy(max_attempts=8, exponential_wait=3))
def migrate(migration: str) -> None:
    """Do the next batch; as long as there is more, it has asked for the one after it."""
    migrating.go_on(UUID(migration), at=clock.now())
