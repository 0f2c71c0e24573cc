"""Who hears the alarm of a deadline: who has the task, who runs the shift, then the heads of the bodies above."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from zhongshu.base.calendar.rules import SHANGHAI
from zhongshu.base.journal.rules import Read
from zhongshu.engine.cases.rules.scenario import Scenario
from zhongshu.engine.messages import actions as messages
from zhongshu.registers.people import queries as people

VERBS = frozenset({"case.warned", "case.late", "case.escalated"})
SUPERVISOR, LEADER = "supervisor", "leader"
MOST_TOLD = 50
"""People told of one alarm; more means that nobody is in charge."""


def tell(entry: Read, about: Mapping[str, Any], scenario: Scenario) -> None:
    """Send the alarm to everybody it is for, once each."""
    facts, kind = entry.facts, entry.verb.removeprefix("case.")
    said = {**about, "due": due(facts["due"]), **_task(scenario, facts["task"]), **_body(facts.get("to"))}
    for account in list(dict.fromkeys(_listeners(kind, entry)))[:MOST_TOLD]:
        messages.send(
            f"task.{kind}" if facts["task"] else f"case.{kind}", said, key=f"{entry.id}:alarm:{account}",
            account=account, case_id=entry.subject, at=entry.at,
        )  # fmt: skip


def _listeners(kind: str, entry: Read) -> Iterable[str]:
    holder = entry.facts.get("assignee")
    if kind == "escalated":
        return _heads(entry)
    if holder and kind == "warned":
        return [holder]
    supervisors = people.holders(SUPERVISOR, entry.reach, entry.at).values_list("pk", flat=True)
    return [*([holder] if holder else ()), *map(str, supervisors)]


def _heads(entry: Read) -> Iterable[str]:
    """The leaders of the body the alarm has climbed to, or of the next above it that has any."""
    for body in reversed(people.lineage(entry.facts["to"])):
        if found := people.heads(LEADER, body, entry.at):
            return found
    return map(str, people.holders(LEADER, entry.reach, entry.at).values_list("pk", flat=True))


def due(text: str | None) -> str:
    """A deadline as a message says it; empty where there is none."""
    return f"{datetime.fromisoformat(text).astimezone(SHANGHAI):%Y-%m-%d %H:%M}" if text else ""


def _task(scenario: Scenario, element: str) -> dict[str, str]:
    if not element:
        return {}
    return {"task": scenario.task_name(element), "task_en": scenario.task_name(element, "en")}


def _body(body: int | None) -> dict[str, str]:
    return {"body": people.body_name(body) or "未定", "body_en": people.body_name(body, "en") or "not decided"}
