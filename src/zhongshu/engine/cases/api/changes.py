"""What is done to a whole case: merging, taking apart, its clock."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from zhongshu.engine.cases import actions
from zhongshu.engine.cases.api.tasks import Sent, answer, router
from zhongshu.engine.cases.queries import one
from zhongshu.engine.cases.rules import sent as sending
from zhongshu.registers.people.api import Key


class ReasonIn(Sent):
    """Why, in 2 to 500 characters."""

    reason: str


class MergeIn(ReasonIn):
    """The number of the case to merge into."""

    into: str


class MessageIn(Sent):
    """A message by its name in the drawing, with its facts; `key` is the sender's own, sent twice it is one."""

    name: str
    facts: dict[str, Any] = {}
    key: str = ""


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


@router.post("/{case_id}/suspend", response={202: None}, auth=Key("case.read"), summary="申请挂起 Ask to suspend")
def suspend(request: HttpRequest, case_id: UUID, body: ReasonIn) -> HttpResponse:
    """Ask that the case's clock be stopped; another person grants it."""
    actions.ask_suspend(case_id, body.reason, by=request.auth, at=request.at)  # type: ignore[attr-defined]
    return answer({}, 202)


@router.post("/{case_id}/resume", response=None, auth=Key("case.read"), summary="恢复计时 Resume")
def resume(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Let the clock go on."""
    actions.resume(case_id, by=request.auth, at=request.at)  # type: ignore[attr-defined]
    return answer({})


@router.post(
    "/{case_id}/tasks/{token}/extend", response={202: None}, auth=Key("case.read"), summary="申请延期 Ask for time"
)
def extend(request: HttpRequest, case_id: UUID, token: int, body: ExtendIn) -> HttpResponse:
    """Ask for more time for an open task; another person grants it."""
    actions.ask_extend(case_id, token, body.amount, body.reason, by=request.auth, at=request.at)  # type: ignore[attr-defined]
    return answer({}, 202)


@router.post("/{case_id}/messages", response=None, auth=Key("case.message"), summary="发来消息 Bring a message")
def message(request: HttpRequest, case_id: UUID, body: MessageIn) -> HttpResponse:
    """Tell a case what it waits for: a payment, an answer; its facts stand in the case's data under the name."""
    sent = sending.Sent(body.key)
    actions.deliver(case_id, body.name, body.facts, sent=sent, by=request.auth, at=request.at)  # type: ignore[attr-defined]
    return answer({})


@router.post("/signals/{signal}", response={202: None}, auth=Key("case.message"), summary="发出信号 Give a signal")
def broadcast(request: HttpRequest, signal: str, body: ReasonIn) -> HttpResponse:
    """Let all running cases hear a signal that wait for it and that one may tell; they hear it within seconds."""
    actions.broadcast(signal, body.reason, by=request.auth, at=request.at)  # type: ignore[attr-defined]
    return answer({}, 202)
