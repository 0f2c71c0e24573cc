"""Pages of grants: who holds what, and what has to be looked at again."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F, Q
from django.db.models.functions import Coalesce

from zhongshu.base.permissions.rules import Scope
from zhongshu.registers.people.models import Grant
from zhongshu.registers.people.models.grants import Grants
from zhongshu.registers.people.queries.bodies import subtree
from zhongshu.registers.people.rules.grants import REVIEW_EVERY
from zhongshu.registers.places.rules import codes

PAGE = 50
SOON = timedelta(days=30)
"""How long before it is due a grant is offered for review."""


@dataclass(frozen=True, slots=True)
class Filter:
    """What a reader looks for; `body`: grants to the people of a body and those under it."""

    role: str = ""
    body: int | None = None
    account: UUID | None = None


@dataclass(frozen=True, slots=True)
class After:
    """Where the next page begins: behind this grant."""

    starts: datetime
    id: int

    def __str__(self) -> str:
        return f"{self.starts.isoformat()}~{self.id}"

    @classmethod
    def parse(cls, text: str) -> "After | None":
        """The place in a page's address; None (the first page) when it is not one."""
        starts, _, id_ = text.partition("~")
        try:
            found = cls(datetime.fromisoformat(starts), int(id_))
        except ValueError:
            return None
        return found if found.starts.tzinfo is not None and 0 <= found.id < 2**63 else None


def page(scope: Scope, wanted: Filter, at: datetime, after: After | None = None, limit: int = PAGE) -> list[Grant]:
    """One page of the grants that run or will, newest first, as far as they lie in the scope."""
    found = Grant.objects.filter(Q(ends=None) | Q(ends__gt=at)).select_related("account")
    if wanted.role:
        found = found.filter(role=wanted.role)
    if wanted.account is not None:
        found = found.filter(account=wanted.account)
    if wanted.body is not None:
        found = found.filter(account__body__in=subtree(wanted.body))
    if after is not None:
        found = found.filter(Q(starts__lt=after.starts) | Q(starts=after.starts, pk__lt=after.id))
    return list(found.filter(within(scope)).order_by("-starts", "-pk")[:limit])


def within(scope: Scope) -> Q:
    """The grants in a scope, as a query: what `Scope.covers` says of what each lies under."""
    found = Q(pk__in=[])
    for body, place in scope.pairs:
        over = Q() if body is None else Q(body__lineage__contains=[body])
        found |= Q(pk__isnull=False) & over & (Q() if place is None else _inside(place))
    return found


def _inside(place: int) -> Q:
    """The place itself and those inside it: a range of codes for each finer level."""
    found = Q(place=place)
    for finer in (length - len(str(place)) for length in codes.LENGTHS):
        if finer > 0:
            found |= Q(place__range=(place * 10**finer, (place + 1) * 10**finer - 1))
    return found


def due(scope: Scope, at: datetime, limit: int = PAGE) -> list[Grant]:
    """Grants without an end that are due for review within a month or are overdue, the longest due first."""
    found = _unreviewed(at - REVIEW_EVERY + SOON).filter(within(scope))
    return list(found.select_related("account")[:limit])


def _unreviewed(since: datetime) -> Grants:
    looked = Grant.objects.filter(ends=None, deputy_of=None).annotate(looked=Coalesce("reviewed", "starts"))
    return looked.filter(looked__lte=since).order_by(F("looked"), "pk")


def lapsed(before: datetime, limit: int) -> list[Grant]:
    """Grants that nobody has confirmed since `before`, the longest ago first."""
    return list(_unreviewed(before).select_related("account")[:limit])
