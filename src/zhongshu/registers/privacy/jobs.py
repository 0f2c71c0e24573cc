"""The background door: making copies and destroying."""

from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from zhongshu.base.calendar import clock
from zhongshu.registers.privacy.actions import copying, destroying, requests


@app.task(name=requests.PACK, retry=RetryStrategy(max_attempts=5, exponential_wait=3))
def pack(request: str) -> None:
    """Make the copy somebody asked for."""
    copying.pack(UUID(request), at=clock.now())


@app.task(name=requests.DESTROY, retry=RetryStrategy(max_attempts=8, exponential_wait=3))
def destroy(request: str) -> None:
    """Destroy what an approved request lets go."""
    destroying.carry_out(UUID(request), at=clock.now())
