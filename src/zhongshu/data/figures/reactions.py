"""Figures follow the journal."""

from zhongshu.base.calendar.rules import SHANGHAI
from zhongshu.base.journal.rules.entries import Read
from zhongshu.base.permissions.rules import SYSTEM
from zhongshu.data.figures import actions
from zhongshu.data.figures.queries import known
from zhongshu.data.figures.rules import spreads, steps

COUNTED = frozenset({
    *("case.opened", "case.task_completed", "case.timer_fired", "case.merged", "case.split"),
    *("case.message_came", "case.signal_came", "case.migrated", "case.migration_undone"),
    *("case.body_called", "case.body_called_off", "case.body_asked", "case.body_dropped"),
    *("case.retracted", "case.withdrawn", "case.cancelled"),
    *("case.returned", "case.recalled", "case.reopened"),
    *("case.signature_asked", "case.signature_off", "case.signed"),
})  # fmt: skip


def count(entry: Read) -> None:
    """Add what an entry says to the counters of every body and place it lies under, and of the officer who worked."""
    facts, at = entry.facts, entry.at.astimezone(SHANGHAI)
    moved = facts.get("joined") or facts.get("left")
    token = facts.get("token") if entry.verb == "case.task_completed" else None
    case = known.case(entry.subject, token, at) if moved or token else None
    opened = case.opened if case and moved else None
    source = facts.get("source") or (case.source if case else "")
    added = steps.steps(entry.verb, facts, entry.reach, at.date(), opened.date() if opened else None, source)
    slots = spreads.hours(entry.verb, facts, entry.reach, at, opened)
    if case and case.task and entry.actor != SYSTEM.id and "from" not in facts:  # else it was taken from its officer
        added += steps.officer_steps(facts, at, entry.actor, case.task)
        slots += spreads.stages(facts, entry.reach, at, entry.actor, case.task)
    actions.add(added, slots, facts.get("category") or "")
