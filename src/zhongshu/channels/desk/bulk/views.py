"""The same for many tasks: what was ticked, what can be done to it, what came of it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from zhongshu.base.http import access
from zhongshu.base.http.refusals import Conflict, Invalid, Refusal
from zhongshu.channels.desk.bulk import forms, presenters
from zhongshu.channels.presenters.forms import typed
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.intake.rules.answers import Unfit


@access.holding("desk.open")
@require_POST
def choose(request: access.Request) -> HttpResponse:
    """What was ticked and what can be done to it; nothing is done yet."""
    try:
        found = forms.ticked(request, request.at)
    except Invalid as problem:
        return _page(request, [], {"task": problem}, 422)
    return _page(request, found, {}, 200)


@access.holding("desk.open")
@require_POST
def do(request: access.Request) -> HttpResponse:
    """Do it, row by row, and say of each what came of it."""
    found: forms.Ticked = []
    try:
        found = forms.ticked(request, request.at)
        what = forms.verb(request)
        if typed.ADD in request.POST or typed.DROP in request.POST:
            return _page(request, found, {}, 200)
        if what is None:
            raise Invalid("请选择要怎样办理。")
        given = forms.given(request, what, *presenters.shared(found))
        results = cases.bulk(what, forms.pairs(found), given, by=request.by, at=request.at)
    except (Invalid, Conflict) as problem:
        return _page(request, found, _problems(problem), problem.status)
    told = presenters.told(found, results, request.at)
    left = [one for one in told if one.refusal]
    return render(request, "desk/bulk/done.html", {"told": told, "left": left, "done": len(told) - len(left)})


def _problems(problem: Refusal) -> Any:
    return problem.problems if isinstance(problem, Unfit) else {problem.field or "task": problem}


def _page(request: access.Request, found: forms.Ticked, problems: Any, status: int) -> HttpResponse:
    sheet = presenters.sheet(found, request.by, request.at)
    form = sheet.scenario.forms.get(sheet.element) if sheet.scenario else None
    context = {"sheet": sheet, "problems": problems, "typed": forms.typed(request, form), "what": forms.verb(request)}
    return render(request, "desk/bulk/page.html", context, status=status)
