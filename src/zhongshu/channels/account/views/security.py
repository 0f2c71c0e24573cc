"""How one proves who one is: factors, recovery codes, and what happened at the door."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhongshu.base.http import access
from zhongshu.base.http.middleware import said
from zhongshu.base.http.refusals import Refusal
from zhongshu.channels.account.presenters import events
from zhongshu.channels.account.views import adding, entering, own
from zhongshu.registers.identity import actions as identity
from zhongshu.registers.identity import queries


@never_cache
@require_safe
@access.signed_in
def security(request: access.Request) -> HttpResponse:
    """Password, factors, recovery codes left, and the last 20 entries."""
    context = {
        "held": queries.factors(request.by.id),
        "codes": queries.recovery_codes_left(request.by.id),
        "events": events.events(queries.events(request.by.id)),
    }
    return render(request, "account/security.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@access.signed_in_fresh
def totp(request: access.Request) -> HttpResponse:
    """Set up an authenticator app: the QR code, and the first code it makes."""
    account, problem = own.account(request), None
    if request.method == "POST":
        try:
            adding.add_app(request, account, by=request.by)
            return HttpResponseRedirect(reverse("account:security"))
        except Refusal as refused:
            problem = refused
    context = {"problem": problem and said(problem), **adding.offered(request, account)}
    return render(request, "account/totp.html", context, status=problem.status if problem else 200)


@require_POST
@access.signed_in_fresh
def rename(request: access.Request, factor: UUID) -> HttpResponse:
    """Give a factor of one's own another name."""
    identity.factors.rename(own.account(request), factor, request.POST.get("name", ""), by=request.by, at=request.at)
    return HttpResponseRedirect(reverse("account:security"))


@require_POST
@access.signed_in_fresh
def remove(request: access.Request, factor: UUID) -> HttpResponse:
    """Remove a factor of one's own."""
    identity.factors.remove(own.account(request), factor, origin=entering.origin(request), by=request.by, at=request.at)
    return HttpResponseRedirect(reverse("account:security"))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@access.signed_in_fresh
def recovery_codes(request: access.Request) -> HttpResponse:
    """Make ten recovery codes, shown this once."""
    made: list[str] = []
    if request.method == "POST":
        made = identity.recovery.make(
            own.account(request), origin=entering.origin(request), by=request.by, at=request.at
        )
    return render(request, "account/codes.html", {"made": made, "left": queries.recovery_codes_left(request.by.id)})
