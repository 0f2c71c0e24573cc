"""Changing one's password, and setting a forgotten or a first one with a code."""

from django.contrib import auth
from django.contrib.auth.hashers import make_password
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from zhongshu.base.http import access, reading
from zhongshu.base.http.refusals import Refusal, Unauthenticated
from zhongshu.channels.account.views import entering, own, proofs
from zhongshu.registers.identity import actions as identity
from zhongshu.registers.people.models import Account


@sensitive_post_parameters("password", "new")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@access.signed_in_fresh
def change(request: access.Request) -> HttpResponse:
    """Set another password; one's other sessions end."""
    problems: dict[str, Refusal] = {}
    if request.method == "POST":
        try:
            _change(request, own.account(request))
            return HttpResponseRedirect(reverse("account:security"))
        except Refusal as problem:
            problems = {"new" if problem.status == 422 else "password": problem}
    context = {"problems": problems, "titles": {"password": gettext("现在的密码"), "new": gettext("新密码")}}
    return render(request, "account/password.html", context, status=422 if problems else 200)


def _change(request: access.Request, account: Account) -> None:
    proofs.password(request, account)
    origin, session = entering.origin(request), request.session
    identity.passwords.change(
        account, request.POST.get("new", ""), but=session.session_key, origin=origin, by=request.by, at=request.at
    )
    session[auth.HASH_SESSION_KEY] = account.get_session_auth_hash()
    identity.sessions.cycle(session, at=request.at)


@sensitive_post_parameters("code", "password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@access.anyone
def recover(request: access.Request) -> HttpResponse:
    """Set a password with a recovery code, or as an official with a start code; then sign in with it."""
    titles = {"login": gettext("登录名"), "code": gettext("恢复码或启用码"), "password": gettext("新密码")}
    problems: dict[str, Refusal] = {}
    if request.method == "POST":
        try:
            _recover(request, reading.text(request.POST, "login")[:200].strip().lower())
            return HttpResponseRedirect(reverse("account:sign_in"))
        except Refusal as problem:
            problems = {problem.field or "code": problem}
    context = {"problems": problems, "titles": titles, "typed": request.POST}
    return render(
        request, "account/recover.html", context, status=next(iter(problems.values())).status if problems else 200
    )


def _recover(request: access.Request, login: str) -> None:
    """An unknown login and a wrong code answer the same, and count as guesses of the password do."""
    origin, browser = entering.origin(request), entering.known_browser(request, login)
    identity.trying.password(login, origin, browser, request.at)
    new, code = request.POST.get("password", ""), reading.text(request.POST, "code")
    account = Account.objects.filter(login=login, closed=None).first()
    identity.passwords.check(new, account or Account(login=login, name=login))
    by = entering.as_actor(account) if account else None
    if (
        account is None
        or by is None
        or not identity.passwords.recover(account, code, new, origin=origin, by=by, at=request.at)
    ):
        make_password(new)
        raise Unauthenticated("登录名或代码不对，或代码已用过、已过期。", field="code")
    identity.trying.password_was_right(login, origin, browser)
