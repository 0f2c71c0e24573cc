"""Going back: returning a case to an earlier task, recalling what one has just done, opening a closed case again."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from zhongshu.base.http.refusals import Conflict, Forbidden
from zhongshu.base.journal import actions as journal
from zhongshu.base.journal.rules.entries import Read
from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.cases import doors
from zhongshu.engine.cases.actions import calls, reckoning, rows, step
from zhongshu.engine.cases.actions.foreign import locked, verb
from zhongshu.engine.cases.actions.tasks import open_task
from zhongshu.engine.cases.queries import scenarios, traces
from zhongshu.engine.cases.queries.doings import doing, doings
from zhongshu.engine.cases.queries.reach import reach_of_pool
from zhongshu.engine.cases.rules import checks, going_back, whistle
from zhongshu.engine.cases.rules.going_back import Doing, Way
from zhongshu.engine.cases.rules.scenario import Scenario
from zhongshu.engine.cases.rules.state import Change, Held, OpenTask, told
from zhongshu.engine.processes.rules import net as nets
from zhongshu.registers.people import queries as people

# While the case was closed its clock stood still.
_REOPEN = """
WITH paused AS (
    INSERT INTO cases_pause (case_id, started, ended, reason, actor)
    SELECT %(case)s, %(closed)s, %(at)s, %(reason)s, %(by)s WHERE %(closed)s < %(at)s
)
UPDATE cases_reach SET running = true WHERE case_id = %(case)s
"""


@verb
def ways_back(case_id: UUID, token: int, *, revision: int | None = None, by: Actor, at: datetime) -> list[Way]:
    """Where the case may go back to from an open task, and what that would do; nothing is done."""
    held, task = open_task(case_id, token, revision, by, at)
    going_back.returnable(held, task, by, at)
    return going_back.ways(scenarios.of(held), held, task, doings(case_id))


@verb
def send_back(
    case_id: UUID, token: int, to: str, reason: str, *, revision: int | None = None, by: Actor, at: datetime
) -> Change:
    """Return the case from an open task to the earlier task `to`, with the reason; whoever did that gets it back."""
    held, task = open_task(case_id, token, revision, by, at)
    going_back.returnable(held, task, by, at)
    checks.running(held)
    scenario, done = scenarios.of(held), doings(case_id)
    way = next((way for way in going_back.ways(scenario, held, task, done) if way.to.element == to), None)
    if way is None:
        raise Conflict(
            "从这里不能退回到所选的环节：它没有办过、已经随别的环节结束，或场景不允许。请另选一个环节。",
            happened=traces.happened_since(case_id, revision) if revision is not None else [],
        )
    said = checks.reason(reason)
    return _go(
        scenario, held, way, done, "case.returned", by, at, task=task.element, token=token,
        withdrawn=_plain(held, way.withdrawn), kept=_plain(held, way.kept), reason=said,
    )  # fmt: skip


@verb
def recall(case_id: UUID, token: int, reason: str, *, by: Actor, at: datetime) -> Change:
    """Take back a task that one has done oneself, while nobody has begun what followed."""
    held = locked(case_id, by, at)
    done = doing(case_id, token)
    if done is None or done.by != by.id:
        raise Forbidden("只能收回自己办结的环节。")
    if held.closed:
        raise Conflict("这个办件已经办结，不能收回。需要重办的，请值班长重新办理。")
    checks.running(held)
    scenario, way = scenarios.of(held), recallable(held, done)
    said = checks.reason(reason)
    gone = _plain(held, way.withdrawn)
    return _go(
        scenario, held, way, [done], "case.recalled", by, at, task=done.element, token=token, withdrawn=gone,
        reason=said,
    )  # fmt: skip


def recallable(held: Held, done: Doing) -> Way:
    """The way by which what was done is taken back; Conflict where somebody or something has gone on with it."""
    scenario, entry = scenarios.of(held), traces.completion(held.id, done.token)
    followers = {task["token"] for task in entry.facts["tasks"]} if entry else set()
    way = going_back.back(scenario, held, done, followers)
    if entry is None or not going_back.untouched(held, followers) or way is None or _wrote(scenario, entry):
        raise Conflict(
            "后面的环节已经有人接手，或系统已经接着办了，不能收回。需要重办的，请正在办理的人退回。",
            happened=traces.happened_since(held.id, entry.number) if entry else [],
        )
    return way


@verb
def ways_again(case_id: UUID, *, by: Actor, at: datetime) -> list[Way]:
    """At which tasks a closed case may be opened again; nothing is done."""
    held = _shift(case_id, by, at)
    going_back.reopenable(scenarios.of(held), held, at)
    return going_back.again(scenarios.of(held), held, doings(case_id))


@verb
def reopen(case_id: UUID, to: str, reason: str, *, by: Actor, at: datetime) -> Change:
    """Open a closed case again at a task that was done in it, with the reason; for who runs the shift.

    The time it was closed does not count, and it is due no sooner than the task.
    """
    held = _shift(case_id, by, at)
    scenario, done = scenarios.of(held), doings(case_id)
    going_back.reopenable(scenario, held, at)
    way = next((way for way in going_back.again(scenario, held, done) if way.to.element == to), None)
    if way is None:
        raise Conflict("不能从所选的环节重新办理：它在这个办件里没有办过。请另选一个环节。")
    said = checks.reason(reason)
    ended = {"closed": held.closed, "late": bool(held.closed and held.due and held.closed > held.due)}
    change = _go(scenario, held, way, done, "case.reopened", by, at, ended=ended, reason=said)
    with connection.cursor() as cursor:
        cursor.execute(_REOPEN, {"case": case_id, "closed": held.closed, "at": at, "reason": said, "by": by.id})
    reckoning.reckon(rows.read_locked(case_id), at)
    return change


def _shift(case_id: UUID, by: Actor, at: datetime) -> Held:
    held = locked(case_id, by, at)
    if not permissions.may(by, "case.assign", held.reach, at):
        raise Forbidden("只有值班长可以重新办理已经办结的办件。")
    return held


def _go(
    scenario: Scenario, held: Held, way: Way, done: Sequence[Doing], happened: str, by: Actor, at: datetime, **more: Any
) -> Change:  # fmt: skip
    """Take the step, give the task to who did it before, write it all with its entry."""
    change = step.take(scenario, held, dict(held.data), way.happening, at)
    change.opened = [
        replace(task, assignee=_before(scenario, held, change, task, done, at), by_rule=False) for task in change.opened
    ]
    entry = journal.row(
        subject=("case", str(held.id)), verb=happened, by=by, at=at, reach=change.reach,
        body=told(held, change) | {"back_to": way.to.element} | more,
    )  # fmt: skip
    rows.update(held, change, entry, at)
    if called := [task.token for task in way.withdrawn if whistle.answers(held.data, task.element)]:
        calls.set_off(held, called, at)
    return change


def _before(
    scenario: Scenario, held: Held, change: Change, task: OpenTask, done: Sequence[Doing], at: datetime
) -> str | None:
    """Who did the task before, if they still may."""
    account = going_back.doer(done, task)
    found = people.actor(account, at) if account else None
    reach = reach_of_pool(task.pool, held.place, change.reach)
    return account if found and going_back.still(scenario, held, found, reach, task, at) else None


def _plain(held: Held, tasks: Sequence[OpenTask]) -> list[dict[str, Any]]:
    """Tasks as an entry tells of them; `called`: a whistle called the body they wait for."""
    return [
        {
            "token": t.token, "element": t.element, "assignee": t.assignee, "pool": t.pool,
            "called": whistle.answers(held.data, t.element),
        }
        for t in tasks
    ]  # fmt: skip


def _wrote(scenario: Scenario, entry: Read) -> bool:
    """Whether a service did something outside the case when the task was completed."""
    served = (scenario.net.elements.get(element) for element in entry.facts.get("served") or ())
    return any(isinstance(each, nets.Service) and doors.handlers[each.handler].writes for each in served)
