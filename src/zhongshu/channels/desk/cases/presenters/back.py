"""Going back at the desk: where to, what becomes of the tasks beside it, and what one may take back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.rules import Actor
from zhongshu.channels.presenters import names
from zhongshu.engine.cases.queries.one import Task, View
from zhongshu.engine.cases.rules import whistle
from zhongshu.engine.cases.rules.going_back import Way
from zhongshu.engine.cases.rules.state import OpenTask
from zhongshu.registers.people import queries as people


@dataclass(frozen=True, slots=True)
class Choice:
    """A task one may go back to: who did it when, who loses a task by it, what stays."""

    key: str
    name: str
    who: str
    at: datetime
    withdrawn: list[str]
    kept: list[str]


def choices(found: View, ways: Sequence[Way]) -> list[Choice]:
    """The ways back in words, in one statement for all names."""
    tasks = [task for way in ways for task in (*way.withdrawn, *way.kept)]
    called = people.names([*(way.to.by for way in ways), *(task.assignee for task in tasks if task.assignee)])
    return [
        Choice(
            way.to.element, _name(found, way.to.element), called.get(way.to.by, ""), way.to.closed,
            _tasks(found, way.withdrawn, called), _tasks(found, way.kept, called),
        )
        for way in ways
    ]  # fmt: skip


def _tasks(found: View, tasks: Iterable[OpenTask], called: Mapping[str, str]) -> list[str]:
    return [
        gettext("{task}（{who}）").format(task=_name(found, task.element), who=_holder(found, task, called))
        for task in tasks
    ]


def _holder(found: View, task: OpenTask, called: Mapping[str, str]) -> str:
    if who := called.get(task.assignee or ""):
        return who
    asked = task.pool < 0 and (task.signs is not None or whistle.answers(found.data, task.element))
    return names.body(-task.pool) if asked else gettext("待领")


def _name(found: View, element: str) -> str:
    return found.scenario.task_name(element, names.language())


@dataclass(frozen=True, slots=True)
class Done:
    """A task the visitor has done, as it is called."""

    task: Task
    name: str


def recallable(found: View, entries: Sequence[Mapping[str, Any]], by: Actor) -> Done | None:
    """The task the visitor has just done and may still take back: nobody has begun what followed."""
    mine = (e for e in reversed(entries) if e["verb"] == "case.task_completed" and e["actor"] == by.id)
    entry = next(mine, None)
    if entry is None or found.row.closed:
        return None
    open_ = {task.token: task for task in found.open_tasks}
    followers = [open_.get(each["token"]) for each in entry["facts"]["tasks"]]
    begun = any(task is None or task.claimed or task.arrived for task in followers)
    done = next((task for task in found.tasks if task.token == entry["facts"]["token"]), None)
    if done is None or not followers or begun or _again(found, done):
        return None
    return Done(done, _name(found, done.element))


def _again(found: View, done: Task) -> bool:
    """Whether the same task has been opened again since."""
    return any(task.element == done.element and task.token > done.token for task in found.tasks)


def may_reopen(found: View, by: Actor, at: datetime) -> bool:
    """Whether the visitor may look for a way to open a closed case again."""
    return found.row.closed is not None and permissions.may(by, "case.assign", found.reach, at)
