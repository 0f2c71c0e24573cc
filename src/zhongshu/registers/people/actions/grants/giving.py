"""Giving and ending grants, and who looks after a cell."""

from datetime import datetime

from django.db import transaction

from zhongshu.base.http.refusals import Invalid
from zhongshu.base.journal import actions as journal
from zhongshu.base.permissions.roles import ROLES
from zhongshu.base.permissions.rules import Actor
from zhongshu.registers.people.models import Account, Body, CellOfficer, Grant


@transaction.atomic
def give_grant(
    account: Account, role: str, *, body: Body | None = None, place: int | None = None, purpose: str = "",
    ends: datetime | None = None, by: Actor, at: datetime,
) -> Grant:  # fmt: skip
    """Give an account a role over a body's and a place's subtree."""
    if role not in ROLES:
        raise Invalid("没有名为 {role} 的角色。", field="role", role=role)
    grant = Grant.objects.create(
        account=account, role=role, body=body, place=place, purpose=purpose, starts=at, ends=ends, given_by=by.id
    )
    journal.record(
        subject=("account", str(account.pk)), verb="people.grant_given", by=by, at=at,
        body={"grant": grant.pk, "role": role, "body": body and body.pk, "place": place, "ends": ends},
    )  # fmt: skip
    return grant


@transaction.atomic
def end_grant(grant: Grant, *, by: Actor, at: datetime) -> None:
    """End a grant now."""
    Grant.objects.filter(pk=grant.pk).update(ends=at)
    journal.record(
        subject=("account", str(grant.account_id)), verb="people.grant_ended", by=by, at=at, body={"grant": grant.pk}
    )


@transaction.atomic
def appoint_cell_officer(cell: str, account: Account, *, by: Actor, at: datetime) -> CellOfficer:
    """Give a grid cell an officer."""
    officer = CellOfficer.objects.create(cell=cell, account=account, starts=at)
    journal.record(
        subject=("cell", cell), verb="people.cell_officer_appointed", by=by, at=at,
        body={"account": str(account.pk)}, reach=(int(cell),),
    )  # fmt: skip
    return officer
