"""Entering a report for somebody who calls or comes to the counter."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from zhongshu.affairs.city import actions as city
from zhongshu.base.http import access
from zhongshu.base.http.refusals import Refusal
from zhongshu.channels.desk import held
from zhongshu.channels.desk.report import forms
from zhongshu.channels.presenters import names, resuming
from zhongshu.channels.presenters.forms import documents, typed
from zhongshu.engine.cases.queries import scenarios
from zhongshu.engine.intake.queries.drafts import Resumed
from zhongshu.engine.intake.rules.answers import Unfit
from zhongshu.registers.catalogue import queries as catalogue
from zhongshu.registers.catalogue.models import Category

_OWN_FIELD = {"point": "spot", "place": "spot", "address": "address", "name": "caller", "phone": "phone"}
"""Where a problem of the report stands in this form."""


@access.holding("case.report")
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: access.Request) -> HttpResponse:
    """Choose the category; then its questions, the place and the caller."""
    code = request.GET.get("category", "")
    if not code:
        return render(request, "desk/report/choose.html", {"classes": _classes()})
    category = catalogue.category(code)
    if request.method != "POST":
        return _first(request, category)
    form = scenarios.newest(category.scenario).form
    photos, wrong = held.photos(request, form)
    own, answers = forms.own(request.POST), documents.put(typed.typed(form, request.POST), photos)
    if (turned := typed.turned(form, answers, request.POST)) is not None:
        return _page(request, category, own, turned)
    if not wrong and (onward := resuming.saved(request, form, answers, own["key"])):
        return redirect(onward)
    if wrong or request.POST.get("own-go") == "search":
        return _page(request, category, own, answers, wrong, 422 if wrong else 200)
    try:
        with transaction.atomic():
            opened = city.report(forms.event(category.code, own, answers), by=request.by, at=request.at)
            resuming.finish(request, own["key"])
    except Unfit as problem:
        return _page(request, category, own, answers, problem.problems, 422)
    except Refusal as problem:
        field = f"own-{_OWN_FIELD.get(problem.field, 'go')}"
        return _page(request, category, own, answers, {field: problem}, problem.status)
    return render(request, "desk/report/done.html", {"opened": opened, "title": names.local(category)})


def _first(request: access.Request, category: Category) -> HttpResponse:
    """The form as it is opened: blank, or with what was kept of it."""
    scenario = scenarios.newest(category.scenario)
    begun = resuming.asked(request, forms.subject(category, scenario))
    if begun is None:
        return _page(request, category, {"key": forms.new_key()}, {})
    kept = begun.kept.answers
    answers = documents.plain(held.resumed(request, scenario.form, kept))
    return _page(request, category, {**forms.own(kept), "key": str(begun.draft.pk)}, answers, begun=begun)


def _classes() -> list[tuple[str, list[tuple[str, str]]]]:
    """The categories by class, by name."""
    return [
        (names.local(outer), [(inner.code, names.local(inner)) for inner in catalogue.children(outer.code)])
        for outer in catalogue.children(None)
    ]


def _page(
    request: access.Request,
    category: Category,
    own: Mapping[str, str],
    answers: Mapping[str, Any],
    problems: Mapping[str, Any] | None = None,
    status: int = 200,
    begun: Resumed | None = None,
) -> HttpResponse:
    where, scenario = own.get("where", "").strip(), scenarios.newest(category.scenario)
    context = {
        "category": category, "title": names.local(category), "scenario": scenario,
        "own": own, "answers": held.again(scenario.form, answers), "problems": problems or {},
        "spots": forms.spots(where) if where else [],
        "wrong": {key.removeprefix("own-"): p for key, p in (problems or {}).items() if key.startswith("own-")},
        "titles": forms.titles(),
    }  # fmt: skip
    about, files = forms.subject(category, scenario), reverse("desk:send_file")
    context |= resuming.context(request, about, begun, files, scenario.form, answers, own["key"])
    return render(request, "desk/report/form.html", context, status=status)
