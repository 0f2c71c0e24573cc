"""Signing in to other systems through us: the request, the consent, the way back, and signing out from there."""

from urllib.parse import urlencode
from uuid import UUID

from django.core import signing
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhongshu.base.http import access
from zhongshu.base.http.refusals import Forbidden, Invalid
from zhongshu.base.permissions.rules import ANONYMOUS
from zhongshu.channels.account.presenters import apps as shown
from zhongshu.channels.account.views import leaving
from zhongshu.registers.identity import queries
from zhongshu.registers.identity.actions import permits
from zhongshu.registers.identity.queries import asking, clients, hints
from zhongshu.registers.identity.queries.asking import Asked
from zhongshu.registers.identity.rules import marks
from zhongshu.registers.identity.rules.protocol import Wrong

CONSENT, NOTED, LEAVING = "oidc.consent", "oidc.since", "oidc.logout"
"""What is signed for one use serves no other."""
PAGE_LIVES = 600
"""Seconds a consent page may be thought over."""
SINCE = "since"
LEEWAY = 5
"""Seconds a proof may be older than a system asks for: the way back from signing in takes a moment."""


@csrf_exempt
@require_http_methods(["GET", "POST"])
@never_cache
@access.anyone
def authorize(request: access.Request) -> HttpResponse:
    """A system sends somebody to sign in (OpenID Connect Core 1.0, 3.1.2.1). A posted one goes on as a plain one."""
    if request.method == "POST":
        return HttpResponseRedirect(f"{reverse('account:authorize')}?{request.POST.urlencode()}")
    given = request.GET.dict()
    if any(len(request.GET.getlist(name)) > 1 for name in given):
        raise Invalid("请求登录的系统把同一个参数写了两次。请联系该系统的管理员。")
    client, back = asking.returned_to(given)
    try:
        asked = asking.asked(client, back, given)
        return _answered(request, asked)
    except Wrong as wrong:
        said = {"error": wrong.code, "error_description": wrong.why, "state": given.get("state", "")}
        return _back(back, said)


def _answered(request: access.Request, asked: Asked) -> HttpResponse:
    silent = "none" in asked.prompt
    if request.by is ANONYMOUS or _must_prove_again(request, asked):
        return _to_sign_in(request, silent)
    if request.by.kind in ("device", "system"):
        raise Forbidden("系统与设备账号不能登录其他系统。")
    missing = set(asked.scopes) - clients.consented(asked.client, UUID(request.by.id))
    if missing or "consent" in asked.prompt:
        if silent:
            raise Wrong("consent_required", "the person has to be asked first")
        return _consent_page(request, asked)
    session, kept = queries.session_id(request.session.session_key), marks.read(request.session)
    if session is None:
        return _to_sign_in(request, silent)
    proved = kept.proved if kept else None
    code = permits.allow(asked, UUID(request.by.id), session, proved, by=request.by, at=request.at)
    return _back(asked.redirect, {"code": code, "state": asked.state})


def _must_prove_again(request: access.Request, asked: Asked) -> bool:
    """Whether the system wants a newer proof than there is: one given since it asked, or not older than it says."""
    kept = marks.read(request.session)
    proved = kept.proved.timestamp() if kept else 0.0
    if "login" in asked.prompt and proved < _since(request):
        return True
    return asked.max_age is not None and request.at.timestamp() - proved > max(asked.max_age, LEEWAY)


def _since(request: access.Request) -> float:
    """When this very request first came, as we noted on it ourselves before sending somebody to sign in."""
    try:
        asked, moment = signing.loads(request.GET.get(SINCE, ""), salt=NOTED, max_age=PAGE_LIVES)
    except (signing.BadSignature, ValueError):
        return float("inf")
    return float(moment) if asked == _query(request) else float("inf")


def _query(request: access.Request) -> str:
    """The request as it came, without what we noted on it."""
    given = request.GET.copy()
    given.pop(SINCE, None)
    return given.urlencode()


def _to_sign_in(request: access.Request, silent: bool) -> HttpResponse:
    if silent:
        raise Wrong("login_required", "nobody is signed in, or not lately enough")
    if request.by is not ANONYMOUS:
        leaving.leave(request)
    noted = signing.dumps([_query(request), request.at.timestamp()], salt=NOTED)
    onward = f"{reverse('account:onward')}?{_query(request)}&{urlencode({SINCE: noted})}"
    return HttpResponseRedirect(f"{reverse('account:sign_in')}?{urlencode({'next': onward})}")


def _consent_page(request: access.Request, asked: Asked) -> HttpResponse:
    sealed = signing.dumps({"query": request.GET.urlencode(), "account": request.by.id}, salt=CONSENT)
    context = {
        "name": shown.called(asked.client), "asks": shown.asks(asked.client, asked.scopes), "sealed": sealed,
        "host": asked.client.sector,
    }  # fmt: skip
    return render(request, "account/consent.html", context)


@require_POST
@access.signed_in
def consent(request: access.Request) -> HttpResponse:
    """Somebody says yes or no to a system; then on with the request it came with."""
    try:
        kept = signing.loads(request.POST.get("sealed", ""), salt=CONSENT, max_age=PAGE_LIVES)
    except signing.BadSignature:
        raise Invalid("这一页停留太久，已失效。请回到您要登录的系统重新登录。") from None
    if kept["account"] != request.by.id:
        raise Invalid("这一页停留太久，已失效。请回到您要登录的系统重新登录。")
    given = QueryDict(kept["query"]).dict()
    asked = asking.asked(*asking.returned_to(given), given)
    if request.POST.get("answer") != "yes":
        said = {"error": "access_denied", "error_description": "the person said no", "state": asked.state}
        return _onward(request, _address(asked.redirect, said))
    permits.consent(asked.client, UUID(request.by.id), asked.scopes, by=request.by, at=request.at)
    rest = {name: value for name, value in given.items() if name not in ("prompt", "max_age", SINCE)}
    return _onward(request, f"{reverse('account:authorize')}?{urlencode(rest)}")


@require_GET
@never_cache
@access.anyone
def onward(request: access.Request) -> HttpResponse:
    """On to a system's request after signing in: a page, as the content rule lets no form lead to another host."""
    return _onward(request, f"{reverse('account:authorize')}?{request.GET.urlencode()}")


@csrf_exempt
@require_http_methods(["GET", "POST"])
@never_cache
@access.anyone
def log_out(request: access.Request) -> HttpResponse:
    """A system sends somebody to sign out here too (RP-Initiated Logout 1.0). Without its ID token we ask first."""
    if request.method == "POST":  # comes without our session's cookie: a plain request brings it
        return HttpResponseRedirect(f"{reverse('account:log_out')}?{request.POST.urlencode()}")
    given = request.GET
    hinted = hints.permit(given.get("id_token_hint", ""), request.at)
    client = hinted.client if hinted else clients.client(given.get("client_id", ""))
    wanted = given.get("post_logout_redirect_uri", "")
    back = wanted if client and wanted in client.leaves else ""
    target = _address(back, {"state": given.get("state", "")}, ours=False) if back else "/"
    if request.by is ANONYMOUS:
        return HttpResponseRedirect(target)
    if hinted and hinted.session == queries.session_id(request.session.session_key):
        leaving.leave(request)
        return HttpResponseRedirect(target)
    sealed = signing.dumps({"target": target}, salt=LEAVING)
    context = {"sealed": sealed, "name": shown.called(client) if client else ""}
    return render(request, "account/end_session.html", context)


@require_POST
@access.anyone
def logged_out(request: access.Request) -> HttpResponse:
    """Sign out here, and back to the system that asked."""
    try:
        target = signing.loads(request.POST.get("sealed", ""), salt=LEAVING, max_age=PAGE_LIVES)["target"]
    except signing.BadSignature:
        target = "/"
    leaving.leave(request)
    return _onward(request, target) if target != "/" else redirect("/")


def _onward(request: access.Request, target: str) -> HttpResponse:
    return render(request, "account/onward.html", {"target": target})


def _back(redirect_uri: str, said: dict[str, str]) -> HttpResponse:
    return HttpResponseRedirect(_address(redirect_uri, said))


def _address(base: str, said: dict[str, str], *, ours: bool = True) -> str:
    """A registered address with an answer; it names us, so that no other provider's answer passes for it (RFC 9207)."""
    parts = {name: value for name, value in said.items() if value} | ({"iss": clients.issuer()} if ours else {})
    return f"{base}{'&' if '?' in base else '?'}{urlencode(parts)}" if parts else base
