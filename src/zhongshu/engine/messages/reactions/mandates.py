"""Telling both sides of a mandate what became of it."""

from uuid import UUID

from zhongshu.base.http.refusals import Absent
from zhongshu.base.journal.rules.entries import Read
from zhongshu.engine.messages import actions
from zhongshu.registers.people.models import Mandate
from zhongshu.registers.people.queries import mandates

TELLING = frozenset({
    "people.mandate_given", "people.mandate_accepted", "people.mandate_declined", "people.mandate_revoked",
})  # fmt: skip
_KINDS_EN = {"family": "family", "guardian": "guardian", "helper": "helper", "firm_agent": "agent of a firm"}


def tell(entry: Read) -> None:
    """Send the messages of an entry about a mandate, once to each; whoever did it is not told of it."""
    try:
        found = mandates.one(UUID(entry.facts["mandate"]))
    except Absent:
        return
    verb = entry.verb.removeprefix("people.mandate_")
    reason = entry.facts.get("reason", "")
    facts = {
        **mandates.called(found), "kind": found.get_kind_display(), "kind_en": _KINDS_EN[found.kind], "reason": reason
    }  # fmt: skip
    for template, side in _told(verb, entry.facts.get("accepted", False)):
        for account, phone in _side(found, side):
            if str(account) != entry.actor:
                key = f"{entry.id}:{template}:{account or 'phone'}"
                actions.send(template, facts, key=key, account=account, phone=phone, at=entry.at)


def _told(verb: str, accepted: bool) -> list[tuple[str, str]]:
    """Template and side of each message of a verb; who accepted already is not asked to."""
    if verb == "given":
        return [("mandate.begun" if accepted else "mandate.given", "agent"), ("mandate.recorded", "principal")]
    sides = ("principal", "agent") if verb == "revoked" else ("principal",)
    return [(f"mandate.{verb}", side) for side in sides]


def _side(found: Mandate, side: str) -> list[tuple[UUID | None, str]]:
    if side == "agent" and found.agent_account_id:
        return [(found.agent_account_id, "")]
    party = found.agent_person_id if side == "agent" else found.principal_person_id or found.principal_firm_id
    return mandates.reached(party) if party else []
