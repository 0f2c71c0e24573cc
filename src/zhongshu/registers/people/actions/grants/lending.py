"""What a deputy holds while somebody is away: grants of the absent one, for that time, recorded and never wider."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhongshu.base.permissions.rules import Actor
from zhongshu.registers.people.actions.grants import giving
from zhongshu.registers.people.models import Account, Grant
from zhongshu.registers.people.queries import grants
from zhongshu.registers.people.queries.colleagues import is_colleague
from zhongshu.registers.people.queries.grants.held import lendable, meanwhile


@transaction.atomic
def lend_grants(deputy: UUID, starts: datetime, ends: datetime, *, by: Actor, at: datetime) -> list[Grant]:
    """Let a colleague hold one's own grants from `starts` until `ends`, each with its entry.

    Left out: administrators' seats, what one holds as a deputy oneself, and duties that must not meet in the deputy.
    Whoever is not a colleague (`colleagues`: of the body above one's own and those under it) holds nothing by this.
    """
    own, target = Account.objects.get(pk=by.id), Account.objects.get(pk=deputy)
    if not is_colleague(own, target):
        return []
    lent = (_lend(grant, target, starts, ends, by, at) for grant in lendable(own.pk, starts, ends))
    return [grant for grant in lent if grant is not None]


def _lend(grant: Grant, target: Account, starts: datetime, ends: datetime, by: Actor, at: datetime) -> Grant | None:
    first, last = meanwhile(grant, starts, ends)
    if grants.clashes(target, replace(grants.given(grant), starts=first, ends=last), at) or _holds(
        target, grant, starts
    ):
        return None
    made = Grant.objects.create(
        account=target, role=grant.role, body_id=grant.body_id, place=grant.place, purpose=grant.purpose,
        hours=grant.hours, starts=first, ends=last, given_by=by.id, deputy_of=grant,
    )  # fmt: skip
    giving.record("people.grant_lent", made, by, at, **giving.told(made))
    return made


def _holds(target: Account, grant: Grant, starts: datetime) -> bool:
    """Whether the deputy holds the very same anyway."""
    same = target.grants.filter(starts__lte=starts, ends=None, role=grant.role, body=grant.body_id, place=grant.place)
    return same.filter(purpose=grant.purpose, hours=grant.hours).exists()


@transaction.atomic
def end_lent(account: UUID, deputy: UUID | None = None, *, by: Actor, at: datetime) -> int:
    """End what a deputy (none: every deputy) holds of somebody's grants: they are back, or have left."""
    lent = Grant.objects.filter(deputy_of__account=account, ends__gt=at)
    if deputy is not None:
        lent = lent.filter(account=deputy)
    found = list(lent.select_for_update(of=["self"]).order_by("pk"))
    for grant in found:
        giving.end(grant, "people.grant_ended", by, at)
    return len(found)
