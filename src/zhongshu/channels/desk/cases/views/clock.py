"""Asking that a case's clock be stopped or lengthened, granting it, letting it go on."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from zhongshu.base.approvals import actions as approvals
from zhongshu.base.http import access
from zhongshu.base.http.refusals import Absent, Invalid
from zhongshu.channels.desk.cases.views.outcomes import with_reason
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.rules.state import WHOLE


@access.holding("desk.open")
@require_POST
def suspend(request: access.Request, number: str) -> HttpResponse:
    """Ask that the clock be stopped."""

    def act(case_id: UUID, reason: str) -> None:
        cases.ask_suspend(case_id, reason, by=request.by, at=request.at)

    return with_reason(request, number, WHOLE, "suspend", act)


@access.holding("desk.open")
@require_POST
def extend(request: access.Request, number: str, token: int) -> HttpResponse:
    """Ask for more time for a task."""

    def act(case_id: UUID, reason: str) -> None:
        cases.ask_extend(case_id, token, _amount(request), reason, by=request.by, at=request.at)

    return with_reason(request, number, token, "extend", act)


def _amount(request: access.Request) -> int:
    text = request.POST.get("amount", "").strip()
    if not (text.isascii() and text.isdecimal() and len(text) < 7):
        raise Invalid("请填写要延长多少，须为整数。", field="amount")
    return int(text)


@access.holding("desk.open")
@require_POST
def resume(request: access.Request, number: str) -> HttpResponse:
    """Let the clock go on."""

    def act(case_id: UUID, reason: str) -> None:
        cases.resume(case_id, by=request.by, at=request.at)

    return with_reason(request, number, WHOLE, "resume", act)


@access.holding("desk.open")
@require_POST
def decide(request: access.Request, number: str, proposal: UUID) -> HttpResponse:
    """Grant what was asked for, or refuse it with a reason."""

    def act(case_id: UUID, reason: str) -> None:
        go = request.POST.get("go")
        if go not in ("approve", "refuse"):
            raise Absent("没有找到这个申请。")
        approvals.decide(proposal, go == "approve", reason, by=request.by, at=request.at)

    return with_reason(request, number, WHOLE, "decide", act)
