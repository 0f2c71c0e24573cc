"""Who holds what: the grants a visitor answers for, else their own."""

from dataclasses import replace

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from zhongshu.base.http import access
from zhongshu.base.http.refusals import Conflict, Invalid, Refusal
from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.roles import ROLES
from zhongshu.base.permissions.rules import Scope
from zhongshu.channels.desk.rights import forms
from zhongshu.channels.desk.rights.presenters import rows, tabs
from zhongshu.registers.people import actions as people
from zhongshu.registers.people.queries import grants as known
from zhongshu.registers.people.rules.grants import APPROVE, EXPLAIN, PROPOSE, REVIEW

EVERYWHERE = Scope(((None, None),))


@access.signed_in
def grants(request: access.Request) -> HttpResponse:
    """The grants that run or will, newest first, narrowed by role, body and person."""
    return page(request)


@access.signed_in
@require_POST
def end(request: access.Request, grant: int) -> HttpResponse:
    """End a grant at once."""
    try:
        people.take_grant(grant, request.POST.get("reason", ""), by=request.by, at=request.at)
    except (Invalid, Conflict) as problem:
        return page(request, problem, grant)
    return redirect("desk:rights")


def page(request: access.Request, problem: Refusal | None = None, about: int | None = None) -> HttpResponse:
    """The list, with what is wrong beside the grant it is about."""
    scope, wanted = _scope(request), _wanted(request)
    if not scope.pairs:
        scope, wanted = EVERYWHERE, replace(wanted, account=forms.account(request.by.id))
    after = known.After.parse(request.GET.get("after", ""))
    found = known.page(scope, wanted, request.at, after, known.PAGE + 1)
    last = found[known.PAGE - 1] if len(found) > known.PAGE else None
    context = {
        "tabs": tabs.tabs(request), "rows": rows.rows(found[: known.PAGE], request.by, request.at), "later": after,
        "next": known.After(last.starts, last.pk) if last else "", "own": not _scope(request).pairs, "wanted": wanted,
        "roles": tabs.roles(wanted.role), "bodies": tabs.bodies(EVERYWHERE, -wanted.body if wanted.body else None),
        "body_key": -wanted.body if wanted.body else "", "problem": problem, "about": about,
        "typed": request.POST.get("reason", ""),
    }  # fmt: skip
    return render(request, "desk/rights/table.html", context, status=problem.status if problem else 200)


def _scope(request: access.Request) -> Scope:
    """Where the visitor answers for grants in one way or another."""
    held = (permissions.scope(request.by, right, request.at) for right in (PROPOSE, APPROVE, REVIEW, EXPLAIN))
    return Scope(tuple(dict.fromkeys(pair for scope in held for pair in scope.pairs)))


def _wanted(request: access.Request) -> known.Filter:
    role, body = request.GET.get("role", ""), forms.number(request.GET.get("body", ""))
    account = forms.account(request.GET.get("account", ""))
    return known.Filter(role if role in ROLES else "", -body if body and body < 0 else None, account)
