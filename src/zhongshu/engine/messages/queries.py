"""Questions about messages."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q

from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.messages.models import Message

PAGE = 50
MANY = 100
"""More unread messages than this are not told apart."""


@dataclass(frozen=True, slots=True)
class After:
    """Where the next page begins: behind this message."""

    sent: datetime
    message: UUID

    def __str__(self) -> str:
        return f"{self.sent.isoformat()}~{self.message}"

    @classmethod
    def parse(cls, text: str) -> "After | None":
        """The place in a page's address; None (the first page) when it is not one."""
        sent, _, message = text.partition("~")
        try:
            found = cls(datetime.fromisoformat(sent), UUID(message))
        except ValueError:
            return None
        return found if found.sent.tzinfo else None


_UNREAD = """
SELECT count(*) FROM (SELECT 1 FROM messages_message WHERE account = %s::uuid AND read IS NULL LIMIT %s) unread
"""


def unread(by: Actor) -> int:
    """How many messages the actor has not read, counted up to MANY."""
    with connection.cursor() as cursor:
        cursor.execute(_UNREAD, [by.id, MANY])
        return int(cursor.fetchone()[0])


def inbox(by: Actor, after: After | None = None, limit: int = PAGE) -> list[Message]:
    """One page of the actor's messages, newest first."""
    found = Message.objects.filter(account=by.id)
    if after:
        found = found.filter(Q(sent__lt=after.sent) | Q(sent=after.sent, id__lt=after.message), sent__lte=after.sent)
    return list(found.order_by("-sent", "-id")[:limit])
