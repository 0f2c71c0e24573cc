"""Asking bodies (征询): a multi-instance task over a list of bodies, each with a task and an answer of its own. Pure.

What is asked of whom stands in the case's data under the task's name: `asked`, the bodies, and `answered`, those
who have; beside them, as of any task, the last answer. Every answer stays with its task, where tables read it.
"""

from collections.abc import Mapping
from typing import Any

from zhongshu.engine.cases.rules import starting
from zhongshu.engine.cases.rules.settings import Settings
from zhongshu.engine.cases.rules.state import OpenTask
from zhongshu.engine.processes.rules import net as nets

MOST_BODIES = 100


OWN = frozenset({"asked", "answered"})
"""The names kept beside a body's answer: no question to the bodies may be called so."""


def asks(net: nets.Net, settings: Settings, element: str) -> bool:
    """Whether an element is a task that each body of a list gets for itself; a whistle's has words of its own."""
    task = net.elements.get(element)
    return (
        isinstance(task, nets.Task)
        and isinstance(task.rounds, nets.Instances)
        and task.rounds.items is not None
        and element in settings.tasks
        and settings.tasks[element].pool == "body"
        and not any(other.whistle and other.whistle.task == element for other in settings.tasks.values())
    )


def asked(data: Mapping[str, Any], element: str) -> tuple[int, ...]:
    """The bodies asked in the last round, without those that were dropped."""
    return _bodies(data, element, "asked")


def answered(data: Mapping[str, Any], element: str) -> tuple[int, ...]:
    """Those of them that have answered."""
    return _bodies(data, element, "answered")


def _bodies(data: Mapping[str, Any], element: str, name: str) -> tuple[int, ...]:
    kept = data.get(element)
    return tuple(kept.get(name) or ()) if isinstance(kept, Mapping) else ()


def begun(kept: Any, body: int, more: bool) -> dict[str, Any]:
    """What is kept of a task once a body is asked; `more`: in a round that runs, else in a new one."""
    if not more or not isinstance(kept, Mapping):
        return {"asked": [body], "answered": []}
    return {**kept, "asked": [*(one for one in kept.get("asked", ()) if one != body), body]}


def dropped(data: Mapping[str, Any], element: str, body: int) -> dict[str, Any]:
    """The data once a body is asked no longer."""
    return {**data, element: {**data.get(element, {}), "asked": [one for one in asked(data, element) if one != body]}}


def noted(before: Mapping[str, Any], data: Mapping[str, Any], element: str, body: int) -> dict[str, Any]:
    """The data after a body's answer, which `data` has under the task's name: with who is asked and who answered."""
    kept = {"asked": list(asked(before, element)), "answered": [*answered(before, element), body]}
    return {**data, element: {**data[element], **kept}}


def started(data: Mapping[str, Any], element: str, body: int, actor: str) -> bool:
    """Whether this is the answer of a body that is asked in a case the actor started."""
    return actor != "" and starting.starter_of(data) == actor and body in asked(data, element)


def said(task: OpenTask) -> dict[str, Any]:
    """Whom a task waits for, as an entry says it."""
    return {"token": task.token, "body": -task.pool, "due": task.due, "assignee": task.assignee}
