"""The background door: letters that steps ask for."""

from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from zhongshu.base.calendar import clock
from zhongshu.engine.letters import actions


@app.task(name=actions.JOB, retry=RetryStrategy(max_attempts=8, exponential_wait=3))
def make(case: str, name: str, cause: int, account: str) -> None:
    """Make a letter because of an entry; done twice it is one."""
    actions.make_because(UUID(case), name, cause=cause, account=account, at=clock.now())
