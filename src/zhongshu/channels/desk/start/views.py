"""Starting a case (发起): choose what, fill in its form, read it over, send it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from zhongshu.base.http import access, reading
from zhongshu.base.http.refusals import Absent, Invalid, Refusal
from zhongshu.channels.desk import held
from zhongshu.channels.desk.start import forms
from zhongshu.channels.presenters import answers, names, resuming
from zhongshu.channels.presenters.forms import typed
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.queries import scenarios, starting
from zhongshu.engine.cases.rules import starting as rules
from zhongshu.engine.cases.rules.scenario import Scenario
from zhongshu.engine.cases.rules.starting import Start
from zhongshu.engine.intake.queries.drafts import Resumed
from zhongshu.engine.intake.rules.answers import Unfit


@require_safe
@access.holding("desk.open")
def choose(request: access.Request) -> HttpResponse:
    """What the visitor may start, by name; those that match the words typed."""
    words = reading.text(request.GET, "q").strip()[:100]
    found = starting.startable("official", request.by, request.at, words)
    shown = [(one, names.local(one.settings)) for one in found]
    return render(request, "desk/start/choose.html", {"found": shown, "words": words})


@require_http_methods(["GET", "HEAD", "POST"])
@access.holding("desk.open")
def fill(request: access.Request, scenario: str) -> HttpResponse:
    """The form of one of them; then what was typed, to read over; then the case."""
    found = _startable(request, scenario)
    if request.method != "POST":
        begun = resuming.asked(request, forms.subject(found))
        fresh = Start(forms.new_key(), "official")
        return _page(request, found, forms.begun(request, found, begun) if begun else fresh, {}, begun=begun)
    start, wrong = forms.start(request, found)
    going = request.POST.get("own-go", "check")
    if (turned := typed.turned(found.form, start.answers, request.POST)) is not None:
        return _page(request, found, replace(start, answers=turned), wrong)
    if not wrong and (onward := resuming.saved(request, found.form, start.answers, start.key)):
        return redirect(onward)
    if wrong or going == "edit":
        return _page(request, found, start, wrong)
    try:
        if going == "send":
            with transaction.atomic():
                opened = cases.start(found, start, by=request.by, at=request.at)
                resuming.finish(request, start.key)
            return redirect("desk:case", opened.number)
        cases.ready_to_start(found, start, by=request.by, at=request.at)
    except Unfit as problem:
        return _page(request, found, start, problem.problems)
    except Invalid as problem:
        return _page(request, found, start, {f"own-{problem.field or 'go'}": problem})
    return _page(request, found, start, {}, checked=True)


def _startable(request: access.Request, code: str) -> Scenario:
    """The newest version of a scenario the visitor may start; any other is absent."""
    try:
        found = scenarios.newest(code)
        rules.door(found.settings, "official", request.by)
        starting.allowed(found, "official", starting.home(request.by), request.by, request.at)
    except Refusal:
        raise Absent("没有您可以发起的这个场景。") from None
    return found


def _page(
    request: access.Request,
    scenario: Scenario,
    start: Start,
    problems: Mapping[str, Any],
    *,
    checked: bool = False,
    begun: Resumed | None = None,
) -> HttpResponse:
    about = forms.subject(scenario)
    context = {
        "scenario": scenario, "title": names.local(scenario.settings), "start": start, "problems": problems,
        "answers": held.again(scenario.form, start.answers), "categories": forms.categories(scenario),
        "facts": answers.answered(scenario.form, start.answers, full=True) if checked else [], "checked": checked,
        "titles": {"own-category": gettext("类别")},
    }  # fmt: skip
    files = reverse("desk:send_file")
    context |= resuming.context(request, about, begun, files, scenario.form, start.answers, start.key)
    return render(request, "desk/start/form.html", context, status=422 if problems else 200)
