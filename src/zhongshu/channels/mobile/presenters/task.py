"""One task as its page shows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.utils.translation import gettext

from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.rules import Actor
from zhongshu.channels.presenters import names
from zhongshu.engine.cases.models import Attachment
from zhongshu.engine.cases.queries import signing
from zhongshu.engine.cases.queries.one import Task, View
from zhongshu.engine.cases.rules import alarms
from zhongshu.registers.people import queries as people

Stage = Literal["ended", "taken", "foreign", "offered", "held"]


@dataclass(frozen=True, slots=True)
class Shown:
    """A task: what it is called, and what the officer may do with it.

    `stage`: `ended`, `taken` by somebody else, `foreign` to the officer's duties, `offered` to be accepted, or `held`.
    """

    task: Task
    name: str
    phase: str
    stage: Stage
    holder: str
    urgency: str
    position: Literal["none", "optional", "required"]
    near: int


def shown(found: View, task: Task, actor: Actor, at: datetime) -> Shown:
    """The task for this officer."""
    settings = found.scenario.settings.tasks[task.element]
    holder = task.closed_by or task.delegate or task.assignee
    return Shown(
        task=task,
        name=_called(found, task),
        phase=found.scenario.phase_name(task.phase, names.language()),
        stage=_stage(found, task, actor, at),
        holder=people.names([str(holder)]).get(str(holder), "") if holder else "",
        urgency="" if task.closed else alarms.urgency(task.opened, task.due, at, found.scenario.settings.alarms),
        position=settings.position,
        near=settings.near,
    )


def _stage(found: View, task: Task, actor: Actor, at: datetime) -> Stage:
    if task.closed is not None:
        return "ended"
    if str(task.delegate or task.assignee or actor.id) != actor.id:
        return "taken"
    named = task.signs is not None and task.assignee is not None
    if not named and not permissions.scope_of_role(actor, task.role, at).covers({*found.reach, task.pool}):
        return "foreign"
    return "offered" if task.claimed is None else "held"


def _called(found: View, task: Task) -> str:
    name = found.scenario.task_name(task.element, names.language())
    signed = next((each for each in found.tasks if each.token == task.signs), None)
    return gettext("{sign}：{task}").format(sign=name, task=_called(found, signed)) if signed else name


def question(found: View, task: Task) -> str:
    """What a signature is asked for; empty for any other task."""
    asked = signing.signature(found.row.id, task.token) if task.signs is not None else None
    return asked.question if asked else ""


def photos(found: View) -> list[tuple[Attachment, str]]:
    """The case's photos, each with the step it was given at."""
    elements = {task.token: task.element for task in found.tasks}
    return [(attachment, _given(found, elements, attachment)) for attachment in found.photos]


def _given(found: View, elements: Mapping[int, str], attachment: Attachment) -> str:
    if attachment.token is None:
        return gettext("上报时")
    return found.scenario.task_name(elements[attachment.token], names.language())
