"""The background door: files of an organisation."""

from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from zhongshu.base.calendar import clock
from zhongshu.registers.people.actions import importing


@app.task(name=importing.JOB, retry=RetryStrategy(max_attempts=8, exponential_wait=3))
def take_in(wanted: str) -> None:
    """Take a file in that was looked at and confirmed."""
    importing.take_in(UUID(wanted), at=clock.now())
