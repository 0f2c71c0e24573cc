"""Work that goes into other hands: delegated, handed back, taken over."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from zhongshu.base.http import access
from zhongshu.channels.desk.cases import forms
from zhongshu.channels.desk.cases.views.outcomes import with_reason
from zhongshu.engine.cases import actions as cases


@access.holding("desk.open")
@require_POST
def delegate(request: access.Request, number: str, token: int) -> HttpResponse:
    """Let somebody else do one's task."""

    def act(case_id: UUID, reason: str) -> None:
        account, revision = forms.account(request), forms.revision(request)
        cases.delegate(case_id, token, account, reason, revision=revision, by=request.by, at=request.at)

    return with_reason(request, number, token, "delegate", act)


@access.holding("desk.open")
@require_POST
def hand_back(request: access.Request, number: str, token: int) -> HttpResponse:
    """Give a delegated task back, finished or not, or call it back."""

    def act(case_id: UUID, reason: str) -> None:
        finished, revision = request.POST.get("finished") == "yes", forms.revision(request)
        cases.hand_back(case_id, token, reason, finished=finished, revision=revision, by=request.by, at=request.at)

    return with_reason(request, number, token, "hand_back", act)


@access.holding("desk.open")
@require_POST
def take_over(request: access.Request, number: str, token: int) -> HttpResponse:
    """Take a task from who has it."""

    def act(case_id: UUID, reason: str) -> None:
        cases.take_over(case_id, token, reason, revision=forms.revision(request), by=request.by, at=request.at)

    return with_reason(request, number, token, "take_over", act)
