"""Telling those at work on a case that it has ended and they need not go on."""

from collections.abc import Mapping
from typing import Any

from zhongshu.base.journal.rules import Read
from zhongshu.engine.cases.rules.settings import ENDINGS
from zhongshu.engine.messages import actions as messages

VERBS = frozenset(f"case.{phase}" for phase in ENDINGS)
MERGED = "case.merged"
DEEMED = "case.deemed_withdrawn"


def template(entry: Read) -> str:
    """What those who told of the case are told; a case that only counts as withdrawn was not taken back by them."""
    return DEEMED if entry.facts.get("deemed") else entry.verb


def tell(entry: Read, about: Mapping[str, Any]) -> None:
    """Send everybody who had a task on the case word, but who ended it or merged it into another."""
    ended = entry.verb.removeprefix("case.")
    for account in dict.fromkeys(entry.facts.get("assignees", ())):
        if account != entry.actor:
            messages.send(
                f"task.{ended}", {**about, "reason": entry.facts["reason"], "into": entry.facts.get("into", "")},
                key=f"{entry.id}:{ended}:{account}", account=account, case_id=entry.subject, at=entry.at,
            )  # fmt: skip
