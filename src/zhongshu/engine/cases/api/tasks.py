"""Machine door to cases and tasks: parse, call one action or query, answer."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema
from pydantic import BaseModel, ConfigDict

from zhongshu.base.http.refusals import Invalid
from zhongshu.base.permissions import rules as permissions
from zhongshu.engine.cases import actions
from zhongshu.engine.cases.queries import lists, one, traces, worklist
from zhongshu.engine.cases.rules.checks import Position
from zhongshu.engine.cases.rules.state import Change
from zhongshu.registers.people.api import Key
from zhongshu.registers.places import queries as places

router = Router(tags=["cases"])
MOST = 200
"""Cases on one page."""


class Sent(BaseModel):
    """What a machine sends: a field that is not known is told, for it may be a known one misspelt."""

    model_config = ConfigDict(extra="forbid")


class PositionIn(Sent):
    """Where the doer stands: WGS-84 degrees and when the device said so."""

    lon: float = Field(ge=-180, le=180)
    lat: float = Field(ge=-90, le=90)
    at: datetime | None = None


class CompleteIn(Sent):
    """The outcome of a task, in the terms of its questionnaire. `revision` is that of the case as last read."""

    answers: dict[str, Any] = {}
    position: PositionIn | None = None
    revision: int | None = None


class ClaimIn(Sent):
    """`revision` is that of the case as last read."""

    revision: int | None = None


class CaseOut(Schema):
    """A case in a list. Times are ISO 8601; `place` is a GB/T code; `body` the id of the responsible body."""

    id: UUID
    number: str
    title: str
    phase: str
    scenario: str
    category: str
    source: str
    opened: datetime
    due: datetime | None
    closed: datetime | None
    place: int
    lon: float | None
    lat: float | None
    address: str
    body: int | None


class PageOut(Schema):
    """Newest first; `next` is what to send as `after` for the following page."""

    cases: list[CaseOut]
    next: str | None


class TaskOut(Schema):
    """An open task: `token` names it within its case; `delegate` does it for its assignee.

    `signs` is the task it is a signature to, if it is one.
    """

    token: int
    element: str
    role: str
    assignee: UUID | None
    delegate: UUID | None
    opened: datetime
    due: datetime | None
    signs: int | None = None


class FullOut(CaseOut):
    """A case with its open tasks and its trace."""

    revision: int
    tasks: list[TaskOut]
    trace: list[dict[str, Any]]


class MovedOut(Schema):
    """Where the case stands after the step."""

    phase: str
    closed: datetime | None


def answer(value: Any, status: int = 200) -> HttpResponse:
    """JSON bytes straight from plain values: the schema documents them, hand-written queries shape them."""
    return HttpResponse(msgspec.json.encode(value), content_type="application/json", status=status)


@router.get("", response=PageOut, auth=Key("case.read"), summary="办件列表 List cases")
def list_cases(request: HttpRequest, after: str = "", running: bool = False, limit: int = lists.PAGE) -> HttpResponse:
    """The cases within the key's scope, newest first, at most 200 a page."""
    scope = permissions.scope(request.auth, "case.read", request.at)  # type: ignore[attr-defined]
    limit = min(max(limit, 1), MOST)
    rows = lists.page(scope, places.root(), running=running, after=lists.After.parse(after), limit=limit)
    following = str(lists.After(rows[-1].opened, rows[-1].id)) if len(rows) == limit else None
    return answer({"cases": rows, "next": following})


@router.get("/tasks", response=list[TaskOut], auth=Key("case.read"), summary="我的待办 My tasks")
def my_tasks(request: HttpRequest) -> HttpResponse:
    """The open tasks assigned to the key's account, earliest due first."""
    return answer(worklist.mine(request.auth))  # type: ignore[attr-defined]


@router.get("/{number}", response=FullOut, auth=Key("case.read"), summary="办件详情 One case")
def one_case(request: HttpRequest, number: str) -> HttpResponse:
    """One case with its open tasks and its trace. A case that is not yours to see answers as absent (404)."""
    view = actions.look(one.id_of(number), by=request.auth, at=request.at)  # type: ignore[attr-defined]
    tasks = [
        {
            "token": t.token, "element": t.element, "role": t.role, "assignee": t.assignee,
            "delegate": t.delegate, "opened": t.opened, "due": t.due, "signs": t.signs,
        }
        for t in view.open_tasks
    ]  # fmt: skip
    trace = traces.trace(view.row.id)
    return answer(msgspec.to_builtins(view.row) | {"revision": view.revision, "tasks": tasks, "trace": trace})


@router.post("/{case_id}/tasks/{token}/claim", response=None, auth=Key("case.read"), summary="领办 Claim a task")
def claim(request: HttpRequest, case_id: UUID, token: int, body: ClaimIn) -> HttpResponse:
    """Take an offered task, or accept the one assigned. 409 tells who was first and what happened meanwhile."""
    actions.claim(case_id, token, revision=body.revision, by=request.auth, at=request.at)  # type: ignore[attr-defined]
    return answer({})


@router.post("/{case_id}/tasks/{token}/arrive", response=None, auth=Key("case.read"), summary="到场 Arrive")
def arrive(request: HttpRequest, case_id: UUID, token: int, body: PositionIn) -> HttpResponse:
    """Say that one is at the place."""
    metres = actions.arrive(case_id, token, _position(body, request.at), by=request.auth, at=request.at)  # type: ignore[attr-defined]
    return answer({"metres": metres})


@router.post("/{case_id}/tasks/{token}/complete", response=MovedOut, auth=Key("case.read"), summary="办结环节 Complete")
def complete(request: HttpRequest, case_id: UUID, token: int, body: CompleteIn) -> HttpResponse:
    """Finish a task with its outcome; answers where the case stands then."""
    change = actions.complete(
        case_id, token, body.answers, position=_position(body.position, request.at),  # type: ignore[attr-defined]
        revision=body.revision, by=request.auth, at=request.at,  # type: ignore[attr-defined]
    )  # fmt: skip
    return moved(change)


def moved(change: Change) -> HttpResponse:
    """Where a case stands after a step, and the tasks it opened."""
    tasks = [{"token": t.token, "element": t.element, "assignee": t.assignee} for t in change.opened]
    return answer({"phase": change.phase, "closed": change.closed, "tasks": tasks})


def _position(given: PositionIn | None, at: datetime) -> Position | None:
    if given is None:
        return None
    moment = given.at or at
    if moment.tzinfo is None:
        raise Invalid("时间须带时区，例如 2026-01-31T08:00:00+08:00。", field="position")
    return Position(given.lon, given.lat, moment)
