"""Signing in and out, and opening an account."""

from django.contrib import auth
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from zhongshu.base.http import access, limits, reading
from zhongshu.base.http.limits import Limit
from zhongshu.base.http.origin import address
from zhongshu.base.http.refusals import Invalid, Refusal, Unauthenticated
from zhongshu.base.permissions.rules import ANONYMOUS, Actor
from zhongshu.registers.people import actions as people
from zhongshu.registers.people import rules
from zhongshu.registers.people.models import Account

TRIES = Limit("account.sign_in", 5, 900)
TRIES_OF_ADDRESS = Limit("account.sign_in_address", 100, 900)
REGISTRATIONS = Limit("account.register", 10, 3600)
BACKEND = "django.contrib.auth.backends.ModelBackend"


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@access.anyone
def sign_in(request: access.Request) -> HttpResponse:
    """Sign in with login and password; five wrong tries and the pair of login and address waits."""
    onward = reading.own_page(request, request.POST.get("next", request.GET.get("next", "")))
    context = {"next": onward, "problems": {}}
    if request.method != "POST":
        return render(request, "account/sign_in.html", context)
    typed = reading.text(request.POST, "login")[:200]
    try:
        account = _proved(request, typed.strip().lower())
    except Refusal as problem:
        shown = {**context, "login": typed, "problems": {"login": problem}}
        return render(request, "account/sign_in.html", shown, status=problem.status)
    auth.login(request, account, backend=BACKEND)
    return HttpResponseRedirect(onward)


def _proved(request: access.Request, login: str) -> Account:
    """The account whose password was given. An unknown login and a wrong password answer the same, and as slowly."""
    pair = f"{login}|{address(request)}"
    limits.take(TRIES, pair, request.at)
    limits.take(TRIES_OF_ADDRESS, address(request), request.at)
    found = auth.authenticate(request, username=login, password=request.POST.get("password", "")[:1000])
    if not isinstance(found, Account):
        known = Account.objects.filter(login=login).first()
        people.note_sign_in(known, False, login=login, by=ANONYMOUS, at=request.at)
        raise Unauthenticated("登录名或密码不对，请核对后再试。", field="login")
    limits.give_back(TRIES, pair)
    people.note_sign_in(found, True, by=_as_actor(found), at=request.at)
    return found


def _as_actor(account: Account) -> Actor:
    return Actor(str(account.pk), account.name, account.kind, account.body_id)  # type: ignore[arg-type]


@require_POST
@access.anyone
def sign_out(request: access.Request) -> HttpResponse:
    """Sign out; what this browser held is forgotten with it."""
    auth.logout(request)
    return HttpResponseRedirect("/", headers={"Clear-Site-Data": '"cache"'})


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@access.anyone
def register(request: access.Request) -> HttpResponse:
    """Open a resident's account and sign in with it."""
    if request.method != "POST":
        return render(request, "account/register.html", {"problems": {}, "titles": _titles()})
    try:
        account = _opened(request)
    except Refusal as problem:
        context = {
            "typed": request.POST,
            "problems": {problem.field or "login": problem},
            "titles": _titles(),
        }
        return render(request, "account/register.html", context, status=problem.status)
    auth.login(request, account, backend=BACKEND)
    return HttpResponseRedirect("/")


def _titles() -> dict[str, str]:
    return {
        "login": gettext("登录名"), "name": gettext("姓名"), "phone": gettext("手机号"), "password": gettext("密码"),
    }  # fmt: skip


def _opened(request: access.Request) -> Account:
    given = {name: reading.text(request.POST, name) for name in ("login", "name", "phone", "password")}
    rules.login(given["login"])
    if len(given["password"]) > 1000:
        raise Invalid("密码太长，请改短一些。", field="password")
    limits.take(REGISTRATIONS, address(request), request.at)
    return people.open_account(
        given["login"],
        given["name"],
        "resident",
        given["password"],
        phone=given["phone"].strip(),
        at=request.at,
    )
