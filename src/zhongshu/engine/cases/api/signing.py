"""Signatures: asking, listing, reminding, calling off, answering. One is given by completing its task."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Schema

from zhongshu.engine.cases import actions
from zhongshu.engine.cases.api.changes import ReasonIn
from zhongshu.engine.cases.api.tasks import Sent, answer, router
from zhongshu.engine.cases.queries import signing
from zhongshu.engine.cases.rules.signing import Wanted
from zhongshu.registers.people.api import Key


class SignIn(Sent):
    """Whom to ask (an account or a body) what, within how many hours. `revision` is that of the case as last read."""

    question: str
    account: UUID | None = None
    body: int | None = None
    hours: int | None = None
    revision: int | None = None


class ReplyIn(Sent):
    """What becomes of a disagreement, in 2 to 500 characters."""

    reply: str


class AskedOut(Schema):
    """The token of the signature's own task."""

    token: int


class SignatureOut(Schema):
    """A signature: its own task (`token`), the task it is given to, and what was answered in terms of its form."""

    token: int
    task: int
    account: UUID | None
    body: int | None
    question: str
    asked: datetime
    due: datetime | None
    state: Literal["open", "signed", "off", "ended"]
    closed: datetime | None
    closed_by: UUID | None
    outcome: dict[str, Any]
    reply: str


@router.get("/{case_id}/signatures", response=list[SignatureOut], auth=Key("case.read"), summary="会签 Signatures")
def signatures(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The signatures that were asked for in a case, first asked first."""
    actions.look(case_id, by=request.auth, at=request.at)  # type: ignore[attr-defined]
    return answer(
        [{name: getattr(one, name) for name in SignatureOut.__annotations__} for one in signing.signatures(case_id)]
    )


@router.post(
    "/{case_id}/tasks/{token}/signatures", response=AskedOut, auth=Key("case.read"), summary="请求会签 Ask to sign"
)
def ask(request: HttpRequest, case_id: UUID, token: int, body: SignIn) -> HttpResponse:
    """Ask somebody, or whoever leads a body, to sign an open task; it waits until they have."""
    wanted = Wanted(body.question, str(body.account) if body.account else "", body.body, body.hours)
    change = actions.ask_signature(
        case_id, token, wanted, revision=body.revision, by=request.auth, at=request.at  # type: ignore[attr-defined]
    )  # fmt: skip
    return answer({"token": change.opened[0].token})


@router.post("/{case_id}/signatures/{token}/off", response=None, auth=Key("case.read"), summary="撤回会签 Call off")
def off(request: HttpRequest, case_id: UUID, token: int, body: ReasonIn) -> HttpResponse:
    """Call off a signature that has not been given yet."""
    actions.call_off_signature(case_id, token, body.reason, by=request.auth, at=request.at)  # type: ignore[attr-defined]
    return answer({})


@router.post("/{case_id}/signatures/{token}/remind", response=None, auth=Key("case.read"), summary="提醒会签 Remind")
def remind(request: HttpRequest, case_id: UUID, token: int) -> HttpResponse:
    """Remind whoever has not signed yet, once an hour at most."""
    actions.remind_signer(case_id, token, by=request.auth, at=request.at)  # type: ignore[attr-defined]
    return answer({})


@router.post("/{case_id}/signatures/{token}/reply", response=None, auth=Key("case.read"), summary="答复会签 Answer")
def reply(request: HttpRequest, case_id: UUID, token: int, body: ReplyIn) -> HttpResponse:
    """Say what becomes of a disagreement."""
    actions.answer_signature(case_id, token, body.reply, by=request.auth, at=request.at)  # type: ignore[attr-defined]
    return answer({})
