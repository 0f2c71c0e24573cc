"""Going back: returning, recalling, opening again."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Schema

from zhongshu.engine.cases import actions
from zhongshu.engine.cases.api.changes import ReasonIn
from zhongshu.engine.cases.api.tasks import MovedOut, answer, moved, router
from zhongshu.engine.cases.rules.going_back import Way
from zhongshu.engine.cases.rules.state import OpenTask
from zhongshu.registers.people.api import Key


class ReturnIn(ReasonIn):
    """The task to go back to. `revision` is that of the case as last read."""

    to: str
    revision: int | None = None


class BesideOut(Schema):
    """An open task beside a way back."""

    token: int
    element: str
    assignee: UUID | None


class WayOut(Schema):
    """A task one may go back to: who did it when, which open tasks that withdraws and which stay."""

    to: str
    by: UUID
    done: datetime
    withdrawn: list[BesideOut]
    kept: list[BesideOut]


@router.get(
    "/{case_id}/tasks/{token}/back", response=list[WayOut], auth=Key("case.read"), summary="可退回的环节 Ways back"
)
def ways_back(request: HttpRequest, case_id: UUID, token: int) -> HttpResponse:
    """Where the case may go back to from an open task, and what that would do; nothing is done."""
    return _ways(actions.ways_back(case_id, token, by=request.auth, at=request.at))  # type: ignore[attr-defined]


@router.post("/{case_id}/tasks/{token}/back", response=MovedOut, auth=Key("case.read"), summary="退回 Return")
def send_back(request: HttpRequest, case_id: UUID, token: int, body: ReturnIn) -> HttpResponse:
    """Return the case to an earlier task; 409 tells what happened meanwhile."""
    change = actions.send_back(
        case_id, token, body.to, body.reason, revision=body.revision, by=request.auth, at=request.at  # type: ignore[attr-defined]
    )  # fmt: skip
    return moved(change)


@router.post("/{case_id}/tasks/{token}/recall", response=MovedOut, auth=Key("case.read"), summary="收回 Recall")
def recall(request: HttpRequest, case_id: UUID, token: int, body: ReasonIn) -> HttpResponse:
    """Take back a task one has just done, while nobody has begun what followed."""
    return moved(actions.recall(case_id, token, body.reason, by=request.auth, at=request.at))  # type: ignore[attr-defined]


@router.get("/{case_id}/reopen", response=list[WayOut], auth=Key("case.read"), summary="可重新办理的环节 Ways again")
def ways_again(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """At which tasks a closed case may be opened again; nothing is done."""
    return _ways(actions.ways_again(case_id, by=request.auth, at=request.at))  # type: ignore[attr-defined]


@router.post("/{case_id}/reopen", response=MovedOut, auth=Key("case.read"), summary="重新办理 Reopen")
def reopen(request: HttpRequest, case_id: UUID, body: ReturnIn) -> HttpResponse:
    """Open a closed case again at a task that was done in it."""
    return moved(actions.reopen(case_id, body.to, body.reason, by=request.auth, at=request.at))  # type: ignore[attr-defined]


def _ways(ways: Iterable[Way]) -> HttpResponse:
    return answer(
        [
            {
                "to": way.to.element, "by": way.to.by, "done": way.to.closed, "withdrawn": _beside(way.withdrawn),
                "kept": _beside(way.kept),
            }
            for way in ways
        ]
    )  # fmt: skip


def _beside(tasks: Iterable[OpenTask]) -> list[dict[str, object]]:
    return [{"token": task.token, "element": task.element, "assignee": task.assignee} for task in tasks]
