"""The background door: takes a message out through the gateways."""

import logging

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from zhongshu.base.calendar import clock
from zhongshu.engine.messages import doors, rules
from zhongshu.engine.messages.models import Message

log = logging.getLogger(__name__)


@app.task(name="messages.deliver", retry=RetryStrategy(max_attempts=8, exponential_wait=3))
def deliver(message: str) -> None:
    """Hand the message to the first gateway that takes it; a message once delivered is not sent again."""
    found = Message.objects.get(pk=message)
    if found.delivered or not doors.gateways:
        return
    text = rules.sentence(found.template).format(**found.facts)
    _sent(found, text)
    Message.objects.filter(pk=message, delivered=None).update(delivered=clock.now())


def _sent(message: Message, text: str) -> None:
    """Through the first gateway that takes it; what the last one said against it is raised when none does."""
    *others, last = doors.gateways
    for gateway in others:
        try:
            gateway.send(message.phone, text, message.key)
            return
        except Exception:
            log.exception("gateway %s did not take message %s", type(gateway).__name__, message.pk)
    last.send(message.phone, text, message.key)
