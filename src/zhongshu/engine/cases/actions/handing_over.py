"""Handing over all open work of somebody who leaves: to a successor, or back to where it was offered."""

import logging
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

import uuid_utils.compat
from django.db import IntegrityError, OperationalError, connection, transaction
from procrastinate.contrib.django import app

from zhongshu.base.http.refusals import Absent, Conflict, Forbidden, Invalid, Refusal
from zhongshu.base.journal import actions as journal
from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.cases.actions import deputies, rows, tasks
from zhongshu.engine.cases.actions.entries import about_task
from zhongshu.engine.cases.models import Deputy, HandedRow, Handover
from zhongshu.engine.cases.queries import deputies as away
from zhongshu.engine.cases.queries import handovers, scenarios
from zhongshu.engine.cases.rules import checks
from zhongshu.engine.cases.rules.state import Held, OpenTask
from zhongshu.registers.people import queries as people
from zhongshu.registers.people.models import Account

log = logging.getLogger(__name__)

HAND_OVER = "case.hand_over"
BATCH = 100
JOB = "cases.hand_over"
Outcome = HandedRow.Outcome


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of one task of the leaver's: `outcome`, or the refusal that keeps it where it is."""

    held: Held
    task: OpenTask
    outcome: Outcome
    refusal: Refusal | None = None


def leaver_of(account: UUID, by: Actor, at: datetime) -> Account:
    """The official whose work `by` may hand over: one of a body that lies under their right; any other is absent."""
    found = people.official(account)
    if found is None or not permissions.may(by, HAND_OVER, people.reach(found.body_id), at):
        raise Absent("没有找到这个人员。")
    return found


def plan(leaver: UUID, successor: UUID | None, *, by: Actor, at: datetime, limit: int = BATCH) -> list[Fate]:
    """What handing over would do with the first `limit` open tasks, earliest due first: three statements, no change."""
    heir = _heir(leaver, successor, at)
    waiting = handovers.open_tasks(leaver, limit=limit)
    held = {one.id: one for one in rows.read([case_id for case_id, _ in waiting])}
    found = [(held[case_id], held[case_id].task(token)) for case_id, token in waiting if case_id in held]
    return [_fate(case, task, str(leaver), heir, by, at) for case, task in found if task is not None]


@transaction.atomic
def hand_over(leaver: UUID, successor: UUID | None, reason: str, *, by: Actor, at: datetime) -> Handover:
    """Ask that all open work of an account go to a successor (empty: to where it was offered); a job does it.

    Standing in for others, and by others, ends at once. Each task's rights are checked when its turn comes.
    """
    if not permissions.holds_anywhere(by, HAND_OVER, at):
        raise Forbidden("只有值班长和系统管理员可以移交他人的工作。")
    leaver_of(leaver, by, at)
    _heir(leaver, successor, at)
    said = checks.reason(reason)
    try:
        with transaction.atomic():
            made = Handover.objects.create(
                id=uuid_utils.compat.uuid7(), account=leaver, successor=successor, reason=said, actor=by.id, asked=at
            )
    except IntegrityError:
        raise Conflict("这个人员的工作正在移交，请等它完成。") from None
    _record("cases.handover_asked", made, by, at, reason=said)
    for one in Deputy.objects.filter(ended=None, account=leaver) | Deputy.objects.filter(ended=None, deputy=leaver):
        deputies.close(one, by=by, at=at)
    app.configure_task(JOB).defer(handover=str(made.id))
    return made


def run(handover: UUID, *, at: datetime) -> None:
    """Hand over until nothing is left that can be, also what came in meanwhile; taken up again it goes on."""
    asked = Handover.objects.get(pk=handover)
    by = people.actor(asked.actor, at) or Actor(str(asked.actor), "", "staff")
    heir = people.actor(asked.successor, at) if asked.successor else None
    while waiting := handovers.open_tasks(asked.account, but=asked.id, limit=BATCH):
        for case_id, token in waiting:
            _tried(asked, heir, case_id, token, by, at)
    _finish(asked, by, at)


def _tried(asked: Handover, heir: Actor | None, case_id: UUID, token: int, by: Actor, at: datetime) -> None:
    """One task; one that breaks is kept as refused, so that it holds up no other."""
    try:
        _hand(asked, heir, case_id, token, by, at)
    except OperationalError:
        raise
    except Exception:
        log.exception("task %s of case %s was not handed over", token, case_id)
        _keep(asked, case_id, token, Outcome.REFUSED, Conflict("出了意外，没有移交。请联系系统管理员。"), at)


@transaction.atomic
def _hand(asked: Handover, heir: Actor | None, case_id: UUID, token: int, by: Actor, at: datetime) -> None:
    held = rows.read_locked(case_id)
    task = held.task(token)
    if task is None or not task.is_with(str(asked.account)):
        return
    fate = _fate(held, task, str(asked.account), heir, by, at, gone=asked.successor is not None and heir is None)
    if fate.refusal is None:
        _WRITE[fate.outcome](fate, asked, heir, by, at)
    _keep(asked, case_id, token, fate.outcome, fate.refusal, at)


def _heir(leaver: UUID, successor: UUID | None, at: datetime) -> Actor | None:
    if successor is None:
        return None
    if successor == leaver:
        raise Invalid("不能移交给本人，请另选一人。", field="successor")
    found = people.actor(successor, at)
    if found is None or found.kind != "staff":
        raise Invalid("没有找到接手的人员，或其账号已停用。", field="successor")
    return found


def _fate(
    held: Held, task: OpenTask, leaver: str, heir: Actor | None, by: Actor, at: datetime, *, gone: bool = False
) -> Fate:
    """What becomes of a task; `gone`: the successor's account was closed meanwhile."""
    outcome = Outcome.BACK if task.delegate == leaver else Outcome.GIVEN if heir or gone else Outcome.OFFERED
    try:
        if not permissions.may(by, HAND_OVER, held.reach, at):
            raise Forbidden("这件不在您可以移交的范围内。")
        if outcome == Outcome.GIVEN:
            _may_have(held, task, heir, at)
    except Refusal as refusal:
        return Fate(held, task, Outcome.REFUSED, refusal)
    return Fate(held, task, outcome)


def _may_have(held: Held, task: OpenTask, heir: Actor | None, at: datetime) -> None:
    if heir is None:
        raise Invalid("没有找到接手的人员，或其账号已停用。", field="successor")
    try:
        tasks.may_have(held, task, heir, at)
    except Forbidden:
        raise Invalid("{who}没有办理这个环节的职责，请另选一人。", who=heir.name) from None


def _give(fate: Fate, asked: Handover, heir: Actor | None, by: Actor, at: datetime) -> None:
    held, task = fate.held, fate.task
    settings = scenarios.of(held).settings.tasks[task.element]
    to = heir.id if heir else None
    deputy = away.able(held, _for(task, to), settings, at)
    said = {
        "before": task.assignee, "assignee": to, "delegate": deputy, "handover": str(asked.id), "reason": asked.reason
    } | tasks.relieved(task)  # fmt: skip
    entry = about_task(held, task, "case.task_handed_over", by, at, **said)
    rows.touch(
        held, task.token, entry, assignee=to, delegate=deputy, by_rule=False, taken_from=[], claimed=None, arrived=None
    )


def _for(task: OpenTask, account: str | None) -> OpenTask:
    return replace(task, assignee=account, delegate=None)


def _give_back(fate: Fate, asked: Handover, _heir: Actor | None, by: Actor, at: datetime) -> None:
    task = fate.task
    said = {
        "assignee": task.assignee, "delegate": task.delegate, "finished_work": False, "called_back": False,
        "handover": str(asked.id), "reason": asked.reason,
    }  # fmt: skip
    entry = about_task(fate.held, task, "case.task_handed_back", by, at, **said)
    rows.touch(fate.held, task.token, entry, delegate=None)


_WRITE = {Outcome.GIVEN: _give, Outcome.OFFERED: _give, Outcome.BACK: _give_back}

_KEEP = """
INSERT INTO cases_handed_row (case_id, token, handover, outcome, sentence, gaps, at)
VALUES (%s, %s, %s, %s, %s, %s::jsonb, %s)
ON CONFLICT (case_id, token, handover)
DO UPDATE SET outcome = excluded.outcome, sentence = excluded.sentence, gaps = excluded.gaps, at = excluded.at
"""


def _keep(asked: Handover, case_id: UUID, token: int, outcome: Outcome, refusal: Refusal | None, at: datetime) -> None:
    sentence, gaps = (refusal.sentence, refusal.gaps) if refusal else ("", {})
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, [case_id, token, asked.id, outcome.value, sentence, rows.plain(gaps), at])


@transaction.atomic
def _finish(asked: Handover, by: Actor, at: datetime) -> None:
    if Handover.objects.filter(pk=asked.pk, finished=None).update(finished=at):
        _record("cases.handover_finished", asked, by, at, rows=handovers.counted(asked.id))


def _record(happened: str, about: Handover, by: Actor, at: datetime, **more: Any) -> None:
    body = {"handover": str(about.id), "successor": about.successor and str(about.successor), **more}
    journal.record(subject=("account", str(about.account)), verb=happened, by=by, at=at, body=body)
