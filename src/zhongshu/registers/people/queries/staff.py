"""Questions about officials and systems as an administrator keeps them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import F, Q, QuerySet

from zhongshu.base.permissions.roles import ROLES
from zhongshu.base.permissions.rules import Actor
from zhongshu.registers.people.models import Account, Body, Grant
from zhongshu.registers.people.queries.burdened import living_grants
from zhongshu.registers.people.queries.managing import STAFF, managed_ids

PAGE = 50
_KINDS = (Account.Kind.STAFF, Account.Kind.DEVICE)


def staff_of(body: int, *, after: tuple[str, UUID] | None = None, closed: bool = False) -> list[Account]:
    """The accounts of a body by name, 50 from a place on; open ones, or those that were closed."""
    found = Account.objects.filter(body=body, kind__in=_KINDS, closed__isnull=not closed)
    if after:
        found = found.filter(Q(name__gt=after[0]) | Q(name=after[0], pk__gt=after[1]))
    return list(found.order_by("name", "pk")[:PAGE])


def find_staff(text: str, by: Actor, at: datetime) -> Sequence[Account]:
    """Officials and systems whose name or login begins so, among those `by` administers; at most 50.

    Two walks along an index each, so that neither reads more than it shows.
    """
    wanted = text.strip()
    if not wanted:
        return []
    mine, among = managed_ids(by, STAFF, at), Account.objects.filter(kind__in=_KINDS)
    if mine is not None:
        among = among.filter(body__in=mine)
    found = {
        one.pk: one
        for part in (among.filter(login__startswith=wanted.lower()), among.filter(name__startswith=wanted))
        for one in part.order_by(F("closed").asc(nulls_first=True), "name", "pk")[:PAGE]
    }
    return sorted(found.values(), key=lambda one: (one.closed is not None, one.name, one.pk))[:PAGE]


def grants_of(account: Account, at: datetime) -> QuerySet[Grant]:
    """What an account holds or is to hold, newest first."""
    return Grant.objects.filter(living_grants(at), account=account).select_related("body").order_by("-starts", "-pk")


def tied_grants(account: Account, home: Body, at: datetime) -> list[Grant]:
    """The grants that reach over a body the account would no longer be under once its body is `home`."""
    return [grant for grant in grants_of(account, at) if grant.body_id and grant.body_id not in home.lineage]


def permissions_held(accounts: Sequence[Account], at: datetime) -> dict[UUID, frozenset[str]]:
    """Account → what its grants in force at `at` permit it, somewhere: one statement."""
    held: dict[UUID, frozenset[str]] = {one.pk: frozenset() for one in accounts}
    grants = Grant.objects.filter(living_grants(at), account__in=list(held), starts__lte=at)
    for account, role in grants.values_list("account", "role"):
        held[account] |= ROLES[role].permissions if role in ROLES else frozenset()
    return held
