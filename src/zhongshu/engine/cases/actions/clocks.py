"""Stopping, starting and lengthening the clock of a case: to stop or lengthen it one asks and another grants.

While it stands still nothing is due: deadlines come back, reckoned by the ledger of pauses, when it goes on.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from zhongshu.base.approvals import actions as approvals
from zhongshu.base.calendar.rules import Term
from zhongshu.base.http.refusals import Conflict, Forbidden, Invalid
from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.cases.actions import reckoning, rows
from zhongshu.engine.cases.actions.entries import about
from zhongshu.engine.cases.actions.foreign import locked, verb
from zhongshu.engine.cases.queries import scenarios, supplement
from zhongshu.engine.cases.rules import checks, whistle
from zhongshu.engine.cases.rules.state import Held, OpenTask

SUSPEND, EXTEND, APPROVE = "case.suspend", "case.extend", "case.approve"

_STOP = """
WITH pause AS (
    INSERT INTO cases_pause (case_id, started, reason, actor) VALUES (%(case)s, %(at)s, %(reason)s, %(by)s)
), tasks AS (
    UPDATE cases_task SET due = NULL, alarm = NULL WHERE case_id = %(case)s AND closed IS NULL
)
UPDATE cases_case SET due = NULL, alarm = NULL WHERE id = %(case)s
"""
_GO_ON = """
WITH pause AS (
    UPDATE cases_pause SET ended = greatest(%(at)s, started + interval '1 microsecond')
    WHERE case_id = %(case)s AND ended IS NULL
)
UPDATE cases_timer SET due = due + (%(at)s - %(since)s) WHERE case_id = %(case)s
"""


@verb
def ask_suspend(case_id: UUID, reason: str, *, by: Actor, at: datetime) -> None:
    """Ask that the case's clock be stopped: while an inspection, an expert or another body is waited for."""
    held = _theirs(case_id, by, at)
    checks.running(held)
    said = checks.reason(reason)
    approvals.propose(SUSPEND, str(case_id), {"number": held.number, "reason": said}, said, held.reach, by=by, at=at)
    _note(held, "case.suspension_asked", by, at, reason=said)


@verb
def ask_extend(case_id: UUID, token: int, amount: int, reason: str, *, by: Actor, at: datetime) -> None:
    """Ask for `amount` more units (minutes, hours or days, as its term has them) for an open task."""
    held = _theirs(case_id, by, at)
    checks.running(held)
    task, term = _task(held, token)
    if not 1 <= amount <= max(term.amount, 1):
        raise Invalid("延长的数量须为 1 至 {most}，不超过原定期限。", field="amount", most=max(term.amount, 1))
    said = checks.reason(reason)
    body = {"number": held.number, "token": token, "amount": amount, "unit": str(term.unit)}
    approvals.propose(EXTEND, str(case_id), body, said, held.reach, by=by, at=at)
    _note(held, "case.extension_asked", by, at, token=token, task=task.element, reason=said)


def apply_suspend(subject: str, body: Mapping[str, Any], *, by: Actor, at: datetime) -> None:
    """Stop the clock, as was granted."""
    held = rows.read_locked(UUID(subject))
    checks.running(held)
    stop(held, body["reason"], by, at)
    _note(held, "case.suspended", by, at, reason=body["reason"])


def apply_extend(subject: str, body: Mapping[str, Any], *, by: Actor, at: datetime) -> None:
    """Give the task the time that was granted; the case's own deadline never comes before it."""
    held = rows.read_locked(UUID(subject))
    checks.running(held)
    token, amount = int(body["token"]), int(body["amount"])
    task, _ = _task(held, token)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO cases_extension (case_id, token, at, amount, actor) VALUES (%s, %s, %s, %s, %s)",
            [held.id, token, at, amount, by.id],
        )
    due = reckoning.reckon(held, at)[token]
    _note(held, "case.extended", by, at, token=token, task=task.element, due=due)


@verb
def resume(case_id: UUID, *, by: Actor, at: datetime) -> None:
    """Let the clock go on: the time it stood still does not count."""
    held = _theirs(case_id, by, at)
    if held.stopped is None:
        raise Conflict("这个办件没有挂起，时限正在计算。")
    if supplement.waiting(case_id):
        raise Conflict("这个办件正等申请人补正。不用再等的，请在补正告知处结束等待。")
    go_on(held, at)
    _note(held, "case.resumed", by, at, since=held.stopped)


def stop(held: Held, reason: str, by: Actor, at: datetime) -> None:
    """Stop the clock, with a line in the ledger; part of the caller's transaction, without an entry of its own."""
    _run(_STOP, held, at=at, by=by.id, reason=reason)


def go_on(held: Held, at: datetime) -> None:
    """Let a clock that stands still run: timers and deadlines move by the time it stood; part of the caller's too."""
    _run(_GO_ON, held, at=at, since=held.stopped)
    reckoning.reckon(held, at)


def _theirs(case_id: UUID, by: Actor, at: datetime) -> Held:
    """The case under its lock, for who has a task on it or runs the shift."""
    held = locked(case_id, by, at)
    if not (any(t.is_with(by.id) for t in held.tasks) or permissions.may(by, "case.assign", held.reach, at)):
        raise Forbidden("只有正在办理的人员或值班长可以申请挂起、延期或恢复。")
    return held


def _task(held: Held, token: int) -> tuple[OpenTask, Term]:
    """An open task and its term."""
    task = held.task(token)
    if task is None:
        raise Conflict("这个环节已经办结或撤回，不能再延期。")
    term = whistle.term(scenarios.of(held).settings, held.data, task.element, held.category, -task.pool)
    if term is None and task.due is not None:
        raise Invalid("这个环节的期限由填写的日期决定，不能延期。", field="amount")
    if term is None:
        raise Invalid("这个环节不限时，不用延期。", field="amount")
    return task, term


def _run(sql: str, held: Held, **more: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, {"case": held.id, **more})


def _note(held: Held, happened: str, by: Actor, at: datetime, **more: Any) -> None:
    rows.touch_case(held, about(held, happened, by, at, **more))
