"""Whistles: whom one called, what they answered; calling more, calling off, another lead, marks."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from django.http import HttpRequest, HttpResponse
from ninja import Field, Schema

from zhongshu.engine.cases import actions
from zhongshu.engine.cases.api.changes import ReasonIn
from zhongshu.engine.cases.api.tasks import Sent, answer, router
from zhongshu.engine.cases.queries import whistle
from zhongshu.engine.cases.rules.whistle import MOST_HOURS, Marks
from zhongshu.registers.people.api import Key


class CallIn(ReasonIn):
    """One more body; `hours` is its own limit, empty: the usual one; `lead`: it is to lead."""

    body: int
    hours: int | None = Field(None, ge=1, le=MOST_HOURS)
    lead: bool = False


class MarksIn(Sent):
    """From 1 to 5 each: how soon it came, what came of it, how it behaved."""

    response: int
    result: int
    attitude: int
    note: str = ""


class CallOut(Schema):
    """A called body. `state`: open, answered, refused, off (called off), ended (the rule was met without it)."""

    token: int
    body: int
    lead: bool
    state: str
    at: datetime
    due: datetime | None
    closed: datetime | None
    on_time: bool | None
    outcome: dict[str, Any]
    marks: dict[str, int] | None
    score: int | None


@router.get("/{case_id}/calls", response=list[CallOut], auth=Key("case.read"), summary="吹哨单位 Bodies called")
def calls(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The bodies whistles called to a case, with clocks, answers and marks."""
    actions.look(case_id, by=request.auth, at=request.at)  # type: ignore[attr-defined]
    return answer([_shown(call) for call in whistle.calls(case_id)])


@router.post("/{case_id}/calls", response=None, auth=Key("case.read"), summary="加点单位 Call one more body")
def call(request: HttpRequest, case_id: UUID, body: CallIn) -> HttpResponse:
    """Call one more body while the whistle is out; it answers by completing its task."""
    actions.call_body(
        case_id, body.body, body.reason, hours=body.hours, lead=body.lead, by=request.auth, at=request.at  # type: ignore[attr-defined]
    )  # fmt: skip
    return answer({})


@router.post("/{case_id}/calls/{token}/off", response=None, auth=Key("case.read"), summary="撤回点名 Call a body off")
def off(request: HttpRequest, case_id: UUID, token: int, body: ReasonIn) -> HttpResponse:
    """Call a body off that has not answered yet."""
    actions.call_off(case_id, token, body.reason, by=request.auth, at=request.at)  # type: ignore[attr-defined]
    return answer({})


@router.post("/{case_id}/calls/{token}/lead", response=None, auth=Key("case.read"), summary="另定牵头 Name a lead")
def lead(request: HttpRequest, case_id: UUID, token: int, body: ReasonIn) -> HttpResponse:
    """Make another of the bodies at work the lead."""
    actions.name_lead(case_id, token, body.reason, by=request.auth, at=request.at)  # type: ignore[attr-defined]
    return answer({})


@router.post("/{case_id}/calls/{token}/marks", response=None, auth=Key("case.read"), summary="评分 Give marks")
def marks(request: HttpRequest, case_id: UUID, token: int, body: MarksIn) -> HttpResponse:
    """Give a called body its marks, once."""
    given = Marks(body.response, body.result, body.attitude)
    actions.score_body(case_id, token, given, body.note, by=request.auth, at=request.at)  # type: ignore[attr-defined]
    return answer({})


def _shown(call: whistle.Call) -> dict[str, Any]:
    plain = {name: getattr(call, name) for name in ("token", "body", "lead", "state", "at", "due", "closed")}
    return plain | {
        "on_time": call.on_time, "outcome": call.outcome, "marks": msgspec.to_builtins(call.marks),
        "score": call.marks and call.marks.score,
    }  # fmt: skip
