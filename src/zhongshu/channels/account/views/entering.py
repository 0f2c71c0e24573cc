"""From a first proof to the pages: what has to follow it, and the session that begins then."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from zhongshu.base.crypto import sealing
from zhongshu.base.http import access, browsers
from zhongshu.base.http.origin import address
from zhongshu.base.permissions.rules import Actor
from zhongshu.channels.account import consents
from zhongshu.channels.account.views import half
from zhongshu.engine.intake.actions import aside
from zhongshu.registers.identity import actions as identity
from zhongshu.registers.identity import queries
from zhongshu.registers.identity.rules import agents, known, steps
from zhongshu.registers.identity.rules.origins import Origin
from zhongshu.registers.people.models import Account

BACKEND = "django.contrib.auth.backends.ModelBackend"
KNOWN = "known"
"""The cookie of a browser that has signed in before."""


def origin(request: HttpRequest) -> Origin:
    """Where the request came from."""
    return Origin(address(request), agents.family(request.headers.get("User-Agent", "")))


def as_actor(account: Account) -> Actor:
    """The account acting for itself, before its grants matter."""
    return Actor(str(account.pk), account.name, account.kind, account.body_id)  # type: ignore[arg-type]


def let_in(request: access.Request, account: Account, method: str, onward: str) -> HttpResponse:
    """After a first proof by `method`: on to the second where there is to be one, else in."""
    step = steps.after(method, account.kind, queries.has_factor(account.pk), queries.required())
    if step == "in":
        return enter(request, account, method, onward)
    identity.sessions.drop(request.session)
    half.begin(request.session, account, method, onward, enrol=step == "enrol", at=request.at)
    return HttpResponseRedirect(reverse("account:second"))


def enter(request: access.Request, account: Account, method: str, onward: str) -> HttpResponse:
    """All is proved: begin the session and go on, over a new password where the old one is too old."""
    if "password" in method and queries.is_stale(account, request.at):
        half.begin(request.session, account, method, onward, stale=True, at=request.at)
        return HttpResponseRedirect(reverse("account:renew"))
    half.drop(request.session)
    identity.sessions.drop(request.session)
    auth.login(request, account, backend=BACKEND)
    identity.sessions.begin(
        request.session, account, method=method, origin=origin(request), by=as_actor(account), at=request.at
    )
    if browser := browsers.known(request):
        aside.take_over(browser.digest, by=as_actor(account), at=request.at)
    answer = HttpResponseRedirect(consents.onward(str(account.pk), onward, request.at))
    if account.kind != Account.Kind.DEVICE:
        _remember(request, answer, account.login)
    return answer


def known_browser(request: access.Request, login: str) -> str:
    """What tells this browser apart, when it has signed in to the login before; else empty."""
    found = known.for_login(_tokens(request), login, _marks)
    return found.nonce if found else ""


def _remember(request: access.Request, answer: HttpResponse, login: str) -> None:
    held = [token for token in _tokens(request) if not token.proves(login, _marks)]
    token = known.made(login, secrets.token_hex(16), request.at.date().toordinal(), _marks)
    answer.set_cookie(
        KNOWN, known.written([token, *held]), max_age=timedelta(days=known.DAYS), httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip


def _tokens(request: access.Request) -> list[known.Token]:
    return known.read(request.COOKIES.get(KNOWN, ""), request.at.date().toordinal())


def _marks(text: str) -> list[bytes]:
    return sealing.marks(text, "account.known_browser")
