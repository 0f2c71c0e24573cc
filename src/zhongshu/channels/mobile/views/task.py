"""One task: accept it, arrive, do it, give it back."""

import re
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from zhongshu.base.http import access
from zhongshu.base.http.middleware import said
from zhongshu.base.http.refusals import Absent, Conflict, Invalid, TooLarge
from zhongshu.channels.mobile import forms
from zhongshu.channels.mobile.presenters import navigation
from zhongshu.channels.mobile.presenters import task as presenter
from zhongshu.channels.mobile.views import answers, photos
from zhongshu.channels.presenters import back, files, names, resuming, tasks
from zhongshu.channels.presenters.answers import Fact, answered, facts
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.queries import one, traces
from zhongshu.engine.cases.queries.one import Task, View
from zhongshu.engine.cases.queries.sent import Repeated, before, once
from zhongshu.engine.intake.rules.pages import Subject

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
        sent = forms.sent(request.POST, request.at)
        cases.claim(found.row.id, token, revision=forms.revision(request.POST), sent=sent, by=request.by, at=request.at)
    except Repeated:
        pass
    except Conflict as moved:
        return _moved(request, found, wanted, moved)
    return answers.went(request, reverse("mobile:task", args=[found.row.number, token]))


@require_POST
@access.holding("mobile.open")
def arrive(request: access.Request, number: str, token: int) -> HttpResponse:
    """Say that one is there."""
    found, wanted = _found(request, number, token)
    try:
        position = forms.position(request.POST, forms.done(request.POST, request.at))
        sent = forms.sent(request.POST, request.at)
        cases.arrive(found.row.id, token, position, sent=sent, by=request.by, at=request.at)
    except Repeated:
        pass
    except Conflict as moved:
        return _moved(request, found, wanted, moved)
    except Invalid as problem:
        return _page(request, found, wanted, problems=forms.wrong(None, {}, problem), status=422)
    return answers.went(request, reverse("mobile:task", args=[found.row.number, token]))


@require_POST
@access.holding("mobile.open")
def release(request: access.Request, number: str, token: int) -> HttpResponse:
    """Give the task back to those it was offered to, with the reason."""
    found, wanted = _found(request, number, token)
    reason = forms.text(request.POST, "release-reason")
    try:
        sent = forms.sent(request.POST, request.at)
        cases.release(found.row.id, token, reason, sent=sent, by=request.by, at=request.at)
    except Repeated:
        pass
    except Conflict as moved:
        return _moved(request, found, wanted, moved, [Fact(gettext("退回的原因"), reason)])
    except Invalid as problem:
        return _page(request, found, wanted, problems={"release-reason": problem}, reason=reason, status=422)
    return answers.went(request, reverse("mobile:mine"))


@require_POST
@access.holding("mobile.open")
def voice(request: access.Request, number: str, token: int) -> HttpResponse:
    """Put a voice note beside the task."""
    found, wanted = _found(request, number, token)
    sent = forms.sent(request.POST, request.at)
    try:
        once(found.row.id, sent.key, request.by)
        note = photos.voice(request)
        if note is None:
            raise Invalid("没有收到录音，请重新录制。", field="voice")
        cases.add_voice(found.row.id, token, note, sent=sent, by=request.by, at=request.at)
    except Repeated:
        pass
    except Conflict as moved:
        return _moved(request, found, wanted, moved)
    except (Invalid, TooLarge) as problem:
        return _page(request, found, wanted, problems={"voice": problem}, status=422)
    return answers.went(request, reverse("mobile:task", args=[found.row.number, token]))


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
    form, sent = found.scenario.forms.get(wanted.element), forms.sent(request.POST, request.at)
    if before(found.row.id, sent.key, request.by):
        return _went(request, found)
    given, problems = photos.answers(request, form)
    about = _subject(request, found, wanted)
    if not problems and (onward := resuming.saved(request, form, given)):
        return redirect(onward)
    try:
        position = forms.position(request.POST, forms.done(request.POST, request.at))
        if not problems:
            with transaction.atomic():
                if about:
                    resuming.finish_all(request, about)
                cases.complete(
                    found.row.id, wanted.token, forms.plain(given), position=position,
                    revision=forms.revision(request.POST), sent=sent, by=request.by, at=request.at,
                )  # fmt: skip
            return _went(request, found)
        mended = forms.wrong(form, given)
    except Repeated:
        return _went(request, found)
    except Conflict as moved:
        return _moved(request, found, wanted, moved, answered(form, forms.plain(given), full=True))
    except Invalid as problem:
        mended = forms.wrong(form, given, problem)
    return _page(request, found, wanted, given=given, problems=mended | problems, status=422)


def _subject(request: access.Request, found: View, wanted: Task) -> Subject | None:
    return tasks.form_of(request, found, wanted, reverse("mobile:task", args=[found.row.number, wanted.token]))


def _kept(
    request: access.Request, found: View, wanted: Task, given: Mapping[str, Any] | None
) -> tuple[Mapping[str, Any] | None, dict[str, Any]]:
    """What stands in the form, which was given just now or kept before; and what the page shows of drafts."""
    about = _subject(request, found, wanted)
    if about is None:
        return given, {}
    form = found.scenario.forms[wanted.element]
    begun = resuming.begun(request, about) if given is None else None
    if begun:
        given = photos.resumed(request, form, begun.kept.answers)
    return given, resuming.context(request, about, begun, photos.SENT_AS_TAKEN, form, given or {})


def _went(request: access.Request, found: View) -> HttpResponse:
    return answers.went(request, f"{reverse('mobile:mine')}?done={found.row.number}")


def _page(
    request: access.Request,
    found: View,
    wanted: Task,
    *,
    given: Mapping[str, Any] | None = None,
    problems: Mapping[str, Any] | None = None,
    reason: str = "",
    status: int = 200,
) -> HttpResponse:
    if status != 200 and answers.asked_by_queue(request):
        return answers.mended(problems or {})
    steps = traces.trace(found.row.id)
    came = back.back(found.scenario, steps, wanted)
    given, kept = _kept(request, found, wanted, given)
    if given is None and came:
        given = back.earlier(found, wanted)
    context = {
        "back": came, "question": presenter.question(found, wanted),
        "case": found, "row": found.row, "scenario": found.scenario, "task": wanted,
        "shown": presenter.shown(found, wanted, request.by, request.at),
        "title": names.category(found.row.category, found.row.title), "place": names.place(found.row.place),
        "facts": facts(found), "photos": presenter.photos(found), "voices": found.voices,
        "files": files.listed(found.files),
        "ways": navigation.ways(found), "steps": steps,
        "form": found.scenario.forms.get(wanted.element), "answers": given or {}, "problems": problems or {},
        "titles": {forms.PLACE: gettext("位置"), "release-reason": gettext("退回的原因"), "voice": gettext("语音说明")},
        "reason": reason, "sent": request.POST,
    }  # fmt: skip
    return render(request, "mobile/task.html", context | kept, status=status)


def _moved(
    request: access.Request, found: View, wanted: Task, moved: Conflict, typed: list[Fact] | None = None
) -> HttpResponse:
    """The case has moved on: what happened meanwhile, and what was typed, to copy."""
    if answers.asked_by_queue(request):
        return answers.moved(found.scenario, moved)
    context = {
        "case": found, "scenario": found.scenario, "number": found.row.number, "sentence": said(moved),
        "happened": moved.happened, "typed": [fact for fact in typed or () if fact.text],
    }  # fmt: skip
    return render(request, "mobile/moved.html", context, status=409)
