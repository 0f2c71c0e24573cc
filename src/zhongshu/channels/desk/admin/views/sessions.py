"""Who is signed in, and making them sign in again."""

from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from zhongshu.base.http import access
from zhongshu.channels.desk.admin.forms import text
from zhongshu.channels.desk.admin.presenters import sessions as presenter
from zhongshu.channels.desk.admin.presenters import tabs
from zhongshu.registers.identity import actions as identity
from zhongshu.registers.identity.queries import administered
from zhongshu.registers.people import queries as known

MANAGE = "sessions.manage"


@require_safe
@access.holding(MANAGE)
def sessions(request: access.Request) -> HttpResponse:
    """The sessions of officials and systems, newest first, or of those who are called `q`."""
    q = text.line(request.GET, "q", 64)
    found = administered.signed_in(request.by, request.at, text=q, after=_after(request))
    context = {
        "tabs": tabs.tabs(request), "q": q, "rows": presenter.rows(found),
        "next": found[-1] if len(found) == administered.PAGE else None,
    }  # fmt: skip
    return render(request, "desk/admin/sessions.html", context)


def _after(request: access.Request) -> tuple[datetime, UUID] | None:
    try:
        return datetime.fromisoformat(request.GET.get("began", "")), UUID(request.GET.get("after", ""))
    except ValueError:
        return None


@require_POST
@access.holding(MANAGE, fresh=True)
def end(request: access.Request, account: UUID) -> HttpResponse:
    """Sign an account out everywhere, but for oneself here."""
    found = known.managed_account(account, MANAGE, request.by, request.at)
    mine = request.session.session_key if str(found.pk) == request.by.id else None
    identity.end_sessions(found.pk, but=mine, by=request.by, at=request.at)
    return redirect("desk:admin_sessions")
