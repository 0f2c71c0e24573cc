"""Questions about messages."""

from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.messages.models import Message


def unread(by: Actor) -> int:
    """How many messages the actor has not read."""
    return Message.objects.filter(account=by.id, read=None).count()


def inbox(by: Actor, limit: int = 50) -> list[Message]:
    """The actor's newest messages."""
    return list(Message.objects.filter(account=by.id).order_by("-sent")[:limit])
