"""Verbs on tasks: claim, release, assign, hand out, arrive, complete."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext

from zhongshu.base.http.refusals import Conflict, Forbidden, Invalid
from zhongshu.base.journal import actions as journal
from zhongshu.base.permissions.rules import SYSTEM, Actor
from zhongshu.engine.cases.actions import acting, attachments, rows, step, whistle
from zhongshu.engine.cases.actions.entries import about_task
from zhongshu.engine.cases.actions.foreign import locked, single, verb
from zhongshu.engine.cases.queries import deputies, scenarios
from zhongshu.engine.cases.queries.sent import once
from zhongshu.engine.cases.queries.traces import happened_since
from zhongshu.engine.cases.rules import asking, checks, completing, in_time, signing
from zhongshu.engine.cases.rules import sent as sending
from zhongshu.engine.cases.rules.checks import Position
from zhongshu.engine.cases.rules.sent import DIRECT, Sent
from zhongshu.engine.cases.rules.state import Change, Done, Held, OpenTask, told
from zhongshu.engine.processes.rules.happenings import TaskCompleted
from zhongshu.registers.people import queries as people


def open_task(
    case_id: UUID, token: int, revision: int | None, by: Actor, at: datetime, sent: Sent = DIRECT
) -> tuple[Held, OpenTask]:
    """The case under its lock and its open task; says what happened meanwhile when the task is gone.

    Repeated when this very act was taken before.
    """
    held = locked(case_id, by, at)
    once(case_id, sent.key, by)
    task = held.task(token)
    if task is None:
        raise Conflict(
            "这个环节已经办结或撤回，您的页面不是最新的。请查看最新进展后再办理。",
            happened=happened_since(case_id, revision or 0),
        )
    return held, task


def as_seen(held: Held, task: OpenTask, revision: int | None) -> None:
    """Refuse, telling what happened, when something has happened to the task since the page that is acted from."""
    if revision is None or revision >= held.revision:
        return
    happened = happened_since(held.id, revision)
    if any(entry["facts"].get("token") == task.token for entry in happened):
        raise Conflict("这个环节在您打开页面后有了变化，请查看最新进展后再办理。", happened=happened)


def _taken(case_id: UUID, task: OpenTask, revision: int | None) -> Conflict:
    """That the task is somebody else's than the page said, and what happened meanwhile."""
    happened = happened_since(case_id, revision or 0)
    if task.assignee is None:
        return Conflict("这个环节刚刚被退回，现在没有人办理。请查看最新进展后再办理。", happened=happened)
    who = people.shown_names([task.assignee]).get(task.assignee) or gettext("他人")
    return Conflict("这个环节刚刚由{who}领办，请选择其他待办。", who=who, happened=happened)


@single
def claim(
    case_id: UUID, token: int, *, revision: int | None = None, sent: Sent = DIRECT, by: Actor, at: datetime
) -> None:
    """Take an offered task for oneself, or accept the one assigned. Of two who try at once, one is told who has it."""
    held, task = open_task(case_id, token, revision, by, at, sent)
    if task.assignee is not None and not task.is_with(by.id):
        raise _taken(case_id, task, revision)
    checks.allowed(by, step.reach_of_task(held, task), task, at)
    checks.apart(by, held, scenarios.of(held).settings.tasks[task.element])
    if task.claimed is not None:
        return
    acting.apart(held, by, at)
    moment = sending.moment(sent, task.opened, at)
    said = sending.said(sent, moment, at)
    entry = about_task(held, task, "case.task_claimed", checks.standing_in(by, task), at, **said)
    rows.touch(held, token, entry, assignee=_answering(task, by), claimed=moment)


def _answering(task: OpenTask, by: Actor) -> str | None:
    """Who answers for the task once `by` has set to it: a delegate does it for its holder."""
    return task.assignee if task.delegate == by.id else by.id


@single
def release(
    case_id: UUID, token: int, reason: str, *, revision: int | None = None, sent: Sent = DIRECT, by: Actor, at: datetime
) -> None:
    """Give a task back to its pool, with the reason; it is not handed out to this person again."""
    held, task = open_task(case_id, token, revision, by, at, sent)
    if task.assignee != by.id:
        raise Forbidden("只能退回自己领办的环节。")
    if task.signs is not None and task.pool >= 0:
        raise Forbidden("会签点名请您签署，不能退回待领。不宜签署的，请主办人撤回会签。")
    said = {"reason": checks.reason(reason)} | sending.said(sent, sending.moment(sent, task.opened, at), at)
    said |= relieved(task)
    rows.decline(held, token, by.id, about_task(held, task, "case.task_released", by, at, **said))


@verb
def assign(
    case_id: UUID,
    token: int,
    account: UUID,
    reason: str,
    *,
    instead_of: str | None = None,
    revision: int | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """Give a task to somebody who may do it, with the reason.

    `instead_of`: who had it on the page that is acted from (empty: nobody); Conflict when another has it by now.
    """
    held, task = open_task(case_id, token, revision, by, at)
    if instead_of is not None and instead_of != (task.assignee or ""):
        raise _taken(case_id, task, revision)
    checks.giving(by, held.reach, task, at)
    target = people.actor(account, at)
    if target is None:
        raise Invalid("没有找到要改派的人员，或其账号已停用。", field="account")
    try:
        may_have(held, task, target, at)
    except Forbidden:
        raise Invalid("{who}没有办理这个环节的职责，请另选一人。", field="account", who=target.name) from None
    give(held, task, str(account), by, at, reason=checks.reason(reason))


def may_have(held: Held, task: OpenTask, target: Actor, at: datetime) -> None:
    """Refuse unless this person may do the task, whoever has it now."""
    checks.allowed(target, step.reach_of_task(held, task), replace(task, assignee=None, delegate=None), at)
    checks.apart(target, held, scenarios.of(held).settings.tasks[task.element])


def give(held: Held, task: OpenTask, account: str, by: Actor, at: datetime, **more: Any) -> None:
    """Make somebody who may do the task answer for it, with its entry; while they are away their deputy does it."""
    settings = scenarios.of(held).settings.tasks[task.element]
    deputy = deputies.able(held, replace(task, assignee=account, delegate=None), settings, at)
    more |= {"assignee": account, "before": task.assignee} | ({"delegate": deputy} if deputy else {}) | relieved(task)
    entry = about_task(held, task, "case.task_assigned", by, at, **more)
    by_rule = by is SYSTEM
    rows.touch(
        held, task.token, entry, assignee=account, delegate=deputy, by_rule=by_rule,
        taken_from=_before(task) if by_rule else [], claimed=None, arrived=None,
    )  # fmt: skip


def relieved(task: OpenTask) -> dict[str, str]:
    """Who did the task for its holder and need not any more, as an entry says it."""
    return {"relieved": task.delegate} if task.delegate else {}


def _before(task: OpenTask) -> list[UUID]:
    """Everybody a rule has sent so far."""
    return sorted(UUID(one) for one in {*task.taken_from, *filter(None, [task.assignee])})


@transaction.atomic
def hand_out(
    case_id: UUID, token: int, account: str, why: Mapping[str, Any], *, before: str | None = None, at: datetime
) -> bool:
    """Send somebody to a task by rule, with what spoke for them: one offered, or one `before` has not reached yet.

    False when it is no longer so.
    """
    held = rows.read_locked(case_id)
    task = held.task(token)
    target = people.actor(account, at)
    if task is None or target is None or task.assignee != before or task.arrived or held.stopped:
        return False
    may_have(held, task, target, at)
    give(held, task, account, SYSTEM, at, why=why)
    return True


@single
def arrive(
    case_id: UUID, token: int, position: Position | None, *, sent: Sent = DIRECT, by: Actor, at: datetime
) -> float | None:
    """Say that one is at the place; returns the distance in metres where both places are known."""
    held, task = open_task(case_id, token, None, by, at, sent)
    checks.allowed(by, step.reach_of_task(held, task), task, at)
    settings = scenarios.of(held).settings.tasks[task.element]
    checks.apart(by, held, settings)
    metres = checks.in_place(held, settings, position)
    moment = sending.moment(sent, task.claimed or task.opened, at)
    said = {"metres": metres and round(metres)} | sending.said(sent, moment, at)
    entry = about_task(held, task, "case.task_arrived", checks.standing_in(by, task), at, **said)
    rows.touch(held, token, entry, assignee=_answering(task, by), claimed=task.claimed or moment, arrived=moment)
    return metres


@single
def complete(
    case_id: UUID,
    token: int,
    answers: Mapping[str, Any],
    *,
    position: Position | None = None,
    revision: int | None = None,
    sent: Sent = DIRECT,
    by: Actor,
    at: datetime,
) -> Change:
    """Finish a task with its outcome; the process goes on until people are awaited again.

    The task ends when it was done, what follows begins when it is told (`rules/sent.py`).
    """
    held, task = open_task(case_id, token, revision, by, at, sent)
    scenario = scenarios.of(held)
    metres = completing.ready(scenario, held, task, by, step.reach_of_task(held, task), position, at)
    if task.claimed is None:
        acting.apart(held, by, at)
    moment = sending.moment(sent, max(filter(None, (task.opened, task.claimed, task.arrived))), at)
    outcome, photos = completing.checked(scenario.forms.get(task.element), answers)
    attachments.own(photos, by)
    doer = checks.standing_in(by, task)
    data = completing.after(scenario, held, task, outcome, doer, at)
    change = step.take(scenario, held, data, TaskCompleted(token), at)
    in_time.refuse_past(scenario, held, change, task.element, at)
    change.done.append(Done(token, "done", by.id, outcome, moment))
    said = {"outcome": outcome, "metres": metres and round(metres)} | sending.said(sent, moment, at)
    entry = journal.row(
        subject=("case", str(case_id)), verb=_completed(task), by=doer, at=at, reach=change.reach,
        body=_told(held, change, task, by, moment) | said,
    )  # fmt: skip
    if photos or whistle.summoned(change):
        rows.under_lock(held)
    rows.update(held, change, entry, at)
    whistle.keep(held, change, by.id, at)
    attachments.attach(case_id, token, photos, position, moment)
    return change


def _completed(task: OpenTask) -> str:
    return "case.task_completed" if task.signs is None else "case.signed"


def _told(held: Held, change: Change, task: OpenTask, by: Actor, moment: datetime) -> dict[str, Any]:
    """What the entry of a task's end says beside its outcome: what became of the case, in whose place it was done."""
    found: dict[str, Any] = told(held, change) | {"task": task.element, "token": task.token}
    if task.signs is not None:
        found |= {"signs": task.signs, "holder": signing.holder(held, task)}
    if task.assignee is not None and not task.is_with(by.id):
        found["instead_of"] = task.assignee
    if -task.pool in asking.asked(held.data, task.element):
        found["answered_for"] = -task.pool
    return found | whistle.said(held, change) | whistle.answered(held, change, task, moment)
