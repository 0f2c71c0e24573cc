"""Questions about proposals."""

from datetime import datetime
from uuid import UUID

from zhongshu.base.approvals.doors import doors, kinds
from zhongshu.base.approvals.models import Proposal
from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.rules import Actor

MOST_WAITING = 500
"""Waiting proposals that are looked through; as many at once mean that nobody decides at all."""


def waiting(by: Actor, at: datetime, *of: str) -> list[Proposal]:
    """What of these kinds this person could decide, oldest first: others' proposals over what they may decide on."""
    found = Proposal.objects.filter(decided=None, kind__in=of).order_by("proposed", "id")[:MOST_WAITING]
    return [one for one in found if may_decide(one, by, at)]


def mine(by: Actor, *of: str) -> list[Proposal]:
    """This person's own proposals of these kinds that still wait, oldest first."""
    found = Proposal.objects.filter(decided=None, kind__in=of, proposer=by.id)
    return list(found.order_by("proposed", "id")[:MOST_WAITING])


def may_decide(proposal: Proposal, by: Actor, at: datetime) -> bool:
    """Whether this person is another than the proposer and holds the kind's permission over the proposal's reach."""
    permission = kinds[proposal.kind].permission
    return permissions.may(by, permission, proposal.reach, at) and not asked_by(proposal, by)


def asked_by(proposal: Proposal, by: Actor) -> bool:
    """Whether this person is who proposed it, through whichever account."""
    proposer = str(proposal.proposer)
    return proposer == by.id or doors.same_person(proposer, by.id)


def about(subject: str, limit: int = 20) -> list[Proposal]:
    """The proposals about one subject, newest first."""
    return list(Proposal.objects.filter(subject=subject).order_by("-proposed", "-id")[:limit])


def one(proposal: UUID) -> Proposal | None:
    """The proposal with this id."""
    return Proposal.objects.filter(pk=proposal).first()
