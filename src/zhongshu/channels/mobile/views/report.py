"""Telling what a patrol saw."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from zhongshu.affairs.city import actions as city
from zhongshu.affairs.city.rules import on_the_spot
from zhongshu.base.http import access
from zhongshu.base.http.refusals import Absent, Invalid, Refusal, TooLarge
from zhongshu.channels.mobile import forms
from zhongshu.channels.mobile.presenters import categories, places
from zhongshu.channels.mobile.views import answers as answers_to
from zhongshu.channels.mobile.views import photos
from zhongshu.engine.cases.queries import scenarios
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
    return _send(request, found) if request.method == "POST" else _page(request, found)


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
            opened = city.report(event, by=request.by, at=request.at)
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
) -> HttpResponse:
    if status != 200 and answers_to.asked_by_queue(request):
        return answers_to.mended(problems or {})
    scenario = scenarios.newest(category.scenario)
    spot = on_the_spot.questions(scenario)
    context = {
        "category": category, "scenario": scenario, "key": forms.key(request.POST), "spot": spot,
        "answers": answers or {}, "problems": problems or {}, "sent": request.POST,
        "choices": places.report_choices(request.by, request.at), "bounds": places.bounds(request.by, request.at),
        "titles": {forms.PLACE: gettext("位置"), "voice": gettext("语音说明")} | forms.titles(spot),
    }  # fmt: skip
    return render(request, "mobile/report.html", context, status=status)
