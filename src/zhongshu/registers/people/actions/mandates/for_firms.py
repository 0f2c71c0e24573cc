"""Whoever has a role in a firm acts for it under a mandate: made with the role, ended with it."""

from datetime import datetime

from zhongshu.base.journal import actions as journal
from zhongshu.base.permissions.rules import Actor
from zhongshu.registers.people.actions.mandates.answering import ended
from zhongshu.registers.people.actions.mandates.giving import told
from zhongshu.registers.people.models import FirmRole, Mandate
from zhongshu.registers.people.rules import firms, mandates


def begin(role: FirmRole, *, by: Actor, at: datetime) -> None:
    """A mandate of the role's matters and time: a representative's holds at once, an agent accepts it first.

    Without an end of its own it holds as long as a mandate may; one already in force for
    the same matters stays as it is.
    """
    same = Mandate.objects.filter(principal_firm=role.firm_id, agent_person=role.person_id, matters=role.matters)
    if same.filter(revoked=None, ends__gt=at).exists():
        return
    represents = role.role == firms.REPRESENTATIVE
    starts = max(role.starts, at)
    made = Mandate.objects.create(
        principal_firm_id=role.firm_id, agent_person_id=role.person_id, kind="firm_agent", matters=role.matters,
        starts=starts, ends=role.ends or starts + mandates.FOR_A_ROLE,
        how="counter" if represents else "online", given_by=by.id, given=at, accepted=at if represents else None,
    )  # fmt: skip
    journal.record(subject=made.party, verb="people.mandate_given", by=by, at=at, body=told(made))


def end(role: FirmRole, reason: str, *, by: Actor, at: datetime) -> None:
    """What somebody may do for a firm ends with their role in it, at once."""
    held = Mandate.objects.select_for_update().filter(
        principal_firm=role.firm_id, agent_person=role.person_id, kind="firm_agent", revoked=None
    )
    for one in held:
        ended(one, "revoked", reason, by, at)
