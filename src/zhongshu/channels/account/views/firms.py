"""The firms one acts for: registering one, sending agents, ending what was given."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from zhongshu.base.http import access, reading
from zhongshu.base.http.refusals import Absent, Refusal
from zhongshu.channels.account import forms
from zhongshu.channels.account.presenters import firms as presenter
from zhongshu.registers.people import actions as people
from zhongshu.registers.people.models import Person
from zhongshu.registers.people.queries import firms as queries
from zhongshu.registers.people.queries import persons
from zhongshu.registers.people.rules import numbers
from zhongshu.registers.people.rules.firms import AGENT, REPRESENTATIVE
from zhongshu.registers.people.rules.persons import UNVERIFIED


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@access.signed_in
def firms(request: access.Request) -> HttpResponse:
    """The visitor's firms; a POST registers one as its legal representative."""
    problems: Mapping[str, Any] = {}
    status = 200
    if request.method == "POST":
        try:
            role = people.register_firm(
                reading.text(request.POST, "uscc"), reading.text(request.POST, "name"), by=request.by, at=request.at
            )
            return redirect("account:firm", role.firm_id)
        except Refusal as problem:
            problems, status = {problem.field or "uscc": problem}, problem.status
    person = persons.of_account(request.by.id)
    context = {
        "lines": presenter.lines(queries.shown_to(person.pk, request.at), request.at) if person else [],
        "verified": person is not None and person.level != UNVERIFIED, "problems": problems, "typed": request.POST,
        "titles": {"uscc": gettext("统一社会信用代码"), "name": gettext("企业名称")},
    }  # fmt: skip
    return render(request, "account/firms.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@access.signed_in
def firm(request: access.Request, firm: UUID) -> HttpResponse:
    """A firm the visitor acts for; a POST of its legal representative sends an agent."""
    if request.method != "POST":
        return _page(request, firm)
    given = request.POST
    try:
        people.appoint_agent(
            firm, reading.text(given, "name"), reading.text(given, "phone"), given.getlist("matters"),
            request.at, forms.end_of(given, "ends"), by=request.by, at=request.at,
        )  # fmt: skip
    except Absent:
        raise
    except Refusal as problem:
        return _page(request, firm, {problem.field or "name": problem}, problem.status)
    return HttpResponseRedirect(reverse("account:firm", args=[firm]))


@require_POST
@access.signed_in
def end(request: access.Request, firm: UUID, role: UUID) -> HttpResponse:
    """End an agent's role, or lay one's own down."""
    person = _own(request)
    try:
        people.end_role(role, reading.text(request.POST, "reason"), by=request.by, at=request.at)
    except Absent:
        raise
    except Refusal as problem:
        return _page(request, firm, {"reason": problem}, problem.status)
    still = queries.of_person(firm, person.pk)
    return redirect("account:firm", firm) if still else redirect("account:firms")


def _own(request: access.Request) -> Person:
    person = persons.of_account(request.by.id)
    if person is None:
        raise Absent("没有找到这家企业。")
    return person


def _page(
    request: access.Request, firm: UUID, problems: Mapping[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    person = _own(request)
    found = queries.of_person(firm, person.pk)
    if found is None:
        raise Absent("没有找到这家企业。")
    theirs, own = found
    leads = queries.represents(person, firm, request.at)
    agents = [row for row in queries.of_firm(firm) if row.role == AGENT] if leads else []
    context = {
        "firm": theirs, "fits": numbers.uscc_fits(theirs.uscc), "leads": leads,
        "own": presenter.lines(own, request.at, endable=own),
        "agents": presenter.lines(agents, request.at, endable=agents),
        "waits": any(row.role == REPRESENTATIVE and row.confirmed is None for row in own),
        "matters": presenter.matters(request.POST.getlist("matters")),
        "problems": problems or {}, "typed": request.POST,
        "titles": {"name": gettext("姓名"), "phone": gettext("手机号"), "matters": gettext("可以办理的事项"),
                   "ends": gettext("截止日期"), "reason": gettext("原因")},
    }  # fmt: skip
    return render(request, "account/firm.html", context, status=status)
