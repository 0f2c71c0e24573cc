"""Mandates at the counter: recording one, what a person has given, ending one; and a helper's beginning."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from zhongshu.base.http import access, reading
from zhongshu.base.http.refusals import Refusal
from zhongshu.channels.desk.mandates import forms
from zhongshu.channels.presenters import mandates as presenter
from zhongshu.registers.people import rules as people
from zhongshu.registers.people.actions import mandates as actions
from zhongshu.registers.people.queries import mandates

KINDS = ("family", "guardian", "helper", "firm_agent")


@require_http_methods(["GET", "HEAD", "POST"])
@access.holding("mandates.record")
def counter(request: access.Request) -> HttpResponse:
    """Record a mandate that a principal gives in person; of a person with a record, what they have given."""
    if request.method != "POST":
        return _counter(request)
    try:
        consent = forms.consent(request, request.POST.get("how", ""), request.at)
        with transaction.atomic():
            agent, terms = presenter.agent(request.POST), presenter.terms(request.POST, request.at)
            made = actions.record_in_person(
                forms.principal(request), agent, terms, consent, by=request.by, at=request.at
            )
    except Refusal as problem:
        return _counter(request, problem)
    return redirect(_of(made.principal_person_id))


@require_POST
@access.holding("mandates.record")
def revoke(request: access.Request, mandate: UUID) -> HttpResponse:
    """End a mandate for a principal or an agent who comes to the counter."""
    found = actions.revoke(mandate, reading.text(request.POST, "reason"), by=request.by, at=request.at)
    return redirect(_of(found.principal_person_id))


@require_http_methods(["GET", "HEAD", "POST"])
@access.holding("mandates.help")
def help_somebody(request: access.Request) -> HttpResponse:
    """Begin to help somebody on the paper they signed."""
    if request.method != "POST":
        return _help(request)
    try:
        consent = forms.consent(request, "signed", request.at)
        with transaction.atomic():
            terms, principal = presenter.terms(request.POST, request.at), forms.principal(request)
            actions.begin_help(principal, terms, consent, by=request.by, at=request.at)  # type: ignore[arg-type]
    except Refusal as problem:
        return _help(request, problem)
    return redirect("account:acting")


def _of(person: UUID | None) -> str:
    page = reverse("desk:mandates")
    return f"{page}?person={person}" if person else page


def _counter(request: access.Request, problem: Refusal | None = None) -> HttpResponse:
    person = forms.person(request)
    found = mandates.of_person(person.pk) if person else ()
    context = _form(request, problem, KINDS) | {
        "person": person, "name": people.masked_name(person.name) if person else "",
        "found": presenter.shown(found, request.at), "hows": presenter.hows("counter", "signed", "law"),
    }  # fmt: skip
    return render(request, "desk/mandates/counter.html", context, status=problem.status if problem else 200)


def _help(request: access.Request, problem: Refusal | None = None) -> HttpResponse:
    context = _form(request, problem, ("helper",))
    return render(request, "desk/mandates/help.html", context, status=problem.status if problem else 200)


def _form(request: access.Request, problem: Refusal | None, kinds: tuple[str, ...]) -> dict[str, Any]:
    return {
        "kinds": presenter.kinds(*kinds), "matters": presenter.matters(request.POST.getlist("matters")),
        "typed": request.POST, "problems": {problem.field or "form": problem} if problem else {},
    }  # fmt: skip
