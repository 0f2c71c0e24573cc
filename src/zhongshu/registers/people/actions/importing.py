"""Taking a file of an organisation in: asked for after a preview, done by a job, a row a transaction."""

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, OperationalError, transaction
from django.db.models import F
from procrastinate.contrib.django import app

from zhongshu.base.http.refusals import Conflict, Forbidden, Refusal
from zhongshu.base.journal import actions as journal
from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.rules import Actor
from zhongshu.registers.people import queries
from zhongshu.registers.people.actions import bodies, grants, staff
from zhongshu.registers.people.models import Account, Body, Import, ImportRow
from zhongshu.registers.people.queries import importing
from zhongshu.registers.people.queries.importing import Known
from zhongshu.registers.people.rules.grants import Wanted
from zhongshu.registers.people.rules.organisation.plan import Fate, KnownBody
from zhongshu.registers.people.rules.organisation.rows import body_row, staff_row

log = logging.getLogger(__name__)

JOB = "people.take_in"
BATCH = 200


@transaction.atomic
def ask_import(kind: str, content: bytes, *, basis: str, by: Actor, at: datetime) -> Import:
    """Have a file taken in by a job: the very file whose preview was seen (`basis`, its digest).

    Rows that are wrong now are kept as such. One file at a time for each person.
    """
    if not permissions.holds_anywhere(by, importing.PERMISSIONS[kind], at):
        raise Forbidden("您的岗位没有这个页面的权限。如有需要，请联系系统管理员。")
    seen = importing.preview(kind, content, by=by, at=at)
    if seen.digest != basis:
        raise Conflict("这个文件与检查过的不是同一个，请重新检查。", field="file")
    try:
        with transaction.atomic():
            made = Import.objects.create(kind=kind, digest=seen.digest, actor=by.id, asked=at, rows=len(seen.fates))
    except IntegrityError:
        raise Conflict("您的上一个文件还在导入，请等它完成。") from None
    ImportRow.objects.bulk_create([_kept(made, fate) for fate in seen.fates], batch_size=2_000)
    settled = seen.count("wrong") + seen.count("same")
    Import.objects.filter(pk=made.pk).update(done=settled)
    _record(made, "people.import_asked", by, at, rows=made.rows)
    app.configure_task(JOB).defer(wanted=str(made.pk))
    return made


def _kept(made: Import, fate: Fate) -> ImportRow:
    """A row as it waits; one that is settled already keeps nothing of what it said."""
    row = ImportRow(import_id=made.pk, number=fate.number, cells=dict(fate.cells))
    if fate.outcome in ("wrong", "same"):
        problem = next(iter(fate.problems.values()), None)
        row.outcome, row.cells = fate.outcome, {}
        row.sentence, row.gaps = (problem.sentence, _plain(problem.gaps)) if problem else ("", {})
    return row


def take_in(wanted: UUID, *, at: datetime) -> None:
    """Take the rows in that wait, in order; taken up again it goes on where it stopped."""
    asked = Import.objects.get(pk=wanted)
    by = queries.actor(asked.actor, at)
    while waiting := list(ImportRow.objects.filter(import_id=wanted, outcome="").order_by("number")[:BATCH]):
        if by is None:
            for row in waiting:
                _settle(asked, row, "wrong", Conflict("导入人的账号已停用，没有导入。"))
        else:
            _take_batch(asked, waiting, by, at)
    _finish(asked, by or Actor(str(asked.actor), "", "staff"), at)


def _take_batch(asked: Import, waiting: Sequence[ImportRow], by: Actor, at: datetime) -> None:
    """What was true at the preview is looked at again: for the batch here, for the row by the verb that writes it."""
    listed = [(row.number, row.cells) for row in waiting]
    known = importing.known_for(asked.kind, listed, by=by, at=at)
    for row in waiting:
        _tried(asked, row, known, by, at)


def _tried(asked: Import, row: ImportRow, known: Known, by: Actor, at: datetime) -> None:
    """One row; one that breaks is kept as wrong, so that it holds up no other."""
    try:
        _take(asked, row, known, by, at)
    except Refusal as problem:
        _settle(asked, row, "wrong", problem)
    except OperationalError:
        raise
    except Exception:
        log.exception("row %s of import %s was not taken in", row.number, asked.pk)
        _settle(asked, row, "wrong", Conflict("出了意外，没有导入。请联系系统管理员。"))


@transaction.atomic
def _take(asked: Import, row: ImportRow, known: Known, by: Actor, at: datetime) -> None:
    """A row and its outcome in one transaction."""
    (fate,) = importing.fates(asked.kind, [(row.number, row.cells)], known)
    for problem in fate.problems.values():
        raise problem
    account, proposing = _WRITE[asked.kind](fate, known, by, at)
    _settle(asked, row, fate.outcome, None, account, proposing)


def _write_body(fate: Fate, known: Known, by: Actor, at: datetime) -> tuple[None, list[Any]]:
    row, _ = body_row(fate.cells)
    assert row is not None
    path, name_en = f"{row.parent}/{row.name}", row.name_en
    if fate.outcome == "new":
        parent = Body.objects.get(pk=known.bodies[row.parent].id)
        made = bodies.found_body(row.name, name_en, row.kind, parent=parent, place=row.place, by=by, at=at)
        known.bodies[path] = KnownBody(made.pk, made.name_en, made.kind, made.place)
    elif fate.outcome == "changed":
        here = known.bodies[path]
        home, called = row.place or here.place, name_en or here.name_en
        bodies.change_body(here.id, row.name, called, kind=row.kind, place=home, by=by, at=at)
    return None, []


def _write_staff(fate: Fate, known: Known, by: Actor, at: datetime) -> tuple[UUID, list[Any]]:
    row, _ = staff_row(fate.cells)
    assert row is not None
    home = known.bodies[row.body].id
    if fate.outcome == "new":
        account = staff.open_staff(row.login, row.name, row.phone, home, by=by, at=at)
    else:
        account = Account.objects.get(login=row.login)
        if {"name", "phone"} & fate.changes.keys():
            staff.change_staff(account.pk, row.name, row.phone or account.phone, by=by, at=at)
        if "body" in fate.changes:
            staff.move_staff(account.pk, home, by=by, at=at)
    wanted = (Wanted(role, home, row.place) for role in fate.proposing)
    return account.pk, [_proposed(account, one, by, at) for one in wanted]


def _proposed(account: Account, wanted: Wanted, by: Actor, at: datetime) -> dict[str, Any]:
    """A role of the file, proposed over the body it names; what cannot be is told and keeps nobody's account back."""
    told: dict[str, Any] = {"role": wanted.role, "sentence": "", "gaps": {}}
    try:
        with transaction.atomic():
            grants.propose_grant(account.pk, wanted, "随机构人员文件导入申请。", by=by, at=at)
    except Refusal as problem:
        told |= {"sentence": problem.sentence, "gaps": _plain(problem.gaps)}
    return told


_WRITE: Mapping[str, Any] = {Import.Kind.BODIES: _write_body, Import.Kind.STAFF: _write_staff}


def _settle(
    asked: Import, row: ImportRow, outcome: str, problem: Refusal | None, account: UUID | None = None,
    proposing: Sequence[Any] = (),
) -> None:  # fmt: skip
    """Keep what became of a row, and forget what it said; counted once however often it is tried."""
    sentence, gaps = (problem.sentence, _plain(problem.gaps)) if problem else ("", {})
    with transaction.atomic():
        mine = ImportRow.objects.filter(import_id=asked.pk, number=row.number, outcome="")
        if mine.update(
            outcome=outcome, cells={}, sentence=sentence, gaps=gaps, account=account, proposing=list(proposing)
        ):
            Import.objects.filter(pk=asked.pk).update(done=F("done") + 1)


@transaction.atomic
def _finish(asked: Import, by: Actor, at: datetime) -> None:
    if Import.objects.filter(pk=asked.pk, finished=None).update(finished=at):
        _record(asked, "people.import_finished", by, at, rows=importing.counted(asked.pk))


def _plain(gaps: Mapping[str, Any]) -> dict[str, Any]:
    return {name: gap if isinstance(gap, int | str) else str(gap) for name, gap in gaps.items()}


def _record(asked: Import, verb: str, by: Actor, at: datetime, **said: Any) -> None:
    body = {"kind": asked.kind, "digest": asked.digest, **said}
    journal.record(subject=("import", str(asked.pk)), verb=verb, by=by, at=at, body=body)
