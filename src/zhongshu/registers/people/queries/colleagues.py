"""Questions about officials: who works with whom, who is meant."""

from uuid import UUID

from django.db.models import Q, QuerySet

from zhongshu.registers.people.models import Account
from zhongshu.registers.people.queries.bodies import lineage, subtree

MOST = 200
FOUND = 20


def colleagues(account: Account) -> QuerySet[Account]:
    """The open accounts of officials of the body above somebody's own and all under it, by name, at most 200."""
    found = Account.objects.filter(kind=Account.Kind.STAFF, closed=None, body__in=_near(account))
    return found.exclude(pk=account.pk).order_by("name", "id")[:MOST]


def is_colleague(account: Account, other: Account) -> bool:
    """Whether another official is of the body above somebody's own or one under it."""
    return other.kind == Account.Kind.STAFF and other.closed is None and other.body_id in _near(account)


def _near(account: Account) -> list[int]:
    line = lineage(account.body_id) if account.body_id else ()
    return subtree(line[-2] if len(line) > 2 else line[-1]) if line else []


def officials(text: str) -> QuerySet[Account]:
    """The officials, gone ones too, whose name is this or whose login begins so, at most 20."""
    wanted = text.strip()
    found = Account.objects.filter(Q(name=wanted) | Q(login__startswith=wanted.lower()), kind=Account.Kind.STAFF)
    return found.order_by("name", "id")[:FOUND]


def official(account: UUID | str) -> Account | None:
    """The official with this id, gone or not."""
    return Account.objects.filter(pk=account, kind=Account.Kind.STAFF).first()
