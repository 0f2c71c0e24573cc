"""What a browser is asked before it makes or uses a passkey; and the page of one's passkeys."""

from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from zhongshu.base.http import access, limits
from zhongshu.base.http.limits import Limit
from zhongshu.base.http.middleware import said
from zhongshu.base.http.origin import address
from zhongshu.base.http.refusals import Refusal
from zhongshu.base.permissions.rules import ANONYMOUS
from zhongshu.channels.account.views import adding, challenges, half, own
from zhongshu.registers.identity import actions as identity
from zhongshu.registers.identity import queries
from zhongshu.registers.identity.actions.passkeys import Asked
from zhongshu.registers.people.models import Account

ASKED = Limit("account.passkey", 1000, 900)
"""By address: a whole hall of clerks signs in from one; asking costs no hash."""


@never_cache
@require_POST
@access.anyone
def options(request: access.Request) -> HttpResponse:
    """The options of `navigator.credentials`, by `use`: sign_in, second, prove or register."""
    limits.take(ASKED, address(request), request.at)
    use = request.POST.get("use", "")
    asked = _asked(request, use)
    if asked is None:
        raise half.over()
    challenges.keep(request.session, use, asked, request.at)
    return JsonResponse(asked.options)


def _asked(request: access.Request, use: str) -> Asked | None:
    site, begun = challenges.site(request), half.read(request.session, request.at)
    if use == "sign_in":
        return identity.passkeys.ask(site)
    if use == "second" and begun and not begun.enrol:
        return identity.passkeys.ask(site, begun.owner())
    if use == "prove" and request.by is not ANONYMOUS:
        return identity.passkeys.ask(site, own.account(request))
    if use == "register" and (account := _adding(request, begun)):
        return identity.passkeys.ask_for_new(account, site)
    return None


def _adding(request: access.Request, begun: half.Half | None) -> Account | None:
    """Who may add a passkey now: whoever is signed in and freshly proved, or has to set up the second factor."""
    if request.by is not ANONYMOUS:
        return own.account(request) if queries.is_fresh(request.session, request.at) else None
    return begun.owner() if begun and begun.enrol else None


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@access.signed_in_fresh
def passkeys(request: access.Request) -> HttpResponse:
    """One's passkeys, and adding one."""
    account, problem = own.account(request), None
    if request.method == "POST":
        try:
            adding.add_passkey(request, account, by=request.by)
            return HttpResponseRedirect(reverse("account:security"))
        except Refusal as refused:
            problem = refused
    held = [factor for factor in queries.factors(account.pk) if factor.kind == "passkey"]
    context = {"held": held, "problem": problem and said(problem)}
    return render(request, "account/passkeys.html", context, status=problem.status if problem else 200)
