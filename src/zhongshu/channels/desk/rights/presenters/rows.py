"""Grants and proposals of grants as pages show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from zhongshu.base.approvals import queries as proposals
from zhongshu.base.approvals.models import Proposal
from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.rules import Actor
from zhongshu.channels.desk.rights.presenters import words
from zhongshu.channels.presenters import names
from zhongshu.registers.people import queries as people
from zhongshu.registers.people.models import Grant
from zhongshu.registers.people.queries import grants
from zhongshu.registers.people.rules.grants import APPROVE, GRACE, PROPOSE, Wanted, due

_OUTCOMES = {"approved": "已同意", "refused": "未同意", "withdrawn": "已撤回"}


@dataclass(frozen=True, slots=True)
class Row:
    """A grant in words; `endable`: the visitor may end it; `due`, and by when it would end by itself."""

    grant: Grant
    holder: str
    body: str
    role: str
    over: str
    hours: str
    lent: bool
    endable: bool
    due: datetime
    late: bool
    lapses: datetime


@dataclass(frozen=True, slots=True)
class Asked:
    """A proposed grant in words."""

    record: Proposal
    holder: str
    body: str
    role: str
    over: str
    hours: str
    wanted: Wanted
    proposer: str
    decider: str
    outcome: str


def rows(found: Iterable[Grant], by: Actor, at: datetime) -> list[Row]:
    """Grants in words; their accounts are read already."""
    scopes = [permissions.scope(by, right, at) for right in (PROPOSE, APPROVE)]
    return [_row(grant, any(scope.covers(grants.reach_of(grant)) for scope in scopes), at) for grant in found]


def _row(grant: Grant, endable: bool, at: datetime) -> Row:
    until = due(grant.starts, grant.reviewed)
    return Row(
        grant, grant.account.name, names.body(grant.account.body_id), names.role(grant.role),
        words.over(grant.body_id, grant.place), words.hours(grant.hours), grant.deputy_of_id is not None, endable,
        until, until <= at, until + GRACE,
    )  # fmt: skip


def asked(found: Iterable[Proposal]) -> list[Asked]:
    """Proposals in words: one statement for all names."""
    listed = list(found)
    ids = [who for one in listed for who in (one.body["account"], one.proposer, one.decider) if who]
    called = people.names([str(who) for who in ids])
    return [_asked(one, called) for one in listed]


def _asked(one: Proposal, called: dict[str, str]) -> Asked:
    wanted, holder = Wanted.read(one.body), people.official(one.body["account"])
    return Asked(
        one, called.get(one.body["account"], ""), names.body(holder.body_id if holder else None),
        names.role(wanted.role), words.over(wanted.body, wanted.place), words.hours(wanted.hours), wanted,
        called.get(str(one.proposer), ""), called.get(str(one.decider), ""),
        gettext(_OUTCOMES[one.outcome]) if one.outcome else "",
    )  # fmt: skip


def decidable(one: Proposal, by: Actor, at: datetime) -> bool:
    """Whether the visitor may decide this proposal now."""
    return one.decided is None and proposals.may_decide(one, by, at)
