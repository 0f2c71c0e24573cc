"""Telling those at work on a case, and who runs the shift, that a machine has taken its alarm back."""

from collections.abc import Mapping
from typing import Any

from zhongshu.base.journal.rules.entries import Read
from zhongshu.engine.messages import actions as messages
from zhongshu.registers.people import queries as people

VERBS = frozenset({"case.alarm_withdrawn"})
SUPERVISOR = "supervisor"
MOST_TOLD = 50


def tell(entry: Read, about: Mapping[str, Any]) -> None:
    """Send those at work on the case word, and the shift's supervisors where a person is to decide now."""
    facts = entry.facts
    told = list(facts.get("assignees", ()))
    if facts.get("effect") == "told":
        told += map(str, people.holders(SUPERVISOR, entry.reach, entry.at).values_list("pk", flat=True))
    for account in list(dict.fromkeys(told))[:MOST_TOLD]:
        messages.send(
            "task.alarm_withdrawn", {**about, "reason": facts["reason"]},
            key=f"{entry.id}:retracted:{account}", account=account, case_id=entry.subject, at=entry.at,
        )  # fmt: skip
