"""One task: accept it, arrive, do it, give it back."""

import re
from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from zhongshu.base.http import access
from zhongshu.base.http.middleware import said
from zhongshu.base.http.refusals import Absent, Conflict, Invalid
from zhongshu.channels.mobile import forms
from zhongshu.channels.mobile.presenters import names
from zhongshu.channels.mobile.presenters import task as presenter
from zhongshu.channels.mobile.views import photos
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.queries import one, traces
from zhongshu.engine.cases.queries.one import Task, View

_NUMBER = re.compile(r"[A-Za-z0-9-]{1,40}", re.ASCII)
_LARGEST_TOKEN = 2**31 - 1


@require_http_methods(["GET", "HEAD", "POST"])
@access.holding("mobile.open")
def task(request: access.Request, number: str, token: int) -> HttpResponse:
    """The task and its form; sending the form finishes the task and leads back to the list."""
    found, wanted = _found(request, number, token)
    return _finish(request, found, wanted) if request.method == "POST" else _page(request, found, wanted)


@require_POST
@access.holding("mobile.open")
def accept(request: access.Request, number: str, token: int) -> HttpResponse:
    """Take the task; who comes second reads who has it."""
    found, wanted = _found(request, number, token)
    try:
        cases.claim(found.row.id, token, revision=forms.revision(request.POST), by=request.by, at=request.at)
    except Conflict as moved:
        return _moved(request, found, wanted, moved)
    return redirect("mobile:task", found.row.number, token)


@require_POST
@access.holding("mobile.open")
def arrive(request: access.Request, number: str, token: int) -> HttpResponse:
    """Say that one is there."""
    found, wanted = _found(request, number, token)
    try:
        position = forms.position(request.POST, request.at)
        cases.arrive(found.row.id, token, position, by=request.by, at=request.at)
    except Conflict as moved:
        return _moved(request, found, wanted, moved)
    except Invalid as problem:
        return _page(request, found, wanted, problems=forms.wrong(None, {}, problem), status=422)
    return redirect("mobile:task", found.row.number, token)


@require_POST
@access.holding("mobile.open")
def release(request: access.Request, number: str, token: int) -> HttpResponse:
    """Give the task back to those it was offered to, with the reason."""
    found, wanted = _found(request, number, token)
    reason = forms.text(request.POST, "release-reason")
    try:
        cases.release(found.row.id, token, reason, by=request.by, at=request.at)
    except Conflict as moved:
        return _moved(request, found, wanted, moved, [presenter.Fact(gettext("退回的原因"), reason)])
    except Invalid as problem:
        return _page(request, found, wanted, problems={"release-reason": problem}, reason=reason, status=422)
    return redirect("mobile:mine")


def _found(request: access.Request, number: str, token: int) -> tuple[View, Task]:
    """The case and the task for the officer; what is not theirs to see is absent."""
    if not _NUMBER.fullmatch(number) or token > _LARGEST_TOKEN:
        raise Absent("没有找到这个办件。")
    found = cases.look(one.id_of(number), by=request.by, at=request.at)
    wanted = next((task for task in found.tasks if task.token == token), None)
    if wanted is None:
        raise Absent("这个办件没有这个环节。")
    return found, wanted


def _finish(request: access.Request, found: View, wanted: Task) -> HttpResponse:
    form = found.scenario.forms.get(wanted.element)
    answers, problems = photos.answers(request, form)
    try:
        position = forms.position(request.POST, request.at)
        if not problems:
            cases.complete(
                found.row.id, wanted.token, forms.plain(answers), position=position,
                revision=forms.revision(request.POST), by=request.by, at=request.at,
            )  # fmt: skip
            return redirect(f"{reverse('mobile:mine')}?done={found.row.number}")
        mended = forms.wrong(form, answers)
    except Conflict as moved:
        return _moved(request, found, wanted, moved, presenter.answered(form, forms.plain(answers)))
    except Invalid as problem:
        mended = forms.wrong(form, answers, problem)
    return _page(request, found, wanted, answers=answers, problems=mended | problems, status=422)


def _page(
    request: access.Request,
    found: View,
    wanted: Task,
    *,
    answers: Mapping[str, Any] | None = None,
    problems: Mapping[str, Any] | None = None,
    reason: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "case": found, "row": found.row, "scenario": found.scenario, "task": wanted,
        "shown": presenter.shown(found, wanted, request.by, request.at),
        "title": names.category(found.row.category, found.row.title), "place": names.place(found.row.place),
        "facts": presenter.facts(found), "photos": presenter.photos(found), "steps": traces.trace(found.row.id),
        "form": found.scenario.forms.get(wanted.element), "answers": answers or {}, "problems": problems or {},
        "titles": {forms.PLACE: gettext("位置"), "release-reason": gettext("退回的原因")},
        "reason": reason, "sent": request.POST,
    }  # fmt: skip
    return render(request, "mobile/task.html", context, status=status)


def _moved(
    request: access.Request, found: View, wanted: Task, moved: Conflict, typed: list[presenter.Fact] | None = None
) -> HttpResponse:
    """The case has moved on: what happened meanwhile, and what was typed, to copy."""
    context = {
        "case": found, "scenario": found.scenario, "number": found.row.number, "sentence": said(moved),
        "happened": moved.happened, "typed": [fact for fact in typed or () if fact.text],
    }  # fmt: skip
    return render(request, "mobile/moved.html", context, status=409)
