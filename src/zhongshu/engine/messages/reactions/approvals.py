"""Telling those who may decide a proposal that it waits for them, and the proposer what was decided."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from zhongshu.base.approvals import doors
from zhongshu.base.approvals import queries as proposals
from zhongshu.base.approvals.models import Proposal
from zhongshu.base.journal.rules.entries import Read
from zhongshu.engine.messages import actions
from zhongshu.registers.people import queries as people

ASKED = "approvals.proposed"
DECIDED = {"approvals.approved": "approval.approved", "approvals.refused": "approval.refused"}
TELLING = frozenset({ASKED, *DECIDED})
MOST_TOLD = 50
"""People told of one proposal; more means that nobody is in charge."""


def tell(entry: Read) -> None:
    """Send the message of an entry about a proposal, once to each; nobody is asked for what is decided already."""
    found = proposals.one(UUID(entry.subject))
    if found is None or found.kind not in doors.kinds:
        return
    if entry.verb in DECIDED:
        _send(DECIDED[entry.verb], found, entry, [str(found.proposer)], {"answer": found.answer})
    elif found.decided is None:
        who = people.names([str(found.proposer)]).get(str(found.proposer), "")
        _send("approval.asked", found, entry, _deciders(found, entry), {"who": who, "reason": found.reason})


def _deciders(found: Proposal, entry: Read) -> Iterable[str]:
    """Who holds the kind's permission over what the proposal reaches, the proposer left out."""
    held = people.in_charge(doors.kinds[found.kind].permission, found.reach, entry.at)
    return (account for account in held if account != str(found.proposer))


def _send(template: str, found: Proposal, entry: Read, told: Iterable[str], facts: Mapping[str, Any]) -> None:
    about = _about(found)
    for account in list(dict.fromkeys(told))[:MOST_TOLD]:
        actions.send(template, {**about, **facts}, key=f"{entry.id}:{template}:{account}", account=account, at=entry.at)


def _about(found: Proposal) -> dict[str, str]:
    """What the proposal is, and of which case, if of one (`number`)."""
    kind, number = doors.kinds[found.kind], found.body.get("number", "")
    return {
        "kind": kind.name, "kind_en": kind.name_en, "asks": found.kind, "proposal": str(found.pk), "number": number,
        "about": f"（{number}）" if number else "", "about_en": f" ({number})" if number else "",
    }  # fmt: skip
