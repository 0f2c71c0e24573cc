"""Signing in and out, and opening an account."""

from django.contrib import auth
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from zhongshu.base.http import access, limits, reading
from zhongshu.base.http.limits import Limit
from zhongshu.base.http.origin import address
from zhongshu.base.http.refusals import Invalid, Refusal, Unauthenticated
from zhongshu.base.permissions.rules import ANONYMOUS
from zhongshu.channels.account import consents
from zhongshu.channels.account.presenters import privacy
from zhongshu.channels.account.views import challenges, device, entering, leaving
from zhongshu.registers.identity import actions as identity
from zhongshu.registers.people import actions as people
from zhongshu.registers.people import rules
from zhongshu.registers.people.models import Account
from zhongshu.registers.privacy.actions import notices
from zhongshu.registers.privacy.rules.notices import REGISTRATION

UNTICKED = "请阅读个人信息告知书，同意后再注册。不注册也可以上报问题。"
REGISTRATIONS = Limit("account.register", 10, 3600)


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@access.anyone
def sign_in(request: access.Request) -> HttpResponse:
    """Sign in with login and password, or with a passkey. A bound device comes in by itself."""
    onward = reading.own_page(request, request.POST.get("next", request.GET.get("next", "")))
    context = {"next": onward, "problems": {}}
    if request.method != "POST":
        return device.come_in(request, onward) or render(request, "account/sign_in.html", context)
    typed = reading.text(request.POST, "login")[:200]
    try:
        if answer := request.POST.get("credential", ""):
            return entering.let_in(request, _by_passkey(request, answer), "passkey", onward)
        return entering.let_in(request, _by_password(request, typed.strip().lower()), "password", onward)
    except Refusal as problem:
        shown = {**context, "login": typed, "problems": {"login": problem}}
        return render(request, "account/sign_in.html", shown, status=problem.status)


def _by_passkey(request: access.Request, answer: str) -> Account:
    challenge = challenges.take(request.session, "sign_in", request.at)
    return identity.passkeys.prove(
        challenges.site(request), challenge, answer[:10_000], origin=entering.origin(request), at=request.at
    )


def _by_password(request: access.Request, login: str) -> Account:
    """The account whose password was given. An unknown login and a wrong password answer the same, and as slowly."""
    origin, browser = entering.origin(request), entering.known_browser(request, login)
    identity.trying.password(login, origin, browser, request.at)
    found = auth.authenticate(request, username=login, password=request.POST.get("password", "")[:1000])
    if not isinstance(found, Account) or found.kind == Account.Kind.DEVICE:
        known = Account.objects.filter(login=login).first()
        people.note_sign_in(known, False, login=login, facts=origin.facts, by=ANONYMOUS, at=request.at)
        raise Unauthenticated("登录名或密码不对，请核对后再试。", field="login")
    identity.trying.password_was_right(login, origin, browser)
    return found


@require_POST
@access.anyone
def sign_out(request: access.Request) -> HttpResponse:
    """Sign out; what this browser held is forgotten with it. Who came from elsewhere is told how to sign out there."""
    source = leaving.leave(request)
    onward = reverse("account:left", args=[source.pk]) if source else "/"
    return HttpResponseRedirect(onward, headers={"Clear-Site-Data": '"cache"'})


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@access.anyone
def register(request: access.Request) -> HttpResponse:
    """Open a resident's account and sign in with it."""
    if request.method != "POST":
        context = {"problems": {}, "titles": _titles(), "notice": privacy.registration(request.at)}
        return render(request, "account/register.html", context)
    try:
        account = _opened(request)
    except Refusal as problem:
        context = {
            "typed": request.POST,
            "problems": {problem.field or "login": problem},
            "titles": _titles(),
            "notice": privacy.registration(request.at),
        }
        return render(request, "account/register.html", context, status=problem.status)
    return entering.enter(request, account, "password", "/")


def _titles() -> dict[str, str]:
    return {
        "login": gettext("登录名"), "name": gettext("姓名"), "phone": gettext("手机号"), "password": gettext("密码"),
        "consent": gettext("个人信息告知书"),
    }  # fmt: skip


def _opened(request: access.Request) -> Account:
    given = {name: reading.text(request.POST, name) for name in ("login", "name", "phone", "password")}
    rules.login(given["login"])
    if len(given["password"]) > 1000:
        raise Invalid("密码太长，请改短一些。", field="password")
    version = consents.version_ticked(request.POST, UNTICKED)
    limits.take(REGISTRATIONS, address(request), request.at)
    with transaction.atomic():
        account = people.open_account(
            given["login"], given["name"], "resident", given["password"], phone=given["phone"].strip(), at=request.at
        )
        notices.give(REGISTRATION, version, "register", by=entering.as_actor(account), at=request.at)
    return account
