"""Who is signed in, as far as somebody looks after it."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from zhongshu.base.permissions.rules import Actor
from zhongshu.registers.identity.models import Session
from zhongshu.registers.identity.rules import marks
from zhongshu.registers.people import queries as people
from zhongshu.registers.people.models import Account

MANAGE = "sessions.manage"
PAGE = 50


def signed_in(by: Actor, at: datetime, *, text: str = "", after: tuple[datetime, UUID] | None = None) -> list[Session]:
    """The sessions of officials and systems that `by` looks after, newest first, 50 from a place on.

    With `text`, those of accounts whose login or name begins so.
    """
    kinds = (Account.Kind.STAFF, Account.Kind.DEVICE)
    found = Session.objects.filter(account__kind__in=kinds, began__gt=at - marks.LIFE)
    mine = people.managed_ids(by, MANAGE, at)
    if mine is not None:
        found = found.filter(account__body__in=mine)
    if text:
        found = found.filter(Q(account__login__startswith=text.lower()) | Q(account__name__startswith=text))
    if after:
        found = found.filter(Q(began__lt=after[0]) | Q(began=after[0], pk__lt=after[1]))
    return list(found.select_related("account").order_by("-began", "-pk")[:PAGE])
