"""The background door: takes a message out through the gateways."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from zhongshu.base.calendar import clock
from zhongshu.engine.messages import doors, rules
from zhongshu.engine.messages.models import Message


@app.task(name="messages.deliver", retry=RetryStrategy(max_attempts=8, exponential_wait=3))
def deliver(message: str) -> None:
    """Hand the message to the first gateway that takes it; a message once delivered is not sent again."""
    found = Message.objects.get(pk=message)
    if found.delivered or not doors.gateways:
        return
    text = rules.sentence(found.template).format(**found.facts)
    for gateway in doors.gateways:
        gateway.send(found.phone, text, found.key)
        break
    Message.objects.filter(pk=message, delivered=None).update(delivered=clock.now())
