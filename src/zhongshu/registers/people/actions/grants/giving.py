"""Giving and ending grants: what is done once it is decided."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from zhongshu.base.http.refusals import Invalid
from zhongshu.base.journal import actions as journal
from zhongshu.base.permissions import hours as weekly
from zhongshu.base.permissions.roles import ROLES
from zhongshu.base.permissions.rules import Actor
from zhongshu.registers.people.models import Account, Body, CellOfficer, Grant


@transaction.atomic
def give_grant(
    account: Account, role: str, *, body: Body | int | None = None, place: int | None = None, purpose: str = "",
    hours: weekly.Hours = weekly.ALWAYS, starts: datetime | None = None, ends: datetime | None = None,
    proposal: UUID | None = None, by: Actor, at: datetime,
) -> Grant:  # fmt: skip
    """Give an account a role over a body's and a place's subtree, from `starts` (now) on.

    This asks nobody: who may give is decided before, by two people (`propose_grant`) or by who sets the platform up.
    """
    if role not in ROLES:
        raise Invalid("没有名为 {role} 的角色。", field="role", role=role)
    grant = Grant.objects.create(
        account=account, role=role, body_id=body.pk if isinstance(body, Body) else body, place=place, purpose=purpose,
        hours=list(hours), starts=starts or at, ends=ends, given_by=by.id, proposal=proposal,
    )  # fmt: skip
    record("people.grant_given", grant, by, at, **told(grant))
    return grant


def end_grant(grant: Grant, *, reason: str = "", by: Actor, at: datetime) -> None:
    """End a grant now, and what deputies hold of it; one that has not begun never will."""
    end(grant, "people.grant_ended", by, at, **({"reason": reason} if reason else {}))


@transaction.atomic
def end(grant: Grant, verb: str, by: Actor, at: datetime, **more: Any) -> None:
    """End a grant under the name of why, with every grant lent of it."""
    for one in (grant, *grant.lent.filter(ends__gt=at).order_by("pk")):
        one.ends = max(at, one.starts)
        one.save(update_fields=["ends"])
        record(verb, one, by, at, role=one.role, **more)


def told(grant: Grant) -> dict[str, Any]:
    """A grant's members for its entry."""
    return {
        "role": grant.role, "body": grant.body_id, "place": grant.place, "purpose": grant.purpose,
        "hours": list(grant.hours), "starts": grant.starts, "ends": grant.ends,
        "proposal": grant.proposal and str(grant.proposal), "deputy_of": grant.deputy_of_id,
    }  # fmt: skip


def record(verb: str, grant: Grant, by: Actor, at: datetime, **more: Any) -> None:
    """Keep what happened to a grant, on the chain of the account that holds it."""
    journal.record(
        subject=("account", str(grant.account_id)), verb=verb, by=by, at=at, body={"grant": grant.pk, **more}
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
