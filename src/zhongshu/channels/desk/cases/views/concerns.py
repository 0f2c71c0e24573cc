"""What is done about a case beside its tasks: urging, cancelling, tying it to another."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from zhongshu.base.http import access
from zhongshu.base.http.refusals import Absent, Conflict, Forbidden, Invalid
from zhongshu.channels.desk.cases import forms
from zhongshu.channels.desk.cases.views.one import seen
from zhongshu.channels.desk.cases.views.outcomes import not_done, with_reason
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.queries import one
from zhongshu.engine.cases.rules.state import WHOLE


@access.holding("desk.open")
@require_POST
def urge(request: access.Request, number: str, token: int) -> HttpResponse:
    """Urge who has a task, with the reason."""

    def act(case_id: UUID, reason: str) -> None:
        cases.urge(case_id, token, reason, revision=forms.revision(request), by=request.by, at=request.at)

    return with_reason(request, number, token, "urge", act)


@access.holding("desk.open")
@require_POST
def cancel(request: access.Request, number: str) -> HttpResponse:
    """End the case, with the reason."""

    def act(case_id: UUID, reason: str) -> None:
        cases.cancel(case_id, reason, revision=forms.revision(request), by=request.by, at=request.at)

    return with_reason(request, number, WHOLE, "cancel", act)


@access.holding("desk.open")
@require_POST
def link(request: access.Request, number: str) -> HttpResponse:
    """Tie the case to the one whose number is typed; what is typed as the reason is the note."""

    def act(case_id: UUID, note: str) -> None:
        other, kind = request.POST.get("other", "")[:40], request.POST.get("kind", "")
        try:
            cases.link(case_id, one.id_of(other), kind, note, by=request.by, at=request.at)
        except Absent:
            raise Invalid("没有找到这个编号的办件，请核对。", field="other") from None

    return with_reason(request, number, WHOLE, "link", act)


@access.holding("desk.open")
@require_POST
def unlink(request: access.Request, number: str, other: str) -> HttpResponse:
    """Untie two cases."""
    found = seen(request, number)
    try:
        cases.unlink(found.row.id, seen(request, other).row.id, by=request.by, at=request.at)
    except (Conflict, Forbidden) as refusal:
        return not_done(request, found, refusal, [])
    return redirect("desk:case", found.row.number)
