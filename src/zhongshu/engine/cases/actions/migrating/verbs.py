"""Verbs on a migration: begin, choose, propose, drop; stop and resume it while it runs."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import uuid_utils.compat
from django.db import IntegrityError, transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from zhongshu.base.approvals import actions as approvals
from zhongshu.base.http.refusals import Conflict, Forbidden, Invalid
from zhongshu.base.journal import actions as journal
from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.cases.models import Migration
from zhongshu.engine.cases.queries import migrations, scenarios
from zhongshu.engine.cases.rules import migrating
from zhongshu.registers.places import queries as places


def begin(scenario: str, *, by: Actor, at: datetime) -> Migration:
    """Look over the running cases of a scenario's older versions: what of them could go to the newest."""
    _allowed(by, at)
    newest = scenarios.newest(scenario).version
    if not (total := migrations.behind(scenario, newest)):
        raise Conflict("这个场景没有在旧版本里办理的件，不用迁移。")
    try:
        with transaction.atomic():
            made = Migration.objects.create(
                id=uuid_utils.compat.uuid7(), scenario=scenario, version=newest, state="looking", begun=at,
                begun_by=by.id, total=total, after=migrations.NOBODY, shapes=[], choices={},
            )  # fmt: skip
            _record(made, "cases.migration_begun", by, at, total=total)
            work_on(made.pk)
    except IntegrityError:
        raise Conflict("这个场景已有一次迁移没有结束，请先办完或放弃它。") from None
    return made


@transaction.atomic
def choose(migration: UUID, shape: str, answers: Mapping[str, str], *, by: Actor, at: datetime) -> None:
    """Say what becomes of the cases of one shape: question → option. No answers at all: choose anew.

    They are added to those given before, as an answer may lead to further questions.
    """
    held = _draft(migration, by, at)
    shapes = migrating.read(held.shapes)
    if shape not in shapes:
        raise Conflict("试算已经重做，请按最新的结果选择。")
    known = {question.key: question for question in shapes[shape].questions}
    if any(key not in known or known[key].answered(answers) is None for key in answers):
        raise Invalid("请从列出的办法里选一个。", field="answer")
    said: dict[str, str] = held.choices.get(shape, {}) | dict(answers) if answers else {}
    processes = migrations.processes(held.scenario, shapes[shape].version, held.version)
    shapes[shape] = migrating.judged(shapes[shape], processes, said)
    held.choices |= {shape: said}
    held.shapes = migrating.plain(shapes)
    held.save(update_fields=["choices", "shapes"])
    _record(held, "cases.migration_chosen", by, at, shape=shape, answers=dict(answers))


@transaction.atomic
def propose(migration: UUID, reason: str, *, by: Actor, at: datetime) -> None:
    """Ask that it be done; another person decides. What needs a choice still, or cannot move, will stay."""
    held = _draft(migration, by, at)
    totals = migrating.totals(migrating.read(held.shapes).values())
    if not totals["moves"]:
        raise Invalid("没有一件可以迁移，请先为需要选择的办件选好办法。", field="reason")
    body = {"scenario": held.scenario, "version": held.version, "counts": totals}
    approvals.propose(migrations.KIND, str(held.pk), body, reason, (places.root(),), by=by, at=at)


@transaction.atomic
def apply(subject: str, body: Mapping[str, Any], *, by: Actor, at: datetime) -> None:
    """Begin to move the cases of an approved migration. For `doors.Kind`."""
    held = _locked(UUID(subject))
    if held.state != "drafted":
        raise Conflict("这次迁移已经不在等待审批。")
    held.total, held.seen = migrations.behind(held.scenario, held.version), 0
    held.after_version, held.after = 0, migrations.NOBODY
    _turn(held, "running", "cases.migration_approved", by, at, "total", "seen", "after_version", "after")
    work_on(held.pk)


@transaction.atomic
def stop(migration: UUID, *, by: Actor, at: datetime) -> None:
    """Stop after the cases that are being moved; those moved stay moved."""
    held = _theirs(migration, by, at)
    if held.state != "running":
        raise Conflict("这次迁移没有在进行，不用停下。")
    _turn(held, "stopped", "cases.migration_stopped", by, at)


@transaction.atomic
def resume(migration: UUID, *, by: Actor, at: datetime) -> None:
    """Go on where it was stopped."""
    held = _theirs(migration, by, at)
    if held.state != "stopped":
        raise Conflict("这次迁移没有停下，不用继续。")
    _turn(held, "running", "cases.migration_resumed", by, at)
    work_on(held.pk)


@transaction.atomic
def drop(migration: UUID, *, by: Actor, at: datetime) -> None:
    """Give up a migration that does not run; cases moved already stay moved."""
    held = _theirs(migration, by, at)
    if held.state not in ("looking", "drafted", "stopped"):
        raise Conflict("请先停下这次迁移，再放弃。")
    _not_awaited(held)
    held.finished = at
    _turn(held, "dropped", "cases.migration_dropped", by, at, "finished")


def finish(held: Migration, by: Actor, at: datetime) -> None:
    """Note that all cases have been gone through."""
    held.finished = at
    _turn(held, "done", "cases.migration_finished", by, at, "finished", **migrations.outcomes(held.pk))


def work_on(migration: UUID) -> None:
    """Let the worker go on with it after this transaction, once, and never two at a time."""
    job = app.configure_task("cases.migrate", lock=f"migration {migration}", queueing_lock=f"migration {migration}")
    try:
        with transaction.atomic():
            job.defer(migration=str(migration))
    except AlreadyEnqueued:
        return


def _allowed(by: Actor, at: datetime) -> None:
    if not permissions.may(by, migrations.PROPOSE, (places.root(),), at):
        raise Forbidden("您没有迁移办件的权限，请联系系统管理员。")


def _theirs(migration: UUID, by: Actor, at: datetime) -> Migration:
    _allowed(by, at)
    return _locked(migration)


def _draft(migration: UUID, by: Actor, at: datetime) -> Migration:
    held = _theirs(migration, by, at)
    if held.state != "drafted":
        raise Conflict("这次迁移不在准备阶段，不能再改。")
    _not_awaited(held)
    return held


def _not_awaited(held: Migration) -> None:
    if migrations.awaited(held.pk):
        raise Conflict("这次迁移正在等待审批；要改，请先撤回申请。")


def _locked(migration: UUID) -> Migration:
    migrations.one(migration)
    return Migration.objects.select_for_update().get(pk=migration)


def _turn(held: Migration, state: str, verb: str, by: Actor, at: datetime, *fields: str, **more: Any) -> None:
    held.state = state
    held.save(update_fields=["state", *fields])
    _record(held, verb, by, at, **more)


def _record(held: Migration, verb: str, by: Actor, at: datetime, **more: Any) -> None:
    journal.record(
        subject=("migration", str(held.pk)), verb=verb, by=by, at=at, reach=(places.root(),),
        body={"scenario": held.scenario, "version": held.version, **more},
    )  # fmt: skip
