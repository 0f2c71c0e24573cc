"""One thing, one case: merging what was told twice, and taking it apart again when that was a mistake."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from zhongshu.base.http.refusals import Conflict, Forbidden, Invalid
from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.cases.actions import rows
from zhongshu.engine.cases.actions.ending import relieved
from zhongshu.engine.cases.actions.entries import about
from zhongshu.engine.cases.actions.foreign import locked, verb
from zhongshu.engine.cases.queries import scenarios, supplement
from zhongshu.engine.cases.rules import checks
from zhongshu.engine.cases.rules.state import Held

MERGE = "case.merge"

# What waits on the case stops, and is kept so that it can go on where it stood.
_MERGE = """
WITH tasks AS (
    UPDATE cases_task SET closed = %(at)s, ending = 'withdrawn'
    WHERE case_id = %(case)s AND closed IS NULL RETURNING token
), timers AS (
    DELETE FROM cases_timer WHERE case_id = %(case)s RETURNING token, element, due
), reach AS (
    UPDATE cases_reach SET running = false WHERE case_id = %(case)s
), children AS (
    UPDATE cases_case SET master = %(into)s WHERE master = %(case)s
), merged AS (
    UPDATE cases_case SET closed = %(at)s, phase = %(phase)s, master = %(into)s
    WHERE id = %(case)s
)
INSERT INTO cases_merge (case_id, at, master, actor, reason, phase, tokens, timers)
VALUES (%(case)s, %(at)s, %(into)s, %(by)s, %(reason)s, %(before)s, ARRAY(SELECT token FROM tasks),
        (SELECT coalesce(jsonb_agg(to_jsonb(t)), '[]') FROM timers t))
"""
_SPLIT = """
WITH undone AS (
    UPDATE cases_merge SET undone = %(at)s WHERE case_id = %(case)s AND undone IS NULL
    RETURNING master, phase, tokens, timers
), tasks AS (
    UPDATE cases_task t SET closed = NULL, ending = NULL FROM undone u
    WHERE t.case_id = %(case)s AND t.token = ANY(u.tokens)
), timers AS (
    INSERT INTO cases_timer (case_id, token, element, due)
    SELECT %(case)s, r.token, r.element, r.due FROM undone u,
           jsonb_to_recordset(u.timers) AS r (token int, element text, due timestamptz)
), reach AS (
    UPDATE cases_reach SET running = true FROM undone WHERE case_id = %(case)s
), apart AS (
    UPDATE cases_case c SET closed = NULL, phase = u.phase, master = NULL
    FROM undone u WHERE c.id = %(case)s
)
SELECT u.master, u.phase, m.number FROM undone u JOIN cases_case m ON m.id = u.master
"""


@verb
def merge(case_id: UUID, into: UUID, reason: str, *, by: Actor, at: datetime) -> None:
    """Join a running case to another that is about the same thing; who told of it is told what happens to that one.

    Needs `case.merge` over both. Cases that had been joined to it go along.
    """
    if case_id == into:
        raise Invalid("请选择另一个办件：不能并入自己。", field="into")
    held, master = _both(case_id, into, by, at)
    if held.closed or master.closed:
        raise Conflict("只有在办的办件可以合并，其中一件已经办结或已合并。")
    if supplement.waiting(case_id):
        raise Conflict("这个办件正等申请人补正，请等补正提交或结束等待后再合并。")
    said = checks.reason(reason)
    ended = scenarios.of(held).settings.case.ended
    _run(_MERGE, held, at, into=into, by=by.id, reason=said, phase=ended, before=held.phase)
    _note(held, "case.merged", by, at, into=master.number, reason=said, phase=[held.phase, ended], **relieved(held))
    _note(master, "case.absorbed", by, at, other=held.number, reason=said)


@verb
def split(case_id: UUID, reason: str, *, by: Actor, at: datetime) -> None:
    """Take a merged case apart again: its tasks and timers wait as they did before."""
    held = locked(case_id, by, at)
    _allowed(held, by, at)
    said = checks.reason(reason)
    found = _run(_SPLIT, held, at)
    if found is None:
        raise Conflict("这个办件没有与别的办件合并。")
    into, phase, number = found
    again = [{"token": t.token, "element": t.element, "assignee": t.assignee} for t in rows.read_locked(case_id).tasks]
    _note(held, "case.split", by, at, into=number, reason=said, phase=[held.phase, phase], tasks=again)
    _note(rows.read_locked(into), "case.parted", by, at, other=held.number, reason=said)


def _both(case_id: UUID, into: UUID, by: Actor, at: datetime) -> tuple[Held, Held]:
    """Both under their locks, always taken in the same order, so that two merges cannot wait for each other."""
    held = {id_: locked(id_, by, at) for id_ in sorted((case_id, into))}
    for one in held.values():
        _allowed(one, by, at)
    return held[case_id], held[into]


def _allowed(held: Held, by: Actor, at: datetime) -> None:
    if not permissions.may(by, MERGE, held.reach, at):
        raise Forbidden("您没有合并办件的职责，请联系受理员或值班长。")


def _run(sql: str, held: Held, at: datetime, **more: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql, {"case": held.id, "at": at, **more})
        return cursor.fetchone() if cursor.description else None


def _note(held: Held, happened: str, by: Actor, at: datetime, **more: Any) -> None:
    facts = {"category": held.category, "place": held.place, "body": held.body, **more}
    rows.touch_case(held, about(held, happened, by, at, **facts))
