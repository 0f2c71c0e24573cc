"""The background door: tells other systems that somebody signed out."""

import logging

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from zhongshu.base.calendar import clock
from zhongshu.base.http import outgoing
from zhongshu.registers.identity.actions import permits
from zhongshu.registers.identity.models import Permit

log = logging.getLogger(__name__)


@app.task(name=permits.JOB, retry=RetryStrategy(max_attempts=5, exponential_wait=4))
def tell_client(permit: str) -> None:
    """Hand the system a logout token (Back-Channel Logout 1.0, 2.5); tried again while it does not take it."""
    ended = Permit.objects.select_related("client", "account").get(pk=permit)
    token = permits.logout_token(ended, clock.now())
    with outgoing.client("back-channel logout") as client:
        answer = client.post(ended.client.back_channel, data={"logout_token": token})
    if answer.status_code not in (200, 204):
        raise RuntimeError(f"{ended.client_id} answered {answer.status_code} to a logout token")
