"""Letting others act for oneself, and being let: the mandates one gave and was given."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from zhongshu.base.http import access, limits, reading
from zhongshu.base.http.limits import Limit
from zhongshu.base.http.refusals import Refusal
from zhongshu.channels.presenters import mandates as presenter
from zhongshu.registers.people.actions import mandates as people
from zhongshu.registers.people.queries import mandates

GIVEN = Limit("account.mandate", 20, 3600)
"""How often one may name an agent: a login and a name cannot be matched by trying."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@access.signed_in
def all_of_mine(request: access.Request) -> HttpResponse:
    """The mandates the visitor gave and was given; a POST gives one."""
    if request.method != "POST":
        return _page(request)
    try:
        limits.take(GIVEN, request.by.id, request.at)
        people.give(
            presenter.agent(request.POST), presenter.terms(request.POST, request.at), by=request.by, at=request.at
        )
    except Refusal as problem:
        return _page(request, problem)
    return redirect("account:mandates")


@require_POST
@access.signed_in
def accept(request: access.Request, mandate: UUID) -> HttpResponse:
    """Accept a mandate one was given."""
    people.accept(mandate, by=request.by, at=request.at)
    return redirect("account:acting")


@require_POST
@access.signed_in
def decline(request: access.Request, mandate: UUID) -> HttpResponse:
    """Decline a mandate one was given."""
    people.decline(mandate, by=request.by, at=request.at)
    return redirect("account:mandates")


@require_POST
@access.signed_in
def revoke(request: access.Request, mandate: UUID) -> HttpResponse:
    """Take back a mandate one gave, or lay down one that was given."""
    people.revoke(mandate, reading.text(request.POST, "reason"), by=request.by, at=request.at)
    return redirect("account:mandates")


def _page(request: access.Request, problem: Refusal | None = None) -> HttpResponse:
    given = mandates.given(request.by)
    firm = request.by.kind == "firm"
    context = {
        "given": presenter.shown(given, request.at),
        "received": presenter.shown(mandates.received(request.by), request.at),
        "may_give": request.by.kind in ("resident", "firm"),
        "kinds": presenter.kinds("firm_agent") if firm else presenter.kinds("family", "helper"),
        "matters": presenter.matters(request.POST.getlist("matters")),
        "typed": request.POST, "problems": {problem.field or "agent": problem} if problem else {},
    }  # fmt: skip
    status = problem.status if problem else 200
    return render(request, "account/mandates.html", context, status=status)
