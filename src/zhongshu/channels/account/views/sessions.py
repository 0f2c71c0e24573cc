"""Where one is signed in, and signing out elsewhere."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from zhongshu.base.http import access
from zhongshu.base.http.refusals import Absent
from zhongshu.channels.account.presenters import events
from zhongshu.channels.account.views import entering
from zhongshu.registers.identity import actions as identity
from zhongshu.registers.identity import queries
from zhongshu.registers.identity.rules import origins


@never_cache
@require_safe
@access.signed_in
def sessions(request: access.Request) -> HttpResponse:
    """One's sessions, this one marked."""
    here = queries.digest(request.session.session_key or "")
    rows = [
        {
            "id": row.pk, "agent": row.agent, "address": origins.masked(row.address), "began": row.began,
            "seen": row.seen, "method": events.method(row.method), "here": bytes(row.digest) == here,
        }
        for row in queries.sessions(request.by.id, request.at)
    ]  # fmt: skip
    return render(request, "account/sessions.html", {"rows": rows})


@require_POST
@access.signed_in
def end(request: access.Request, session: UUID) -> HttpResponse:
    """Sign out one of one's sessions."""
    if not identity.sessions.end_session(
        request.by.id, session, origin=entering.origin(request), by=request.by, at=request.at
    ):
        raise Absent("没有这个登录，可能已经退出了。")
    return HttpResponseRedirect(reverse("account:sessions"))


@require_POST
@access.signed_in
def end_others(request: access.Request) -> HttpResponse:
    """Sign out everywhere but here."""
    identity.end_sessions(
        request.by.id, but=request.session.session_key, origin=entering.origin(request), by=request.by, at=request.at
    )
    return HttpResponseRedirect(reverse("account:sessions"))
