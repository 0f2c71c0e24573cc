"""What is done about a case beside its tasks: what is missing is asked for and added, urging, ending it, tying it."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from django.http import HttpRequest, HttpResponse
from ninja import Schema

from zhongshu.engine.cases import actions
from zhongshu.engine.cases.api.changes import ReasonIn
from zhongshu.engine.cases.api.tasks import Sent, answer, router
from zhongshu.engine.cases.queries import links, one
from zhongshu.engine.cases.queries import supplement as lists
from zhongshu.engine.cases.rules import supplement
from zhongshu.registers.people.api import Key


class ItemIn(Sent):
    """What is missing, and why it is needed, in up to 200 characters each."""

    what: str
    why: str


class SupplementIn(Sent):
    """Everything that is missing, up to 20 items. `revision` is that of the case as last read."""

    items: list[ItemIn]
    revision: int | None = None


class AnswersIn(Sent):
    """For each item, counted from 1, `text_1` and `photos_1` (ids of photos), either or both."""

    answers: dict[str, Any]


class UrgeIn(ReasonIn):
    """`revision` is that of the case as last read."""

    revision: int | None = None


class LinkIn(Sent):
    """The other case's number, and what this one is to it: related, follows, part, applicant or place."""

    other: str
    kind: str
    note: str = ""


class SupplementOut(Schema):
    """A list of what was missing. `ending`: null (the applicant is waited for), answered, lapsed or dropped."""

    number: int
    token: int
    items: list[dict[str, str]]
    law: str
    at: datetime
    due: datetime
    ended: datetime | None
    ending: str | None
    answers: list[dict[str, Any]]


class LinkOut(Schema):
    """A tied case you may see too; `own`: the kind is seen from this case, else from the other."""

    number: str
    kind: str
    own: bool
    note: str
    at: datetime


@router.get(
    "/{case_id}/supplements", response=list[SupplementOut], auth=Key("case.read"), summary="补正 What was missing"
)
def supplements(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What the applicant was asked to add, and what came."""
    actions.look(case_id, by=request.auth, at=request.at)  # type: ignore[attr-defined]
    names = ("number", "token", "items", "law", "at", "due", "ended", "ending", "answers")
    found = [{name: msgspec.to_builtins(getattr(kept, name)) for name in names} for kept in lists.of_case(case_id)]
    return answer(found)


@router.post(
    "/{case_id}/tasks/{token}/supplement", response=None, auth=Key("case.read"), summary="一次性告知 Ask for more"
)
def ask_supplement(request: HttpRequest, case_id: UUID, token: int, body: SupplementIn) -> HttpResponse:
    """Ask the applicant for everything that is missing, once; the clock stands still until it comes."""
    asked = supplement.items((item.what, item.why) for item in body.items)
    actions.ask_supplement(case_id, token, asked, revision=body.revision, by=request.auth, at=request.at)  # type: ignore[attr-defined]
    return answer({})


@router.post("/{case_id}/supplement", response=None, auth=Key("case.report"), summary="提交补正 Add what is missing")
def answer_supplement(request: HttpRequest, case_id: UUID, body: AnswersIn) -> HttpResponse:
    """Add everything that was asked for, by the account that reported."""
    actions.answer_supplement(case_id, body.answers, by=request.auth, at=request.at)  # type: ignore[attr-defined]
    return answer({})


@router.post("/{case_id}/supplement/drop", response=None, auth=Key("case.read"), summary="不再等待 Wait no longer")
def drop_supplement(request: HttpRequest, case_id: UUID, body: ReasonIn) -> HttpResponse:
    """Wait for the applicant no longer; the clock goes on."""
    actions.drop_supplement(case_id, body.reason, by=request.auth, at=request.at)  # type: ignore[attr-defined]
    return answer({})


@router.post("/{case_id}/supplement/withdrawn", response=None, auth=Key("case.read"), summary="视为撤回 Deem withdrawn")
def deem_withdrawn(request: HttpRequest, case_id: UUID, body: ReasonIn) -> HttpResponse:
    """End a case whose applicant added nothing in time, where its scenario has that."""
    actions.deem_withdrawn(case_id, body.reason, by=request.auth, at=request.at)  # type: ignore[attr-defined]
    return answer({})


@router.post("/{case_id}/tasks/{token}/urge", response=None, auth=Key("case.read"), summary="催办 Urge")
def urge(request: HttpRequest, case_id: UUID, token: int, body: UrgeIn) -> HttpResponse:
    """Urge who has a task; needs `case.assign` over the case, or to have blown the whistle it answers."""
    actions.urge(case_id, token, body.reason, revision=body.revision, by=request.auth, at=request.at)  # type: ignore[attr-defined]
    return answer({})


@router.post("/{case_id}/withdraw", response=None, auth=Key("case.report"), summary="撤回 Withdraw")
def withdraw(request: HttpRequest, case_id: UUID, body: ReasonIn) -> HttpResponse:
    """Take back what your account reported, before it is decided and if nobody else told of it."""
    actions.withdraw(case_id, body.reason, by=request.auth, at=request.at)  # type: ignore[attr-defined]
    return answer({})


@router.post("/{case_id}/cancel", response=None, auth=Key("case.assign"), summary="撤销 Cancel")
def cancel(request: HttpRequest, case_id: UUID, body: UrgeIn) -> HttpResponse:
    """End a case that should not be handled any further."""
    actions.cancel(case_id, body.reason, revision=body.revision, by=request.auth, at=request.at)  # type: ignore[attr-defined]
    return answer({})


@router.get("/{case_id}/links", response=list[LinkOut], auth=Key("case.read"), summary="关联办件 Linked cases")
def linked(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The cases tied to this one, as far as you may see them."""
    by, at = request.auth, request.at  # type: ignore[attr-defined]
    actions.look(case_id, by=by, at=at)
    found = links.of_case(case_id, by, at)
    return answer([
        {"number": one.row.number, "kind": one.kind, "own": one.own, "note": one.note, "at": one.at} for one in found
    ])  # fmt: skip


@router.post("/{case_id}/links", response=None, auth=Key("case.read"), summary="关联 Link")
def link(request: HttpRequest, case_id: UUID, body: LinkIn) -> HttpResponse:
    """Tie two cases that have to do with each other."""
    by, at = request.auth, request.at  # type: ignore[attr-defined]
    actions.link(case_id, one.id_of(body.other), body.kind, body.note, by=by, at=at)
    return answer({})


@router.post("/{case_id}/links/{number}/off", response=None, auth=Key("case.read"), summary="解除关联 Unlink")
def unlink(request: HttpRequest, case_id: UUID, number: str) -> HttpResponse:
    """Untie two cases."""
    actions.unlink(case_id, one.id_of(number), by=request.auth, at=request.at)  # type: ignore[attr-defined]
    return answer({})
