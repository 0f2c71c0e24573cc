"""Who does what by when: the tasks of a draft, who may begin a case, deadlines, supplements, alarms."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from zhongshu.base.http import access
from zhongshu.base.http.refusals import Absent, Conflict, Forbidden, Invalid, Refusal
from zhongshu.channels.desk.studio.presenters import controls, sections
from zhongshu.channels.desk.studio.presenters.controls import Inputs
from zhongshu.channels.desk.studio.presenters.tasks import listed, one, parts
from zhongshu.channels.desk.studio.presenters.tasks.around import Around, around, with_task
from zhongshu.channels.desk.studio.views import working
from zhongshu.engine.studio.rules.editing import pages

SECTION = "studio_tasks"


@access.holding("scenarios.read")
@require_http_methods(["GET", "HEAD", "POST"])
def tasks(request: access.Request, draft: UUID) -> HttpResponse:
    """All tasks, or one of them (`?task=`); a POST saves one, or one of the parts below them."""
    work = working.opened(request, draft)
    try:
        known = around(work.files)
    except Invalid as broken:
        return working.page(request, work, SECTION, None, {"broken": broken})
    if request.method != "POST":
        return _page(request, work, known)
    typed = dict(request.POST.lists())
    try:
        working.keep(request, work, {pages.FILE: _changed(known, typed, request.GET.get("task", ""))})
    except (Invalid, Conflict, Forbidden, Absent) as problem:
        return _page(request, work, known, problem, typed)
    return _on(request, draft)


def _changed(known: Around, typed: Inputs, task: str) -> str:
    """The page of settings after what was typed: of a task, of a part, or made to fit the drawing (`fit`)."""
    part = controls.value(typed, "part")
    if task:
        return one.changed(known, with_task(known, task), typed)
    if part == "fit":
        return pages.fitted(known.text, known.drawing.tasks)
    if part not in parts.KINDS:
        raise Invalid("请从页面上的按钮里选一个。")
    return parts.KINDS[part].changed(known, typed)


def _on(request: access.Request, draft: UUID) -> HttpResponse:
    """Where one goes on: at the task or the part that was saved, or among all tasks."""
    part, task = request.POST.get("part", ""), request.GET.get("task", "")
    if part in parts.KINDS:
        return working.back(SECTION, draft, at=part, asked=urlencode({"open": part}))
    return working.back(SECTION, draft, at=f"task-{task}" if task else "tasks")


def _page(
    request: access.Request, work: working.Work, known: Around,
    problem: Refusal | None = None, typed: Inputs | None = None,
) -> HttpResponse:  # fmt: skip
    task = request.GET.get("task", "")
    more = _of_task(work, known, with_task(known, task), typed) if task else _of_all(request, work, known, typed)
    return working.page(request, work, SECTION, problem, more)


def _of_task(work: working.Work, known: Around, task: str, typed: Inputs | None) -> Mapping[str, Any]:
    ids = known.tasks
    place = ids.index(task)
    return {
        "task": task, "name": known.name(task),
        "groups": one.form(known, task, one.inputs(known, task) if typed is None else typed),
        "here": sections.said(work.draft.pk, [each for each in work.findings if listed.about(each, task)]),
        "before": _named(known, ids[place - 1 : place]), "after": _named(known, ids[place + 1 : place + 2]),
    }  # fmt: skip


def _named(known: Around, ids: list[str]) -> tuple[str, str] | None:
    """Id and name of the one task there is, if any."""
    return (ids[0], known.name(ids[0])) if ids else None


def _of_all(request: access.Request, work: working.Work, known: Around, typed: Inputs | None) -> Mapping[str, Any]:
    opened = controls.value(typed, "part") if typed else request.GET.get("open", "")
    wanted = request.GET.get("change", "")
    return {
        "rows": listed.rows(known, work.findings), "astray": listed.astray(known),
        "parts": parts.parts(known, opened, typed, wanted, followed=bool(work.draft.base)),
    }  # fmt: skip
