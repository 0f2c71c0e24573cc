"""What is done to a whole case: merging, taking apart, its clock."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from zhongshu.engine.cases import actions
from zhongshu.engine.cases.api.tasks import Sent, answer, router
from zhongshu.engine.cases.queries import one
from zhongshu.registers.people.api import Key


class ReasonIn(Sent):
    """Why, in 2 to 500 characters."""

    reason: str


class MergeIn(ReasonIn):
    """The number of the case to merge into."""

    into: str


class ExtendIn(ReasonIn):
    """How many more units of the task's own term."""

    amount: int


@router.post("/{case_id}/merge", response=None, auth=Key("case.merge"), summary="合并 Merge into another case")
def merge(request: HttpRequest, case_id: UUID, body: MergeIn) -> HttpResponse:
    """Join a running case to another about the same thing; who told of it is told how that one goes."""
    actions.merge(case_id, one.id_of(body.into), body.reason, by=request.auth, at=request.at)  # type: ignore[attr-defined]
    return answer({})


@router.post("/{case_id}/split", response=None, auth=Key("case.merge"), summary="拆分 Take a merged case apart")
def split(request: HttpRequest, case_id: UUID, body: ReasonIn) -> HttpResponse:
    """Undo a merge: the case goes on where it stood."""
    actions.split(case_id, body.reason, by=request.auth, at=request.at)  # type: ignore[attr-defined]
    return answer({})


@router.post("/{case_id}/suspend", response=None, auth=Key("case.read"), summary="申请挂起 Ask to suspend")
def suspend(request: HttpRequest, case_id: UUID, body: ReasonIn) -> HttpResponse:
    """Ask that the case's clock be stopped; another person grants it."""
    actions.ask_suspend(case_id, body.reason, by=request.auth, at=request.at)  # type: ignore[attr-defined]
    return answer({}, 202)


@router.post("/{case_id}/resume", response=None, auth=Key("case.read"), summary="恢复计时 Resume")
def resume(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Let the clock go on."""
    actions.resume(case_id, by=request.auth, at=request.at)  # type: ignore[attr-defined]
    return answer({})


@router.post("/{case_id}/tasks/{token}/extend", response=None, auth=Key("case.read"), summary="申请延期 Ask for time")
def extend(request: HttpRequest, case_id: UUID, token: int, body: ExtendIn) -> HttpResponse:
    """Ask for more time for an open task; another person grants it."""
    actions.ask_extend(case_id, token, body.amount, body.reason, by=request.auth, at=request.at)  # type: ignore[attr-defined]
    return answer({}, 202)
