"""The yearly look at grants: confirmed by who answers for them, or ended."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from zhongshu.base.http.refusals import Absent, Conflict, Forbidden, Refusal
from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.duties import SEATS
from zhongshu.base.permissions.rules import SYSTEM, Actor
from zhongshu.registers.people.actions.grants import giving
from zhongshu.registers.people.models import Grant, GrantReview
from zhongshu.registers.people.queries import grants, same
from zhongshu.registers.people.queries.grants.lists import lapsed
from zhongshu.registers.people.rules.grants import GRACE, REVIEW, REVIEW_EVERY

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What became of one of the grants that somebody confirmed."""

    grant: int
    refusal: Refusal | None = None


def confirm_grants(chosen: Iterable[int], *, by: Actor, at: datetime) -> list[Reviewed]:
    """Say of each of these grants that it is still needed: a transaction and a result for each, at most 500."""
    return [_tried(grant, by, at) for grant in list(dict.fromkeys(chosen))[:AT_ONCE]]


def _tried(grant: int, by: Actor, at: datetime) -> Reviewed:
    try:
        confirm_grant(grant, by=by, at=at)
    except Refusal as refusal:
        return Reviewed(grant, refusal)
    return Reviewed(grant)


@transaction.atomic
def confirm_grant(grant: int, *, by: Actor, at: datetime) -> None:
    """Say that a grant is still needed: it is due again in a year. Nobody confirms what they hold themselves."""
    found = Grant.objects.select_for_update().filter(pk=grant).first()
    if found is None or not permissions.may(by, REVIEW, grants.reach_of(found), at):
        raise Absent("没有找到这项授权。")
    if found.ends is not None or found.deputy_of_id is not None:
        raise Conflict("这项授权会自行结束或已经结束，不用复核。")
    if same.same_person(str(found.account_id), by.id):
        raise Forbidden("不能复核自己持有的授权，请由他人办理。")
    found.reviewed = at
    found.save(update_fields=["reviewed"])
    GrantReview.objects.create(grant=found, confirmed_by=by.id, at=at)
    giving.record("people.grant_confirmed", found, by, at, role=found.role)


def end_unreviewed(at: datetime) -> int:
    """End the grants that nobody has confirmed in the month after they were due; returns how many.

    The last one that fills an administrator's seat stays: without it nobody could give a grant again.
    """
    return sum(_lapse(grant.pk, at) for grant in lapsed(at - REVIEW_EVERY - GRACE, AT_ONCE))


@transaction.atomic
def _lapse(grant: int, at: datetime) -> bool:
    found = Grant.objects.select_for_update().filter(pk=grant, ends=None).first()
    if found is None or _last_in_seat(found, at):
        return False
    giving.end(found, "people.grant_lapsed", SYSTEM, at, due=(found.reviewed or found.starts) + REVIEW_EVERY)
    return True


def _last_in_seat(grant: Grant, at: datetime) -> bool:
    others = Grant.objects.living(at).filter(role=grant.role, ends=None, account__closed=None).exclude(pk=grant.pk)
    return grant.role in SEATS and not others.exists()
