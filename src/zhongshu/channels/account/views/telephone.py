"""Signing in, linking a telephone or setting a new password with a code sent to the telephone."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from zhongshu.base.http import access, limits, reading
from zhongshu.base.http.limits import Limit
from zhongshu.base.http.origin import address
from zhongshu.base.http.refusals import Invalid, Refusal
from zhongshu.channels.account.views import arriving as coming
from zhongshu.channels.account.views import entering
from zhongshu.registers.identity import actions as identity
from zhongshu.registers.identity.actions import arriving, telephones
from zhongshu.registers.identity.actions import sources as adding
from zhongshu.registers.identity.doors import doors
from zhongshu.registers.identity.queries import sources
from zhongshu.registers.identity.rules.claims import Claims
from zhongshu.registers.people.models import Account

WAITING = "telephone"
"""Where the session keeps the telephone a code was sent to."""
PROVEN = "telephone_proven"
"""Where it keeps the telephone whose owner may set a new password."""
GUESSES = Limit("account.sms_guess", 60, 900)
LIVES = timedelta(minutes=10)


@sensitive_post_parameters("code")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@access.anyone
def sign_in(request: access.Request) -> HttpResponse:
    """Sign in with a telephone: its number first, then the code sent there."""
    onward = reading.own_page(request, request.POST.get("next", request.GET.get("next", "")))
    try:
        phone = _proven(request)
    except Refusal as problem:
        return _page(request, "sign_in", onward, problem)
    if not phone:
        return _page(request, "sign_in", onward)
    return coming.enter(request, adding.phones(request.at), Claims(phone, phone=phone), onward)


@sensitive_post_parameters("code")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@access.signed_in
def link(request: access.Request) -> HttpResponse:
    """Link a telephone with the account one is signed in to."""
    try:
        if phone := _proven(request):
            account, source = Account.objects.get(pk=request.by.id), adding.phones(request.at)
            arriving.link(account, source, Claims(phone, phone=phone), by=request.by, at=request.at)
            return redirect("account:ways")
    except Refusal as problem:
        return _page(request, "link", "", problem)
    return _page(request, "link", "")


@sensitive_post_parameters("code", "password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@access.anyone
def recover(request: access.Request) -> HttpResponse:
    """Set a forgotten password with a code sent to the linked telephone: both are typed together."""
    try:
        if phone := _proven(request):
            request.session[PROVEN] = {"phone": phone, "at": request.at.timestamp()}
        elif "password" in request.POST:
            return _reset(request)
    except Refusal as problem:
        return _page(request, "recover", "", problem)
    return _page(request, "recover", "")


def _reset(request: access.Request) -> HttpResponse:
    """The new password, for whoever has just proved to have the telephone. Officials get a code from a person."""
    phone = _fresh(request, PROVEN)
    account = sources.linked(adding.phones(request.at), phone) if phone else None
    if account is None or account.closed or account.kind == Account.Kind.STAFF:
        raise Invalid("这个手机号没有绑定可以自助重设密码的账号。工作人员请找系统管理员领取启用码。", field="phone")
    identity.passwords.reset(
        account, request.POST["password"], proof="sms", origin=entering.origin(request),
        by=entering.as_actor(account), at=request.at,
    )  # fmt: skip
    del request.session[PROVEN]
    return redirect("account:sign_in")


def _proven(request: access.Request) -> str:
    """The telephone once its code was typed; empty while it has to be. A first POST sends the code."""
    if request.method != "POST":
        for kept in (WAITING, PROVEN):
            request.session.pop(kept, None)
        return ""
    if "phone" in request.POST:
        sent = telephones.send(reading.text(request.POST, "phone")[:40], address(request), request.at)
        request.session[WAITING] = {"phone": sent, "at": request.at.timestamp()}
        return ""
    phone = waiting(request)
    if not phone or "code" not in request.POST:
        return ""
    limits.take(GUESSES, address(request), request.at)
    telephones.prove(phone, reading.text(request.POST, "code")[:40], request.at)
    del request.session[WAITING]
    return phone


def waiting(request: access.Request) -> str:
    """The telephone this browser waits for a code of; empty when there is none."""
    return _fresh(request, WAITING)


def _fresh(request: access.Request, name: str) -> str:
    kept = request.session.get(name)
    if not kept or request.at.timestamp() - kept["at"] >= LIVES.total_seconds():
        return ""
    return str(kept["phone"])


def _page(request: access.Request, purpose: str, onward: str, problem: Refusal | None = None) -> HttpResponse:
    usual = next((name for name in ("phone", "code", "password") if name in request.POST), "phone")
    context = {
        "purpose": purpose, "next": onward, "sent_to": waiting(request), "proven": _fresh(request, PROVEN),
        "offered": doors.sender is not None,
        "phone": reading.text(request.POST, "phone")[:40],
        "problems": {problem.field or usual: problem} if problem else {},
    }  # fmt: skip
    return render(request, "account/telephone.html", context, status=problem.status if problem else 200)
