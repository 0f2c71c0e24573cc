"""What has happened to a case."""

from typing import Any
from uuid import UUID

from zhongshu.base.journal import queries as journal
from zhongshu.base.journal.rules.entries import Read
from zhongshu.registers.people import queries as people


def trace(case_id: UUID) -> list[dict[str, Any]]:
    """Every entry of a case, oldest first: number, verb, who, at, facts; names as anybody may see them."""
    entries = journal.trace("case", str(case_id))
    names = people.shown_names({e.actor for e in entries} | {e.behalf for e in entries if e.behalf})
    return [
        {"number": e.number, "verb": e.verb, "actor": e.actor, "who": names.get(e.actor, ""),
         "behalf": names.get(e.behalf or "", ""), "at": e.at, "facts": e.facts}
        for e in entries
    ]  # fmt: skip


def happened_since(case_id: UUID, revision: int) -> list[dict[str, Any]]:
    """What has been recorded on a case after the revision a page showed."""
    return [entry for entry in trace(case_id) if entry["number"] > revision]


def completion(case_id: UUID, token: int) -> Read | None:
    """The entry by which a task of the case was completed."""
    entries = journal.trace("case", str(case_id))
    return next((e for e in entries if e.verb == "case.task_completed" and e.facts.get("token") == token), None)
