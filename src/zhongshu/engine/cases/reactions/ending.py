"""Telling those at work on a case that it has ended and they need not go on."""

from collections.abc import Mapping
from typing import Any

from zhongshu.base.journal.rules.entries import Read
from zhongshu.engine.cases.rules.telling import ENDED
from zhongshu.engine.messages import actions as messages

VERBS = ENDED
MERGED = "case.merged"


def tell(entry: Read, about: Mapping[str, Any]) -> None:
    """Send everybody who had a task on the case word, but who ended it or merged it into another."""
    ended = entry.verb.removeprefix("case.")
    for account in dict.fromkeys(entry.facts.get("assignees", ())):
        if account != entry.actor:
            messages.send(
                f"task.{ended}", {**about, "reason": entry.facts["reason"], "into": entry.facts.get("into", "")},
                key=f"{entry.id}:{ended}:{account}", account=account, case_id=entry.subject, at=entry.at,
            )  # fmt: skip
