"""That a task came back, why, and what had been filled in before."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from zhongshu.channels.presenters import names
from zhongshu.engine.cases.queries.one import Task, View
from zhongshu.engine.cases.rules.attached import KINDS
from zhongshu.engine.cases.rules.scenario import Scenario

_SENTENCES = {
    "case.returned": "从“{task}”退回，请重新办理。",
    "case.recalled": "您收回了这个环节，请重新办理。",
    "case.reopened": "办件办结后重新办理。",
}


@dataclass(frozen=True, slots=True)
class Back:
    """What brought a task back: in words, why, who did it and when."""

    words: str
    reason: str
    who: str
    at: datetime


def back(scenario: Scenario, entries: Iterable[Mapping[str, Any]], task: Task) -> Back | None:
    """How an open task came back; None where it came by going on."""
    for entry in entries:
        facts = entry["facts"]
        if entry["verb"] in _SENTENCES and any(each["token"] == task.token for each in facts.get("tasks", ())):
            left = scenario.task_name(facts["task"], names.language()) if facts.get("task") else ""
            words = gettext(_SENTENCES[entry["verb"]]).format(task=left)
            return Back(words, facts["reason"], entry["who"], entry["at"])
    return None


def earlier(found: View, task: Task) -> dict[str, Any]:
    """What was filled in when the task was done last, photos apart: those are among the case's own."""
    form = found.scenario.forms.get(task.element)
    before = [each for each in found.tasks if each.element == task.element and each.ending == "done"]
    if form is None or not before:
        return {}
    given = max(before, key=lambda each: each.token).outcome or {}
    return {f.name: given[f.name] for f in form.fields if f.kind not in KINDS and given.get(f.name) is not None}


def times(entries: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """How often the case was returned and opened again."""
    verbs = [entry["verb"] for entry in entries]
    return {"returned": verbs.count("case.returned"), "reopened": verbs.count("case.reopened")}
