"""Handing over all work of somebody who leaves."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from zhongshu.base.http import access
from zhongshu.base.http.refusals import Conflict, Invalid, Refusal
from zhongshu.channels.desk.handovers import presenters
from zhongshu.channels.presenters import names
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.actions import handing_over
from zhongshu.engine.cases.actions.handing_over import HAND_OVER
from zhongshu.engine.cases.queries import handovers
from zhongshu.registers.people import queries as people
from zhongshu.registers.people.models import Account

POOL = "pool"
"""Instead of a successor: back to where it was offered."""


@access.holding(HAND_OVER)
def find(request: access.Request) -> HttpResponse:
    """Whose work is it?"""
    text = request.GET.get("q", "")[:64].strip()
    return render(request, "desk/handovers/find.html", {"q": text, "found": presenters.found(text)})


@access.holding(HAND_OVER)
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: access.Request, account: UUID) -> HttpResponse:
    """Somebody's open work, what handing it over would do (`to`), how the last handover goes; a POST asks for one."""
    leaver = handing_over.leaver_of(account, request.by, request.at)
    if request.headers.get("HX-Request"):
        return render(request, "desk/handovers/progress.html", {"progress": presenters.progress(account)})
    if request.method != "POST":
        return _page(request, leaver, request.GET.get("to", ""), None, 200)
    to, reason = request.POST.get("to", ""), request.POST.get("reason", "")
    try:
        cases.hand_over(account, _successor(to), reason, by=request.by, at=request.at)
    except (Invalid, Conflict) as problem:
        return _page(request, leaver, to, problem, problem.status)
    return redirect("desk:handover", account)


def _successor(to: str) -> UUID | None:
    if to == POOL:
        return None
    try:
        return UUID(to)
    except ValueError:
        raise Invalid("请选择移交给谁。", field="successor") from None


def _page(request: access.Request, leaver: Account, to: str, problem: Refusal | None, status: int) -> HttpResponse:
    plan: list[presenters.Line] = []
    try:
        plan = presenters.plan(leaver, _successor(to), request.by, request.at) if to else []
    except Invalid as wrong:
        problem, status = problem or wrong, 422
    context: dict[str, Any] = {
        "leaver": leaver, "body": names.body(leaver.body_id), "held": handovers.held(leaver.pk), "to": to, "plan": plan,
        "movable": any(line.refusal is None for line in plan),
        "able": names.people_of(people.colleagues(leaver)),
        "problem": problem, "field": problem.field if problem else "", "typed": request.POST.get("reason", ""),
        "progress": presenters.progress(leaver.pk),
    }  # fmt: skip
    return render(request, "desk/handovers/page.html", context, status=status)
