"""Telling people that work went into other hands: delegated, handed back, taken over, done for them."""

from collections.abc import Iterator, Mapping
from typing import Any

from zhongshu.base.journal.rules.entries import Read
from zhongshu.engine.cases.rules.scenario import Scenario
from zhongshu.engine.messages import actions as messages
from zhongshu.registers.people import queries as people

VERBS = frozenset(
    {
        "case.task_delegated",
        "case.task_handed_back",
        "case.task_taken_over",
        "case.task_released",
        "case.task_handed_over",
    }
)
GIVEN = frozenset({"case.task_assigned", "case.task_handed_over"})
FINISHED = frozenset({"cases.handover_finished"})

News = Iterator[tuple[str, str, str | None, str]]
"""Template, the account told, who did it, and the element it is about."""


def tell(entry: Read, about: Mapping[str, Any], scenario: Scenario) -> None:
    """Send whoever gave work away, got it or lost it their message, once for each entry and person."""
    for template, account, who, element in _news(entry):
        said = {
            "task": scenario.task_name(element), "task_en": scenario.task_name(element, "en"),
            "reason": entry.facts.get("reason", ""), "who": people.names([who or ""]).get(who or "", ""),
        }  # fmt: skip
        messages.send(
            template, {**about, **said}, key=f"{entry.id}:{template}:{element}:{account}", account=account,
            case_id=entry.subject, at=entry.at,
        )  # fmt: skip


def _news(entry: Read) -> News:
    facts, actor = entry.facts, entry.actor
    match entry.verb:
        case "case.task_delegated":
            yield "task.delegated", facts["delegate"], actor, facts["task"]
        case "case.task_handed_back" if facts["called_back"]:
            yield "task.called_back", facts["delegate"], actor, facts["task"]
        case "case.task_handed_back":
            template = "task.handed_back_done" if facts["finished_work"] else "task.handed_back"
            yield template, facts["assignee"], facts["delegate"], facts["task"]
        case "case.task_taken_over":
            for loser in filter(None, (facts["before"], facts["delegate"])):
                yield "task.taken_over", loser, actor, facts["task"]
        case "case.task_completed" if entry.behalf:
            yield "task.done_for_you", entry.behalf, actor, facts["task"]
    if relieved := facts.get("relieved"):
        yield "task.called_back", relieved, actor, facts["task"]
    yield from _stand_ins(entry)


def _stand_ins(entry: Read) -> News:
    """Those who got a new task because its holder is away."""
    facts, given = entry.facts, entry.verb in GIVEN
    for task in [facts | {"element": facts["task"]}] if given else facts.get("tasks", ()):
        if task.get("delegate"):
            yield "task.standing_in", task["delegate"], task["assignee"], task["element"]


def tell_successor(entry: Read) -> None:
    """Send who got somebody's work one message for all of it."""
    facts = entry.facts
    if facts["successor"] and (given := facts["rows"].get("given")):
        who = people.names([entry.subject]).get(entry.subject, "")
        messages.send(
            "handover.given", {"who": who, "given": given}, key=f"{entry.id}:handover", account=facts["successor"],
            at=entry.at,
        )  # fmt: skip
