"""Putting a change of the responsibility table together: added up, tried on last month's events, then proposed."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from zhongshu.base.http import access
from zhongshu.base.http.refusals import Conflict, Forbidden, Invalid, Refusal
from zhongshu.base.permissions import rules as permissions
from zhongshu.channels.desk.duties import forms
from zhongshu.channels.desk.duties.forms import Draft
from zhongshu.channels.desk.duties.presenters import changes, options
from zhongshu.engine.dispatch import actions as dispatch
from zhongshu.engine.dispatch.actions import responsibility
from zhongshu.engine.dispatch.queries import paces
from zhongshu.engine.dispatch.rules import table
from zhongshu.engine.dispatch.rules.trial import Trial

FRESH = {"trust": "90", "priority": "0"}


@access.holding("duties.propose")
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: access.Request) -> HttpResponse:
    """Add changes, take them out, try them, propose them; nothing is kept before it is proposed."""
    if request.method != "POST":
        return _page(request, Draft(), request.GET.dict())
    try:
        draft = Draft.read(request.POST)
    except Invalid as problem:
        return _page(request, Draft(), request.POST.dict(), problem)
    try:
        return _acted(request, draft)
    except Invalid as problem:
        if problem.field == "reason":
            return _try(request, draft, problem)
        return _page(request, draft, request.POST.dict(), problem)
    except Forbidden as problem:
        return _page(request, draft, request.POST.dict(), problem)
    except Conflict as problem:
        return _page(request, draft.anew(request.at), request.POST.dict(), problem)


def _acted(request: access.Request, draft: Draft) -> HttpResponse:
    """What the pressed button asks for; any other only shows the finer places."""
    go, _, number = request.POST.get("go", "").partition("-")
    if go == "propose":
        return _propose(request, draft)
    if go == "add":
        return _page(request, _added(request, draft), {})
    if go == "try":
        return _try(request, draft)
    if go == "drop":
        draft = draft.without(forms.whole(number) or 0)
    return _page(request, draft, request.POST.dict())


def _added(request: access.Request, draft: Draft) -> Draft:
    one = forms.change(request.POST, request.at)
    table.checked([one])
    responsibility.check_change(one, by=request.by, at=request.at)
    grown = draft.with_one(one)
    table.checked(grown.changes)
    return grown


def _try(request: access.Request, draft: Draft, problem: Refusal | None = None) -> HttpResponse:
    """The draft with who would have got last month's events."""
    for one in table.checked(draft.changes):
        responsibility.check_change(one, by=request.by, at=request.at)
    tried = paces.try_out(draft.changes, request.at)
    return _page(request, replace(draft, tried=draft.digest), request.POST.dict(), problem, tried)


def _propose(request: access.Request, draft: Draft) -> HttpResponse:
    """Propose what was tried; anything else is tried first."""
    if draft.tried != draft.digest:
        return _try(request, draft)
    made = dispatch.propose_change(draft.changes, request.POST.get("reason", ""), by=request.by, at=request.at)
    return redirect("desk:duty_proposal", made.pk)


def _page(
    request: access.Request, draft: Draft, typed: Mapping[str, str], problem: Refusal | None = None,
    tried: Trial | None = None,
) -> HttpResponse:  # fmt: skip
    """The draft, with its trial if it was tried; what is wrong stands beside its field."""
    context = {
        "tabs": options.tabs(request), "changes": changes.said(draft.changes), "tried": draft.tried,
        "typed": FRESH | {**typed},
        "problems": {problem.field or "changes": problem} if problem else {}, "problem": problem,
        "trial": changes.trial(tried) if tried else None, **_choices(request, typed),
    }  # fmt: skip
    return render(request, "desk/duties/change.html", context, status=problem.status if problem else 200)


def _choices(request: access.Request, typed: Mapping[str, str]) -> dict[str, Any]:
    scope = permissions.scope(request.by, responsibility.PROPOSE, request.at)
    body = forms.whole(typed.get("body", ""))
    return {
        "categories": options.categories(typed.get("category", "")),
        "places": options.places(scope, forms.whole(typed.get("place", ""))),
        "bodies": options.bodies(-body if body else None),
    }
