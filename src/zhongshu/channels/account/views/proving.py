"""Proving again who one is, before a sensitive act."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from zhongshu.base.http import access, reading
from zhongshu.base.http.middleware import said
from zhongshu.base.http.refusals import Refusal
from zhongshu.channels.account.views import entering, own, proofs
from zhongshu.registers.identity import actions as identity
from zhongshu.registers.identity import queries
from zhongshu.registers.people.models import Account


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@access.signed_in
def prove(request: access.Request) -> HttpResponse:
    """Ask for a factor of whoever has one, else for the password; then back to where one was going."""
    onward = reading.own_page(request, request.POST.get("next", request.GET.get("next", "")))
    account, problem = own.account(request), None
    held = queries.factors(account.pk)
    if request.method == "POST":
        try:
            method = _proved(request, account, bool(held))
            identity.sessions.prove(
                request.session, method=method, origin=entering.origin(request), by=request.by, at=request.at
            )
            return HttpResponseRedirect(onward)
        except Refusal as refused:
            problem = refused
    context = {
        "next": onward,
        "held": held,
        "by_passkey": proofs.by_passkey(held),
        "problem": problem and said(problem),
        "by_password": account.has_usable_password(),
    }
    return render(request, "account/prove.html", context, status=problem.status if problem else 200)


def _proved(request: access.Request, account: Account, has_factor: bool) -> str:
    if has_factor:
        return proofs.second(request, account, "prove")
    proofs.password(request, account)
    return "password"
