"""Questions about persons: whose record it is, which records are one person's, who is meant."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from zhongshu.base.crypto import sealing
from zhongshu.base.permissions.rules import Actor
from zhongshu.registers.people.models import Account, Person, PersonMerge, Twin
from zhongshu.registers.people.rules.persons import Facts, Identity

NUMBER = "person.id_number"
"""What identity numbers are sealed and marked about."""
MOST_FOUND = 5
MOST_SHOWN = 50


def living() -> QuerySet[Person]:
    """The records that stand for a person: neither merged into another nor destroyed."""
    return Person.objects.filter(merged_into=None, destroyed=None)


def of_account(account: str | UUID) -> Person | None:
    """The person whose account this is; None for officials and devices."""
    return living().filter(accounts__pk=account).first()


def one(person: UUID) -> Person | None:
    """The person with this record; None when there is none, or it is merged or destroyed."""
    return living().filter(pk=person).first()


def is_own(person: UUID, by: Actor) -> bool:
    """Whether this record is of who acts."""
    return Account.objects.filter(pk=by.id, person=person, closed=None).exists()


def same(person: UUID) -> list[UUID]:
    """All records that are this one person, the one that stands first; empty when there is no such record."""
    stands = Person.objects.filter(pk=person).values_list(Coalesce("merged_into", "pk"), flat=True).first()
    merged = Person.objects.filter(merged_into=stands).order_by("pk").values_list("pk", flat=True)
    return [stands, *merged] if stands else []


def accounts_of(person: UUID) -> list[Account]:
    """The person's open accounts, oldest first."""
    return list(Account.objects.filter(person=person, closed=None).order_by("opened", "id")[:MOST_SHOWN])


def by_number(kind: str, number: str) -> Person | None:
    """The person with this identity number, in its one spelling."""
    return living().filter(id_kind=kind, id_mark__in=sealing.marks(number, NUMBER)).first()


def by_phone(name: str, phone: str) -> list[Person]:
    """The persons of exactly this name and phone number, their own or an account's, at most five."""
    own = Person.objects.filter(phone=phone, name=name).values("pk")
    signed = Account.objects.filter(phone=phone, name=name, person__isnull=False, closed=None).values("person")
    return list(living().filter(pk__in=own.union(signed)).order_by("opened", "id")[:MOST_FOUND])


def number(person: Person) -> str:
    """The identity number in full; empty when there is none. Only for who was let in by `actions.looks`, or masked."""
    return sealing.opened(person.id_sealed, NUMBER) if person.id_sealed else ""


def identity(person: Person) -> Identity:
    """The person in full."""
    return Identity(person.name, person.id_kind, number(person), person.phone)


def facts(person: Person) -> Facts:
    """What merging goes by."""
    mark = (person.id_kind, bytes(person.id_mark)) if person.id_mark is not None else None
    return Facts(person.level, mark, person.merged_into_id is None and person.destroyed is None)


def twins(person: UUID) -> list[Person]:
    """The other records that an identity number was named for as well, either way: perhaps the same person."""
    there = Twin.objects.filter(person=person).values("other")
    back = Twin.objects.filter(other=person).values("person")
    return list(living().filter(pk__in=there.union(back)).order_by("opened", "id")[:MOST_FOUND])


def newest_mergings() -> list[PersonMerge]:
    """The mergings that stand, newest first."""
    found = PersonMerge.objects.filter(undone=None).select_related("into", "other")
    return list(found.order_by("-at", "-id")[:MOST_SHOWN])


def mergings(person: UUID) -> Iterable[PersonMerge]:
    """What was merged into this record and still is, newest first."""
    return PersonMerge.objects.filter(into=person, undone=None).order_by("-at")[:MOST_SHOWN]
