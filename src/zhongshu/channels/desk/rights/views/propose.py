"""Proposing a grant: for whom, what, over what and when."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from zhongshu.base.http import access
from zhongshu.base.http.refusals import Conflict, Forbidden, Invalid, Refusal
from zhongshu.base.permissions import rules as permissions
from zhongshu.channels.desk.rights import forms
from zhongshu.channels.desk.rights.presenters import rows, tabs, words
from zhongshu.channels.presenters import names
from zhongshu.registers.people import actions as people
from zhongshu.registers.people import queries as known
from zhongshu.registers.people.models import Account
from zhongshu.registers.people.queries import grants
from zhongshu.registers.people.queries.grants import Filter
from zhongshu.registers.people.rules.grants import PROPOSE


@access.holding(PROPOSE, fresh=True)
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: access.Request) -> HttpResponse:
    """Find whom it is for, then say what; a POST proposes, any other button only shows finer places."""
    typed = request.POST if request.method == "POST" else request.GET
    chosen = forms.account(typed.get("account", ""))
    holder = known.official(chosen) if chosen else None
    if holder is None:
        return _find(request)
    if request.method != "POST" or request.POST.get("go") != "propose":
        return _page(request, holder)
    try:
        made = people.propose_grant(
            holder.pk, forms.wanted(request.POST, request.at), request.POST.get("reason", ""), by=request.by,
            at=request.at,
        )  # fmt: skip
    except (Invalid, Conflict, Forbidden) as problem:
        return _page(request, holder, problem)
    return redirect("desk:grant_proposal", made.pk)


def _find(request: access.Request) -> HttpResponse:
    text = request.GET.get("q", "")[:64].strip()
    context = {
        "tabs": tabs.tabs(request), "q": text, "found": names.people_of(known.officials(text)) if text else [],
    }  # fmt: skip
    return render(request, "desk/rights/find.html", context)


def _page(request: access.Request, holder: Account, problem: Refusal | None = None) -> HttpResponse:
    typed = request.POST if request.method == "POST" else request.GET
    scope, place = permissions.scope(request.by, PROPOSE, request.at), forms.number(typed.get("place", ""))
    held = grants.page(permissions.Scope(((None, None),)), Filter(account=holder.pk), request.at)
    context: dict[str, Any] = {
        "tabs": tabs.tabs(request), "holder": holder, "body": names.body(holder.body_id), "typed": typed,
        "held": rows.rows(held, request.by, request.at), "roles": tabs.roles(typed.get("role", "")),
        "bodies": tabs.bodies(scope, forms.number(typed.get("body", ""))), "places": tabs.places(scope, place),
        "days": [(str(n), day, str(n) in typed.getlist("day")) for n, day in enumerate(words.days())],
        "from": typed.get("from", ""), "problem": problem, "field": problem.field if problem else "",
    }  # fmt: skip
    return render(request, "desk/rights/propose.html", context, status=problem.status if problem else 200)
