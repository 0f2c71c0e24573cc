"""Being away: who does my new tasks meanwhile, and for whom I do theirs."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from zhongshu.base.http import access
from zhongshu.base.http.refusals import Conflict, Invalid, Refusal
from zhongshu.channels.desk.away import forms
from zhongshu.channels.desk.cases.forms import account
from zhongshu.channels.presenters import names
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.queries import deputies
from zhongshu.registers.people import queries as people


@access.holding("desk.open")
@require_http_methods(["GET", "HEAD", "POST"])
def away(request: access.Request) -> HttpResponse:
    """Who stands in for me and for whom I do; a POST names my deputy."""
    if request.method != "POST":
        return _page(request, None, 200)
    try:
        cases.name_deputy(
            account(request), forms.starts(request), forms.ends(request), request.POST.get("reason", ""),
            by=request.by, at=request.at,
        )  # fmt: skip
    except (Invalid, Conflict) as problem:
        return _page(request, problem, problem.status)
    return redirect("desk:away")


@access.holding("desk.open")
@require_POST
def back(request: access.Request) -> HttpResponse:
    """I am back: new tasks are mine again."""
    try:
        cases.end_deputy(by=request.by, at=request.at)
    except Conflict as problem:
        return _page(request, problem, problem.status)
    return redirect("desk:away")


def _page(request: access.Request, problem: Refusal | None, status: int) -> HttpResponse:
    mine = deputies.named(request.by.id, request.at)
    others = deputies.standing_in_for(request.by.id, request.at)
    me = people.official(request.by.id)
    called = people.names([*(str(one.account) for one in others), *([str(mine.deputy)] if mine else [])])
    context: dict[str, Any] = {
        "mine": mine and (mine, called.get(str(mine.deputy), "")),
        "others": [(one, called.get(str(one.account), "")) for one in others],
        "able": names.people_of([] if mine or me is None else people.colleagues(me)),
        "problem": problem, "field": problem.field if problem else "", "typed": request.POST, "today": request.at,
    }  # fmt: skip
    return render(request, "desk/away/page.html", context, status=status)
