"""Who hears the alarm of a deadline: who has the task, who runs the shift, then the heads of the bodies above."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from zhongshu.base.calendar.rules import SHANGHAI
from zhongshu.base.journal.rules.entries import Read
from zhongshu.engine.cases.rules.alarms import HOLDER, Alarms, Kind
from zhongshu.engine.cases.rules.scenario import Scenario
from zhongshu.engine.messages import actions as messages
from zhongshu.registers.people import queries as people

VERBS: Mapping[str, Kind] = {"case.warned": "warned", "case.late": "late", "case.escalated": "escalated"}
SUPERVISOR = "supervisor"
MOST_TOLD = 50
"""People told of one alarm; more means that nobody is in charge."""


def tell(entry: Read, about: Mapping[str, Any], scenario: Scenario) -> None:
    """Send the alarm to everybody it is for, once each."""
    facts, kind = entry.facts, VERBS[entry.verb]
    said = {**about, "due": due(facts["due"]), **_task(scenario, facts["task"]), **_body(facts.get("to"))}
    for account in list(dict.fromkeys(_listeners(kind, entry, scenario.settings.alarms)))[:MOST_TOLD]:
        messages.send(
            f"task.{kind}" if facts["task"] else f"case.{kind}", said, key=f"{entry.id}:alarm:{account}",
            account=account, case_id=entry.subject, at=entry.at,
        )  # fmt: skip


def _listeners(kind: Kind, entry: Read, given: Alarms) -> list[str]:
    """Who the scenario says is told; who runs the shift where that is nobody."""
    roles = given.told(kind)
    if kind == "escalated":
        return [account for role in roles for account in _heads(role, entry)]
    found = [account for name in roles for account in (_holder(entry) if name == HOLDER else _over(name, entry))]
    return found or _over(SUPERVISOR, entry)


def _holder(entry: Read) -> list[str]:
    """Who has the task, and who does it for them."""
    return [who for who in (entry.facts.get("assignee"), entry.facts.get("delegate")) if who]


def _over(role: str, entry: Read) -> list[str]:
    return [str(pk) for pk in people.holders(role, entry.reach, entry.at).values_list("pk", flat=True)]


def _heads(role: str, entry: Read) -> list[str]:
    """Those with the role at the body the alarm has climbed to, or at the next above it that has any."""
    for body in reversed(people.lineage(entry.facts["to"])):
        if found := people.heads(role, body, entry.at):
            return found
    return _over(role, entry)


def due(text: str | None) -> str:
    """A deadline as a message says it; empty where there is none."""
    return f"{datetime.fromisoformat(text).astimezone(SHANGHAI):%Y-%m-%d %H:%M}" if text else ""


def _task(scenario: Scenario, element: str) -> dict[str, str]:
    if not element:
        return {}
    return {"task": scenario.task_name(element), "task_en": scenario.task_name(element, "en")}


def _body(body: int | None) -> dict[str, str]:
    return {"body": people.body_name(body) or "未定", "body_en": people.body_name(body, "en") or "not decided"}
