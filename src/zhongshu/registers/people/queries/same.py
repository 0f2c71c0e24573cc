"""Which accounts are of one person."""

from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from zhongshu.registers.people.models import Account


def accounts_of(account: UUID | str) -> QuerySet[Account]:
    """Every account of whoever has this one, itself and closed ones too.

    Accounts are of one person when they are tied to one record of a person (or to two that were merged), or when two
    have the same name and telephone: an official may have been entered twice.
    """
    found = Account.objects.filter(pk=account).values("name", "phone", who=_WHO).first()
    if found is None:
        return Account.objects.none()
    same = Q(pk=account)
    if found["who"] is not None:
        same |= Q(person=found["who"]) | Q(person__merged_into=found["who"])
    if found["phone"]:
        same |= Q(name=found["name"], phone=found["phone"])
    return Account.objects.filter(same).order_by("pk")


_WHO = Coalesce("person__merged_into", "person")


def same_person(one: str, other: str) -> bool:
    """Whether two accounts are of one person."""
    return one == other or accounts_of(one).filter(pk=other).exists()
