"""Work that goes into other hands: delegated, handed back, taken over, and the same done to many tasks."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from ninja import Field, Schema

from zhongshu.base.http.refusals import Absent
from zhongshu.engine.cases import actions
from zhongshu.engine.cases.actions import Given, handing_over
from zhongshu.engine.cases.api.changes import ReasonIn
from zhongshu.engine.cases.api.tasks import Sent, answer, router
from zhongshu.engine.cases.queries import handovers
from zhongshu.engine.cases.rules.bulk import MOST, Picked, Result, Verb
from zhongshu.registers.people.api import Key


class HandIn(ReasonIn):
    """`revision` is that of the case as last read."""

    revision: int | None = None


class DelegateIn(HandIn):
    """To whom."""

    account: UUID


class BackIn(HandIn):
    """Whether the delegate has finished the work."""

    finished: bool = False


class PickedIn(Sent):
    """A task, with the revision of its case as last read."""

    case_id: UUID
    token: int
    revision: int


class BulkIn(Sent):
    """What to do to which tasks; `reason` for release and assign, `account` for assign, `answers` for complete."""

    verb: Verb
    rows: list[PickedIn] = Field(max_length=MOST)
    reason: str = ""
    account: UUID | None = None
    answers: dict[str, Any] = {}


class RowOut(Schema):
    """What came of one task: done, or the status and sentence it was refused with."""

    case_id: UUID
    token: int
    done: bool
    status: int
    error: str


class HandOverIn(ReasonIn):
    """The successor; none: back to where the tasks were offered."""

    successor: UUID | None = None


class HandOverOut(Schema):
    """How far a handover is; `rows`: outcome (given, offered, back, refused) → tasks; `held`: what is left."""

    id: UUID
    finished: bool
    rows: dict[str, int]
    held: int


@router.post("/{case_id}/tasks/{token}/delegate", response=None, auth=Key("case.read"), summary="委托办理 Delegate")
def delegate(request: HttpRequest, case_id: UUID, token: int, body: DelegateIn) -> HttpResponse:
    """Let somebody else do a task of the key's account, which goes on answering for it."""
    actions.delegate(
        case_id, token, body.account, body.reason, revision=body.revision, by=request.auth, at=request.at  # type: ignore[attr-defined]
    )  # fmt: skip
    return answer({})


@router.post("/{case_id}/tasks/{token}/hand-back", response=None, auth=Key("case.read"), summary="交回委托 Hand back")
def hand_back(request: HttpRequest, case_id: UUID, token: int, body: BackIn) -> HttpResponse:
    """Hand a delegated task back, finished or not, or call it back."""
    actions.hand_back(
        case_id, token, body.reason, finished=body.finished, revision=body.revision, by=request.auth, at=request.at  # type: ignore[attr-defined]
    )  # fmt: skip
    return answer({})


@router.post("/{case_id}/tasks/{token}/take-over", response=None, auth=Key("case.assign"), summary="接管 Take over")
def take_over(request: HttpRequest, case_id: UUID, token: int, body: HandIn) -> HttpResponse:
    """Take an open task from who has it."""
    actions.take_over(case_id, token, body.reason, revision=body.revision, by=request.auth, at=request.at)  # type: ignore[attr-defined]
    return answer({})


@router.post("/tasks/bulk", response=list[RowOut], auth=Key("case.read"), summary="批量办理 Do the same to many tasks")
def bulk(request: HttpRequest, body: BulkIn) -> HttpResponse:
    """Claim, release, assign or complete up to 100 tasks, each on its own; answers what came of each, in order."""
    rows = [Picked(row.case_id, row.token, row.revision) for row in body.rows]
    given = Given(body.reason, body.account, body.answers)
    results = actions.bulk(body.verb, rows, given, by=request.auth, at=request.at)  # type: ignore[attr-defined]
    return answer([_shown(result) for result in results])


@router.post(
    "/handovers/{account}", response={202: HandOverOut}, auth=Key("case.hand_over"), summary="工作移交 Hand over"
)
def hand_over(request: HttpRequest, account: UUID, body: HandOverIn) -> HttpResponse:
    """Have all open work of an account handed over; a job does it, reading this address tells how far it is."""
    made = actions.hand_over(account, body.successor, body.reason, by=request.auth, at=request.at)  # type: ignore[attr-defined]
    return answer({"id": made.id, "finished": False, "rows": {}, "held": handovers.held(account)}, 202)


@router.get("/handovers/{account}", response=HandOverOut, auth=Key("case.hand_over"), summary="移交进度 Progress")
def handover(request: HttpRequest, account: UUID) -> HttpResponse:
    """How the last handover of an account's work goes."""
    handing_over.leaver_of(account, request.auth, request.at)  # type: ignore[attr-defined]
    last = handovers.newest(account)
    if last is None:
        raise Absent("没有移交过这个人员的工作。")
    rows, held = handovers.counted(last.id), handovers.held(account)
    return answer({"id": last.id, "finished": last.finished is not None, "rows": rows, "held": held})


def _shown(result: Result) -> dict[str, Any]:
    refusal = result.refusal
    return {
        "case_id": result.picked.case_id, "token": result.picked.token, "done": result.done,
        "status": refusal.status if refusal else 200,
        "error": gettext(refusal.sentence).format(**refusal.gaps) if refusal else "",
    }  # fmt: skip
