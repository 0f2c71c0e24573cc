"""Versions of scenarios, and moving running cases to the newest: as at the desk; deciding stays with people there."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from django.http import HttpRequest, HttpResponse
from ninja import Schema

from zhongshu.base.http.refusals import Forbidden
from zhongshu.base.permissions import rules as permissions
from zhongshu.engine.cases.actions import migrating
from zhongshu.engine.cases.api.changes import ReasonIn
from zhongshu.engine.cases.api.tasks import Sent, answer, router
from zhongshu.engine.cases.models import Migration
from zhongshu.engine.cases.queries import migrations
from zhongshu.engine.cases.rules import migrating as rules
from zhongshu.registers.people.api import Key
from zhongshu.registers.places import queries as places


class VersionOut(Schema):
    """A version and how many running cases are in it."""

    scenario: str
    version: int
    loaded: datetime
    running: int


class BeginIn(Sent):
    """The code of the scenario."""

    scenario: str


class ChoiceIn(Sent):
    """What becomes of the cases of one shape: key of a question → code of an option; empty: choose anew."""

    shape: str
    answers: dict[str, str] = {}


class MigrationOut(Schema):
    """`state`: looking, drafted, running, stopped, done, dropped; `shapes`: what the dry run found."""

    id: UUID
    scenario: str
    version: int
    state: str
    total: int
    seen: int
    counts: dict[str, int]
    outcomes: dict[str, int]
    shapes: list[dict[str, Any]]


@router.get("/scenarios/versions", response=list[VersionOut], auth=Key(migrations.READ), summary="场景版本 Versions")
def list_versions(request: HttpRequest) -> HttpResponse:
    """Every scenario's newest version, and the older ones with running cases."""
    _seeing_all(request)
    return answer([version for rows in migrations.versions().values() for version in rows])


@router.post("/migrations/begin", response=MigrationOut, auth=Key(migrations.PROPOSE), summary="试算迁移 Begin")
def begin(request: HttpRequest, body: BeginIn) -> HttpResponse:
    """Look over the running cases in older versions of a scenario; nothing moves before it is approved."""
    return _shown(migrating.begin(body.scenario, by=request.auth, at=request.at))  # type: ignore[attr-defined]


@router.get("/migrations/{id}", response=MigrationOut, auth=Key(migrations.READ), summary="迁移进展 One migration")
def one(request: HttpRequest, id: UUID) -> HttpResponse:
    """What the dry run found, and how far it is."""
    _seeing_all(request)
    return _shown(migrations.one(id))


@router.post("/migrations/{id}/choices", response=MigrationOut, auth=Key(migrations.PROPOSE), summary="选择办法 Choose")
def choose(request: HttpRequest, id: UUID, body: ChoiceIn) -> HttpResponse:
    """Say what becomes of the cases of one shape."""
    migrating.choose(id, body.shape, body.answers, by=request.auth, at=request.at)  # type: ignore[attr-defined]
    return _shown(migrations.one(id))


@router.post("/migrations/{id}/propose", response={202: None}, auth=Key(migrations.PROPOSE), summary="提交审批 Propose")
def propose(request: HttpRequest, id: UUID, body: ReasonIn) -> HttpResponse:
    """Ask that it be done; a person decides at the desk."""
    migrating.propose(id, body.reason, by=request.auth, at=request.at)  # type: ignore[attr-defined]
    return answer({}, 202)


@router.post("/migrations/{id}/stop", response=None, auth=Key(migrations.PROPOSE), summary="停下 Stop")
def stop(request: HttpRequest, id: UUID) -> HttpResponse:
    """Stop after the cases that are being moved."""
    migrating.stop(id, by=request.auth, at=request.at)  # type: ignore[attr-defined]
    return answer({})


@router.post("/migrations/{id}/resume", response=None, auth=Key(migrations.PROPOSE), summary="继续 Resume")
def resume(request: HttpRequest, id: UUID) -> HttpResponse:
    """Go on where it was stopped."""
    migrating.resume(id, by=request.auth, at=request.at)  # type: ignore[attr-defined]
    return answer({})


@router.post("/migrations/{id}/drop", response=None, auth=Key(migrations.PROPOSE), summary="放弃 Give up")
def drop(request: HttpRequest, id: UUID) -> HttpResponse:
    """Give it up; what was moved stays moved."""
    migrating.drop(id, by=request.auth, at=request.at)  # type: ignore[attr-defined]
    return answer({})


@router.get(
    "/migrations/{id}/cases", response=list[dict[str, Any]], auth=Key(migrations.READ), summary="迁移的办件 Cases"
)
def migrated(request: HttpRequest, id: UUID, outcome: str = "moved", after: UUID = migrations.NOBODY) -> HttpResponse:
    """Fifty cases that `moved`, `stayed` or were `undone`, from after the one with the id `after`."""
    _seeing_all(request)
    return answer(migrations.rows(migrations.one(id).pk, outcome, after))


@router.post(
    "/migrations/{id}/cases/{case_id}/undo", response=None, auth=Key(migrations.PROPOSE), summary="恢复一件 Undo one"
)
def undo(request: HttpRequest, id: UUID, case_id: UUID, body: ReasonIn) -> HttpResponse:
    """Let a case stand where it stood before; 409 when something has been done to it since."""
    migrating.undo(id, case_id, body.reason, by=request.auth, at=request.at)  # type: ignore[attr-defined]
    return answer({})


def _seeing_all(request: HttpRequest) -> None:
    """A scenario is the whole city's: a part of it is not enough."""
    if not permissions.may(request.auth, migrations.READ, (places.root(),), request.at):  # type: ignore[attr-defined]
        raise Forbidden("场景版本由全市统一管理，请联系系统管理员。")


def _shown(held: Migration) -> HttpResponse:
    shapes = rules.read(held.shapes)
    return answer({
        "id": held.pk, "scenario": held.scenario, "version": held.version, "state": held.state, "total": held.total,
        "seen": held.seen, "counts": rules.totals(shapes.values()), "outcomes": migrations.outcomes(held.pk),
        "shapes": [_without_marking(shape) for shape in shapes.values()],
    })  # fmt: skip


def _without_marking(shape: rules.Shape) -> dict[str, Any]:
    return {name: value for name, value in msgspec.to_builtins(shape).items() if name != "marking"}
