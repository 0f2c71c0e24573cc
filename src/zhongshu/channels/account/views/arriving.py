"""Signing in somebody who came from elsewhere, or asking a newcomer's name first."""

from dataclasses import asdict
from datetime import timedelta

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from zhongshu.base.http import access
from zhongshu.base.http.refusals import Invalid, Unauthenticated
from zhongshu.channels.account.views import entering
from zhongshu.registers.identity import queries
from zhongshu.registers.identity.actions import arriving
from zhongshu.registers.identity.models import Source
from zhongshu.registers.identity.queries import sources
from zhongshu.registers.identity.rules.claims import Claims
from zhongshu.registers.people import rules as spelling
from zhongshu.registers.people.models import Account

METHODS = {Source.Kind.OPENID: "oidc", Source.Kind.WECHAT: "wechat", Source.Kind.PHONE: "sms"}
WAITS = timedelta(minutes=10)
NEWCOMER = "newcomer"
"""Where the session keeps who came and has no account yet."""


def enter(request: access.Request, source: Source, claims: Claims, onward: str) -> HttpResponse:
    """Sign in the account that came. A newcomer gets one: at once when the source names them, else after a question."""
    account = arriving.arrived(source, claims, request.at)
    if account is None and (name := _called(claims)):
        account = arriving.open_account(source, claims, name, at=request.at)
    if account is not None:
        return _signed_in(request, account, source, claims, onward)
    kept = {"source": source.pk, "claims": asdict(claims), "onward": onward, "at": request.at.timestamp()}
    request.session[NEWCOMER] = kept
    return HttpResponseRedirect(reverse("account:newcomer"))


def newcomer(request: access.Request) -> tuple[Source, Claims, str]:
    """Who came to this browser and has no account yet, and where they were going."""
    kept = request.session.get(NEWCOMER)
    if not kept or request.at.timestamp() - kept["at"] >= WAITS.total_seconds():
        raise Unauthenticated("这次登录超过了十分钟，已失效。请回到登录页重新登录。")
    return sources.source(kept["source"]), Claims(**kept["claims"]), kept["onward"]


def open_for(request: access.Request, name: str) -> HttpResponse:
    """Open the newcomer's account under this name, and sign in with it."""
    source, claims, onward = newcomer(request)
    account = arriving.open_account(source, claims, spelling.name(name), at=request.at)
    del request.session[NEWCOMER]
    return _signed_in(request, account, source, claims, onward)


def _called(claims: Claims) -> str:
    """The newcomer's name, when the source has checked it."""
    try:
        return spelling.name(claims.name) if claims.checked else ""
    except Invalid:
        return ""


def _signed_in(request: access.Request, account: Account, source: Source, claims: Claims, onward: str) -> HttpResponse:
    """In, or on to the second proof, which a telephone or WeChat alone does not spare."""
    answer = entering.let_in(request, account, METHODS[Source.Kind(source.kind)], onward)
    if source.kind == Source.Kind.OPENID and (session := queries.session_id(request.session.session_key)):
        arriving.came_from(source, claims, account, session, request.at)
    return answer
