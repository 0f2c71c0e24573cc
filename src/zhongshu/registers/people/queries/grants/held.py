"""What a person holds, over what, and which duties would meet in them."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from zhongshu.base.permissions import duties
from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.duties import Clash
from zhongshu.base.permissions.rules import Actor, body_key
from zhongshu.registers.people.models import Account, Grant
from zhongshu.registers.people.queries import same
from zhongshu.registers.people.queries.bodies import lineage
from zhongshu.registers.places.rules import codes


def above(body: int | None, place: int | None) -> tuple[int, ...]:
    """What a body and a place lie under, themselves included, as a reach."""
    over = codes.ancestors(place) if place is not None else ()
    return (*over, *(body_key(one) for one in (lineage(body) if body is not None else ())))


def reach_of(grant: Grant | permissions.Grant) -> tuple[int, ...]:
    """What a grant lies under. Who proposes, approves or reviews it needs that right over all of it: a right over a
    part never covers a grant over the whole.
    """
    if isinstance(grant, Grant):
        return above(grant.body_id, grant.place)
    return above(grant.body, grant.place)


def given(grant: Grant) -> permissions.Grant:
    """A kept grant as the rules read it."""
    return permissions.Grant(
        grant.role, grant.body_id, grant.place, grant.purpose, grant.starts, grant.ends, tuple(grant.hours)
    )


def every(account: UUID | str) -> Actor | None:
    """The account with every grant it ever held, newest first: for explaining, never for deciding."""
    found = Account.objects.filter(pk=account).first()
    if found is None:
        return None
    grants = found.grants.order_by("-starts", "-pk")[:MOST_SAID]
    return Actor(str(found.pk), found.name, found.kind, found.body_id, tuple(map(given, grants)))  # type: ignore[arg-type]


MOST_SAID = 200
"""Grants that an explanation goes through."""


def clashes(account: Account, wanted: permissions.Grant, at: datetime) -> list[Clash]:
    """The rules of separated duties that a further grant would break for this account's person, in any account."""
    held = Grant.objects.filter(Q(ends=None) | Q(ends__gt=at), account__in=same.accounts_of(account.pk))
    return duties.clashes(wanted, map(given, held), above)


def lendable(account: UUID, starts: datetime, ends: datetime) -> QuerySet[Grant]:
    """What of somebody's own grants a deputy may hold meanwhile: no administrator's seat, nothing itself lent."""
    own = Grant.objects.filter(account=account, deputy_of=None, starts__lt=ends).exclude(role__in=duties.NEVER_LENT)
    return own.filter(Q(ends=None) | Q(ends__gt=starts)).order_by("pk")


def meanwhile(grant: Grant, starts: datetime, ends: datetime) -> tuple[datetime, datetime]:
    """That part of a grant's period that lies within a leave."""
    return max(grant.starts, starts), min(grant.ends or ends, ends)
