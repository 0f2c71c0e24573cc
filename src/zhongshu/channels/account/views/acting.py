"""Acting for another: for whom one may, beginning and ending it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from zhongshu.base.http import access, browsers
from zhongshu.base.http.refusals import Absent
from zhongshu.base.permissions import rules as permissions
from zhongshu.channels.account import acting
from zhongshu.channels.presenters import mandates as presenter
from zhongshu.engine.intake.actions import aside
from zhongshu.registers.identity import queries as identity
from zhongshu.registers.people.queries import mandates


@never_cache
@require_safe
@access.signed_in
def for_whom(request: access.Request) -> HttpResponse:
    """For whom the visitor may act now."""
    context = {
        "usable": presenter.shown(mandates.usable(request.by, request.at), request.at),
        "helps": permissions.holds_anywhere(request.by, mandates.HELPS, request.at),
    }
    return render(request, "account/acting.html", context)


@require_POST
@access.signed_in
def begin(request: access.Request, mandate: UUID) -> HttpResponse:
    """From now on this session acts for the one who gave the mandate; then on to their matters.

    What the browser had set aside from a session that acted so before is theirs again.
    """
    found = next((one for one in mandates.usable(request.by, request.at) if one.pk == mandate), None)
    if found is None:
        raise Absent("没有找到这份代办授权，它可能已撤回或到期。")
    acting.begin(request, found)
    agent, browser = identity.of_session(request.session, request.at), browsers.known(request)
    if agent and browser:
        aside.take_over(browser.digest, by=agent, at=request.at)
    return redirect("portal:mine")


@require_POST
@access.signed_in
def end(request: access.Request) -> HttpResponse:
    """The visitor is only themselves again."""
    acting.end(request)
    return redirect("account:acting")
