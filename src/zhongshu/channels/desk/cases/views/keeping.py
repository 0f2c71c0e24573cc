"""The form of a task on a case's page as a draft of who works on it: found again, and what the page carries of it."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from zhongshu.base.http import access
from zhongshu.channels.desk import held
from zhongshu.channels.presenters import resuming, tasks
from zhongshu.engine.cases.queries.one import Task, View
from zhongshu.engine.intake.rules.pages import Subject


def subject(request: access.Request, found: View, task: Task) -> Subject | None:
    """What the task's form is kept as; None while somebody else has the task in hand."""
    return tasks.form_of(request, found, task, f"{reverse('desk:case', args=[found.row.number])}?task={task.token}")


def shown(
    request: access.Request, found: View, task: Task | None, typed: Mapping[str, Any] | None, *, sent: bool
) -> tuple[Mapping[str, Any] | None, dict[str, Any]]:
    """What stands in the page's forms: what was `typed`, and in the task's, unless it was `sent`, what is kept; and
    what the page shows of drafts.
    """
    about = subject(request, found, task) if task else None
    if about is None:
        return typed, {}
    form = found.scenario.forms[about.element]
    begun = None if sent else resuming.begun(request, about)
    if begun:
        typed = {**(typed or {}), **held.resumed(request, form, begun.kept.answers)}
    return typed, resuming.context(request, about, begun, reverse("desk:send_file"), form, typed or {})
