"""Questions about who looked at whose data."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.rules import Actor
from zhongshu.registers.people import doors
from zhongshu.registers.people.models import Account, Look, Person, Sitting
from zhongshu.registers.people.queries import persons

FIND, VERIFY, MERGE = "persons.find", "persons.verify", "persons.merge"
PAGE = 20


@dataclass(frozen=True, slots=True)
class After:
    """Where the next page begins: behind this look."""

    at: datetime
    id: UUID

    def __str__(self) -> str:
        return f"{self.at.isoformat()}~{self.id}"

    @classmethod
    def parse(cls, text: str) -> "After | None":
        """The place in a page's address; None (the first page) when it is not one."""
        at, _, id_ = text.partition("~")
        try:
            found = datetime.fromisoformat(at)
            return cls(found, UUID(id_)) if found.tzinfo else None
        except ValueError:
            return None


def page(person: UUID, after: After | None = None, limit: int = PAGE) -> list[Look]:
    """Who was shown this person's data, newest first: a keyset page over (person, at, id)."""
    found = Look.objects.filter(person=person)
    if after:
        found = found.filter(Q(at__lt=after.at) | Q(at=after.at, id__lt=after.id), at__lte=after.at)
    return list(found.order_by("-at", "-id")[:limit])


def persons_of(accounts: Collection[UUID]) -> dict[UUID, UUID]:
    """Account → person, of those that are a person's."""
    found = Account.objects.filter(pk__in=accounts, person__isnull=False)
    return dict(found.values_list("pk", "person"))


def may_work_on(person: Person, by: Actor, at: datetime) -> bool:
    """Whether a clerk may see this record: has the person at the counter, or one of their matters on the desk."""
    if not permissions.holds_anywhere(by, FIND, at):
        return False
    if Sitting.objects.filter(person=person, clerk=by.id, begun__lte=at, ends__gt=at).exists():
        return True
    accounts = [account.pk for account in persons.accounts_of(person.pk)]
    return bool(accounts) and any(tie(accounts, by=by, at=at) for tie in doors.ties)


def open_with(by: Actor, at: datetime) -> list[Person]:
    """The records a clerk has open, those found last first."""
    sitting = Sitting.objects.filter(clerk=by.id, begun__lte=at, ends__gt=at).order_by("-begun", "-id")
    found = sitting.filter(person__merged_into=None, person__destroyed=None).select_related("person")
    return [row.person for row in found[:PAGE]]
