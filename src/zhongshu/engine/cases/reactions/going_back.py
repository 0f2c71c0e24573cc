"""Telling those whose task is withdrawn because a case goes back, and those who get it."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from zhongshu.base.journal.rules.entries import Read
from zhongshu.engine.cases.reactions.whistle import crew
from zhongshu.engine.cases.rules.scenario import Scenario
from zhongshu.engine.messages import actions as messages

VERBS = frozenset({"case.returned", "case.recalled", "case.reopened"})
_BACK = {"case.returned": "task.returned", "case.reopened": "task.reopened"}
MOST_TOLD = 50


def tell(entry: Read, about: Mapping[str, Any], scenario: Scenario) -> None:
    """Send everybody concerned their message, once each; not to who did it themselves."""
    for template, task, accounts in _news(entry):
        for account in [one for one in dict.fromkeys(accounts) if one != entry.actor][:MOST_TOLD]:
            named = {"task": scenario.task_name(task["element"]), "task_en": scenario.task_name(task["element"], "en")}
            messages.send(
                template, {**about, **named, "token": task["token"], "reason": entry.facts["reason"]},
                key=f"{entry.id}:{template}:{task['token']}:{account}", account=account, case_id=entry.subject,
                at=entry.at,
            )  # fmt: skip


def _news(entry: Read) -> Iterator[tuple[str, Mapping[str, Any], Iterable[str]]]:
    for task in entry.facts.get("withdrawn", ()):
        yield "task.no_longer", task, _holders(task, entry.at)
    if template := _BACK.get(entry.verb):
        for task in entry.facts["tasks"]:
            yield template, task, filter(None, [task["assignee"]])


def _holders(task: Mapping[str, Any], at: datetime) -> Iterable[str]:
    """Who had a task: its assignee; of a body a whistle called, else those in charge of it."""
    if task["assignee"]:
        return [task["assignee"]]
    return crew(-task["pool"], at) if task["called"] else []
