"""Merging a case into another that is the same thing, taking it apart again, closing one that was no thing at all."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from zhongshu.base.http import access
from zhongshu.base.http.refusals import Absent, Invalid
from zhongshu.channels.desk.cases.views.outcomes import with_reason
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.queries import one
from zhongshu.engine.cases.rules.state import WHOLE


@access.holding("desk.open")
@require_POST
def merge(request: access.Request, number: str) -> HttpResponse:
    """Merge this case into the one chosen, or typed by its number."""
    typed = (request.POST.get("other", "").strip() or request.POST.get("into", ""))[:40]

    def act(case_id: UUID, reason: str) -> None:
        cases.merge(case_id, _into(typed), reason, by=request.by, at=request.at)

    return with_reason(request, number, WHOLE, "merge", act)


@access.holding("desk.open")
@require_POST
def split(request: access.Request, number: str) -> HttpResponse:
    """Take this case out of the one it was merged into."""

    def act(case_id: UUID, reason: str) -> None:
        cases.split(case_id, reason, by=request.by, at=request.at)

    return with_reason(request, number, WHOLE, "split", act)


@access.holding("desk.open")
@require_POST
def close_retracted(request: access.Request, number: str) -> HttpResponse:
    """Close a case whose alarms were all taken back."""

    def act(case_id: UUID, reason: str) -> None:
        cases.close_retracted(case_id, reason, by=request.by, at=request.at)

    return with_reason(request, number, WHOLE, "false", act)


def _into(number: str) -> UUID:
    try:
        return one.id_of(number)
    except Absent:
        raise Invalid("请选择要并入的办件，或填写它的编号。", field="into") from None
