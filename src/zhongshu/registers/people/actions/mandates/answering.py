"""What becomes of a mandate: accepted or declined by the agent, ended by either side or at a counter."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhongshu.base.http.refusals import Absent, Conflict, Invalid
from zhongshu.base.journal import actions as journal
from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.rules import Actor
from zhongshu.registers.people.actions.mandates.giving import RECORDS
from zhongshu.registers.people.models import Mandate
from zhongshu.registers.people.queries import mandates as queries
from zhongshu.registers.people.rules import mandates as rules
from zhongshu.registers.people.rules.mandates import Act


@transaction.atomic
def accept(mandate: UUID, *, by: Actor, at: datetime) -> Mandate:
    """Accept, as the agent, to act for somebody; from now on one may."""
    found = _waiting(mandate, by)
    if not found.terms.runs(max(at, found.starts)):
        raise Conflict("这份代办授权已到期。")
    found.accepted = at
    found.save(update_fields=["accepted"])
    journal.record(subject=found.party, verb="people.mandate_accepted", by=by, at=at, body={"mandate": str(found.pk)})
    return found


@transaction.atomic
def decline(mandate: UUID, *, by: Actor, at: datetime) -> Mandate:
    """Not accept, as the agent, to act for somebody."""
    return ended(_waiting(mandate, by), "declined", "", by, at)


@transaction.atomic
def revoke(mandate: UUID, reason: str, *, by: Actor, at: datetime) -> Mandate:
    """End a mandate: by its principal, by its agent who lays it down, or at a counter, with the reason.

    It acts at once: the agent's very next request is refused.
    """
    found = _locked(mandate, by)
    if not queries.side(found, by) and not permissions.holds_anywhere(by, RECORDS, at):
        raise Absent("没有找到这份代办授权。")
    said = reason.strip()
    if len(said) > 500:
        raise Invalid("请把原因写在 500 字以内。", field="reason")
    return ended(found, "revoked", said, by, at)


def _waiting(mandate: UUID, by: Actor) -> Mandate:
    """The mandate under its lock, for the agent who has not answered yet."""
    found = _locked(mandate, by)
    if queries.side(found, by) != "agent":
        raise Absent("没有找到这份代办授权。")
    if found.accepted:
        raise Conflict("您已经接受了这份代办授权。")
    return found


def _locked(mandate: UUID, by: Actor) -> Mandate:
    rules.refuse(by, Act.MANDATE)
    found = Mandate.objects.select_for_update().filter(pk=mandate).first()
    if found is None:
        raise Absent("没有找到这份代办授权。")
    if found.revoked:
        raise Conflict("这份代办授权已经撤回。")
    return found


def ended(found: Mandate, how: str, reason: str, by: Actor, at: datetime) -> Mandate:
    """End a mandate under its lock, with the entry: `how` is `revoked` or `declined`."""
    found.revoked, found.revoked_by, found.reason = at, by.id, reason
    found.save(update_fields=["revoked", "revoked_by", "reason"])
    body = {"mandate": str(found.pk), "reason": reason}
    journal.record(subject=found.party, verb=f"people.mandate_{how}", by=by, at=at, body=body)
    return found
