"""Figures follow the journal."""

from zhongshu.base.calendar.rules import SHANGHAI
from zhongshu.base.journal.rules import Read
from zhongshu.data.figures import actions, queries, rules

COUNTED = frozenset({"case.opened", "case.task_completed", "case.timer_fired", "case.merged", "case.split"})


def count(entry: Read) -> None:
    """Add what an entry says to the counters of every body and place it lies under."""
    facts = entry.facts
    moved = facts.get("joined") or facts.get("left")
    opened = queries.day_opened(entry.subject) if moved else None
    day = entry.at.astimezone(SHANGHAI).date()
    actions.add(rules.steps(entry.verb, facts, entry.reach, day, opened), facts.get("category") or "")
