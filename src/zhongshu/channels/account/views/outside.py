"""Signing in by another provider: out to it, and back with an answer."""

import secrets

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhongshu.base.http import access, limits, reading
from zhongshu.base.http.limits import Limit
from zhongshu.base.http.origin import address
from zhongshu.base.http.refusals import Absent, Invalid, Refusal
from zhongshu.channels.account.views import arriving as coming
from zhongshu.registers.identity import doors
from zhongshu.registers.identity.actions import arriving
from zhongshu.registers.identity.models import Source
from zhongshu.registers.identity.queries import sources
from zhongshu.registers.identity.rules import attempts
from zhongshu.registers.identity.rules.attempts import Attempt
from zhongshu.registers.people.models import Account

ATTEMPTS = "outside"
"""Where the session keeps the ways out that have not come back."""
ANSWERS = Limit("account.outside", 60, 900)


@require_GET
@never_cache
@access.anyone
def go(request: access.Request, code: str) -> HttpResponse:
    """To the source's own sign-in page."""
    onward = reading.own_page(request, request.GET.get("next", ""))
    return HttpResponseRedirect(_way_out(request, sources.source(code), onward))


@require_POST
@access.signed_in_fresh
def link(request: access.Request, code: str) -> HttpResponse:
    """To the source's sign-in page, to link who one is there with the account one is signed in to.

    The content rule lets no form lead to another host, so the answer is a page that goes there.
    """
    source = sources.source(code)
    target = _way_out(request, source, reverse("account:ways"), account=request.by.id)
    return render(request, "account/onward.html", {"target": target, "name": sources.called(source)})


@require_GET
@never_cache
@access.anyone
def back(request: access.Request, code: str) -> HttpResponse:
    """Back from a source with its answer: signed in, linked, or told why not."""
    limits.take(ANSWERS, address(request), request.at)
    try:
        return _let_in(request, sources.source(code))
    except Refusal as problem:
        context = {"next": "/", "problems": {"login": problem}}
        return render(request, "account/sign_in.html", context, status=problem.status)


@require_GET
@never_cache
@access.anyone
def left(request: access.Request, code: str) -> HttpResponse:
    """Signed out here; the way to sign out at the source too. No form leads there: the content rule forbids it."""
    source = sources.source(code)
    try:
        target = _way(source).leave_url(source, request.build_absolute_uri("/"))
    except Refusal:
        target = ""
    if not target:
        return HttpResponseRedirect("/")
    return render(request, "account/left.html", {"target": target, "name": sources.called(source)})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@access.anyone
def newcomer(request: access.Request) -> HttpResponse:
    """Ask a newcomer's name, and open an account."""
    source, claims, _ = coming.newcomer(request)
    context = {"source": sources.called(source), "name": claims.name, "problems": {}}
    if request.method != "POST":
        return render(request, "account/newcomer.html", context)
    name = reading.text(request.POST, "name")[:200]
    try:
        return coming.open_for(request, name)
    except Invalid as problem:
        shown = context | {"name": name, "problems": {problem.field: problem}}
        return render(request, "account/newcomer.html", shown, status=problem.status)


def _way(source: Source) -> doors.Way:
    """How the source is spoken with; a telephone is no place to be sent to."""
    if source.kind not in doors.ways:
        raise Absent("没有这种登录方式，请回到登录页另选一种。")
    return doors.ways[source.kind]


def _way_out(request: access.Request, source: Source, onward: str, account: str = "") -> str:
    state = secrets.token_urlsafe(24)
    attempt = Attempt(
        source.pk, secrets.token_urlsafe(24), secrets.token_urlsafe(48), request.at.timestamp(), onward, account
    )
    kept = attempts.begun(request.session.get(ATTEMPTS, {}), state, attempt)
    target = _way(source).authorize_url(source, attempt, state, _back(request, source))
    request.session[ATTEMPTS] = kept
    return target


def _let_in(request: access.Request, source: Source) -> HttpResponse:
    kept, answer = request.session.get(ATTEMPTS, {}), request.GET.dict()
    asked = kept.get(answer.get("state", ""), {}).get("account")
    here = request.by.id if asked else ""
    attempt, rest = attempts.taken(kept, answer.get("state", ""), source.pk, here, request.at)
    request.session[ATTEMPTS] = rest
    claims = _way(source).exchange(source, attempt, answer, _back(request, source), request.at)
    if not attempt.account:
        return coming.enter(request, source, claims, attempt.onward)
    arriving.link(Account.objects.get(pk=attempt.account), source, claims, by=request.by, at=request.at)
    return redirect("account:ways")


def _back(request: access.Request, source: Source) -> str:
    return request.build_absolute_uri(reverse("account:outside_back", args=[source.pk]))
