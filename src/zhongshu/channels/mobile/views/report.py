"""Telling what a patrol saw."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from zhongshu.affairs.city import actions as city
from zhongshu.affairs.city.rules import on_the_spot
from zhongshu.base.http import access
from zhongshu.base.http.refusals import Absent, Conflict, Foreign, Invalid, Refusal, TooLarge
from zhongshu.channels.mobile import forms
from zhongshu.channels.mobile.presenters import categories, places
from zhongshu.channels.mobile.views import answers as answers_to
from zhongshu.channels.mobile.views import photos
from zhongshu.channels.presenters import drafts as saving
from zhongshu.channels.presenters import resuming
from zhongshu.channels.presenters.forms import typed
from zhongshu.engine.cases.queries import scenarios
from zhongshu.engine.intake.queries.drafts import Resumed
from zhongshu.engine.intake.rules.pages import Subject
from zhongshu.registers.catalogue import queries as catalogue
from zhongshu.registers.catalogue.models import Category


@require_safe
@access.holding("case.report")
def choose(request: access.Request) -> HttpResponse:
    """What is it? The usual around here, a search, and all of them."""
    words = forms.text(request.GET, "q").strip()[:200]
    context = {
        "words": words,
        "found": categories.found(words, request.at) if words else [],
        "usual": categories.usual(request.by, request.at),
        "classes": categories.classes(),
    }
    return render(request, "mobile/choose.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@access.holding("case.report")
def fill(request: access.Request, category: str) -> HttpResponse:
    """The questions of a category with photos and place; sending them opens a case."""
    try:
        found = catalogue.category(category)
    except Invalid:
        raise Absent("没有这个类别，请重新选择。") from None
    if request.method != "POST":
        return _first(request, found)
    return _save(request, found) if saving.saves(request) else _send(request, found)


def _first(request: access.Request, category: Category) -> HttpResponse:
    """The form as it is opened: blank, or with what was kept of it."""
    scenario = scenarios.newest(category.scenario)
    begun = _begun(request, forms.subject(category, scenario))
    given = photos.resumed(request, forms.whole(scenario), begun.kept.answers) if begun else {}
    return _page(request, category, given, begun=begun)


def _begun(request: access.Request, about: Subject) -> Resumed | None:
    """What was kept; nothing where it is gone: what the telephone has still to send, it fills in again by itself."""
    try:
        return resuming.asked(request, about)
    except Foreign:
        raise
    except (Absent, Conflict):
        return None


def _save(request: access.Request, category: Category) -> HttpResponse:
    form = forms.whole(scenarios.newest(category.scenario))
    given, problems = photos.answers(request, form)
    onward = None if problems else resuming.saved(request, form, given, forms.key(request.POST))
    return redirect(onward) if onward else _page(request, category, given, problems, 422 if problems else 200)


def _send(request: access.Request, category: Category) -> HttpResponse:
    scenario = scenarios.newest(category.scenario)
    spot = on_the_spot.QUESTIONS if forms.DONE in request.POST else None
    (answers, problems), (done, unkept) = photos.answers(request, scenario.form), photos.answers(request, spot)
    refused: list[Refusal] = []
    try:
        voice = photos.voice(request)
        event = forms.event(request.POST, category.code, answers, [voice] if voice else [], request.by.id, request.at)
        if not problems | unkept:
            event = replace(event, handled=forms.handled(done) if spot else None)
            with transaction.atomic():
                opened = city.report(event, by=request.by, at=request.at)
                resuming.finish(request, event.key)
            became = "closed" if spot else "reported"
            return answers_to.went(request, f"{reverse('mobile:mine')}?{became}={opened.number}")
    except (Invalid, TooLarge) as problem:
        refused.append(problem)
    mended = forms.wrong(spot, done) | forms.wrong(scenario.form, answers, *refused)
    return _page(request, category, answers | done, mended | problems | unkept, 422)


def _page(
    request: access.Request,
    category: Category,
    answers: Mapping[str, Any] | None = None,
    problems: Mapping[str, Any] | None = None,
    status: int = 200,
    begun: Resumed | None = None,
) -> HttpResponse:
    if status != 200 and answers_to.asked_by_queue(request):
        return answers_to.mended(problems or {})
    scenario = scenarios.newest(category.scenario)
    spot = on_the_spot.questions(scenario)
    key = str(begun.draft.pk) if begun else forms.key(request.POST)
    context = {
        "category": category, "scenario": scenario, "key": key, "spot": spot, "answers": answers or {},
        "problems": problems or {}, "sent": typed.post(begun.kept.answers) if begun else request.POST,
        "choices": places.report_choices(request.by, request.at), "bounds": places.bounds(request.by, request.at),
        "titles": {forms.PLACE: gettext("位置"), "voice": gettext("语音说明")} | forms.titles(spot),
    }  # fmt: skip
    about = forms.subject(category, scenario)
    context |= resuming.context(request, about, begun, photos.SENT_AS_TAKEN, scenario.form, answers or {}, key)
    return render(request, "mobile/report.html", context, status=status)
