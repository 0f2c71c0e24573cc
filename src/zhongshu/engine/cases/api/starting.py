"""Starting a case that no report begins, and the bodies asked in it: what they answered, one more, one no longer."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Schema

from zhongshu.engine.cases import actions
from zhongshu.engine.cases.api.changes import ReasonIn
from zhongshu.engine.cases.api.tasks import MovedOut, Sent, answer, moved, router
from zhongshu.engine.cases.queries import answers, scenarios
from zhongshu.engine.cases.queries.answers import Row
from zhongshu.engine.cases.rules.starting import Start
from zhongshu.registers.people.api import Key


class StartIn(Sent):
    """A case to start in a scenario that programs may start. `key` is your own id for it: sending it again starts
    nothing new. `answers` answer the scenario's questionnaire; `category` only where the scenario asks for one.
    """

    scenario: str
    key: str
    answers: dict[str, Any] = {}
    category: str = ""


class StartedTaskOut(Schema):
    """A task that waits, and whose it is (null: anybody's of its role)."""

    token: int
    element: str
    assignee: str | None


class StartedOut(Schema):
    """The case that was started; `again` when this key had been sent before."""

    case_id: str
    number: str
    again: bool
    tasks: list[StartedTaskOut]


class AskIn(ReasonIn):
    """One more body to ask."""

    body: int


class UrgedOut(Schema):
    """How many bodies were urged."""

    urged: int


class AnswerOut(Schema):
    """A body that was asked by the task `element`. `state`: open, answered, missing (the asking ended without it),
    dropped; `outcome` in the terms of the task's form.
    """

    token: int
    element: str
    body: int
    state: str
    opened: datetime
    due: datetime | None
    closed: datetime | None
    late: bool
    outcome: dict[str, Any]


@router.post(
    "", response={200: StartedOut, 201: StartedOut}, auth=Key("case.report"), summary="发起办件 Start a case"
)  # fmt: skip
def start(request: HttpRequest, body: StartIn) -> HttpResponse:
    """Start a case where your body is; 200 instead of 201 when its key was known."""
    asked = Start(body.key, "program", body.answers, body.category)
    opened = actions.start(scenarios.newest(body.scenario), asked, by=request.auth, at=request.at)  # type: ignore[attr-defined]
    tasks = [{"token": t.token, "element": t.element, "assignee": t.assignee} for t in opened.tasks]
    shown = {"case_id": opened.case_id, "number": opened.number, "again": opened.again, "tasks": tasks}
    return answer(shown, 200 if opened.again else 201)


@router.get("/{case_id}/answers", response=list[AnswerOut], auth=Key("case.read"), summary="征询答复 Answers of bodies")
def answered(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The bodies a case asked, with clocks and answers."""
    found = actions.look(case_id, by=request.auth, at=request.at)  # type: ignore[attr-defined]
    rounds = answers.rounds(case_id, found.scenario)
    return answer([_shown(row, request.at) for round_ in rounds for row in round_.rows])  # type: ignore[attr-defined]


@router.post(
    "/{case_id}/asked/{element}", response=MovedOut, auth=Key("case.read"), summary="加请单位 Ask one more body"
)
def ask(request: HttpRequest, case_id: UUID, element: str, body: AskIn) -> HttpResponse:
    """Ask one more body while others are still awaited; for who started the case or runs the shift."""
    return moved(actions.ask_body(case_id, element, body.body, body.reason, by=request.auth, at=request.at))  # type: ignore[attr-defined]


@router.post("/{case_id}/tasks/{token}/drop", response=MovedOut, auth=Key("case.read"), summary="不再征询 Drop a body")
def drop(request: HttpRequest, case_id: UUID, token: int, body: ReasonIn) -> HttpResponse:
    """Ask a body no longer that has not answered yet."""
    return moved(actions.drop_body(case_id, token, body.reason, by=request.auth, at=request.at))  # type: ignore[attr-defined]


@router.post(
    "/{case_id}/asked/{element}/urge", response=UrgedOut, auth=Key("case.read"), summary="催办征询 Urge who is missing"
)
def urge(request: HttpRequest, case_id: UUID, element: str, body: ReasonIn) -> HttpResponse:
    """Urge all bodies that have not answered, but those urged within the hour."""
    return answer({"urged": actions.urge_missing(case_id, element, body.reason, by=request.auth, at=request.at)})  # type: ignore[attr-defined]


def _shown(row: Row, at: datetime) -> dict[str, Any]:
    names = ("token", "element", "body", "state", "opened", "due", "closed", "outcome")
    return {name: getattr(row, name) for name in names} | {"late": row.late(at)}
