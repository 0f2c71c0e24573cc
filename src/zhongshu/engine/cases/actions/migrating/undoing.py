"""Undoing the move of one case, as long as nothing has been done to it since."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from zhongshu.base.http.refusals import Absent, Conflict, Forbidden
from zhongshu.base.journal import actions as journal
from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.cases.actions import rows
from zhongshu.engine.cases.queries import migrations
from zhongshu.engine.cases.queries.traces import happened_since
from zhongshu.engine.cases.rules import checks
from zhongshu.engine.cases.rules.state import Change, Done, Held, told
from zhongshu.engine.processes.rules import moving
from zhongshu.engine.processes.rules.marking import Marking
from zhongshu.registers.places import queries as places

ALARMS = {"case.warned", "case.late", "case.escalated"}
"""What happens by itself, and is taken back with the move."""

_FORGET = "DELETE FROM cases_timer WHERE case_id = %(case)s"
_RESTORE = """
WITH was AS (
    SELECT before, version FROM cases_migrated WHERE case_id = %(case)s AND migration = %(migration)s
), tasks AS (
    UPDATE cases_task t SET element = r.element, phase = r.phase, role = r.role, pool = r.pool, assignee = r.assignee,
           by_rule = r.by_rule, taken_from = r.taken_from, due = r.due, claimed = r.claimed, arrived = r.arrived,
           declined = r.declined, alarm = r.alarm, alarms = r.alarms,
           closed = NULL, closed_by = NULL, ending = NULL, outcome = NULL
    FROM was, jsonb_populate_recordset(NULL::cases_task, was.before -> 'tasks') r
    WHERE t.case_id = %(case)s AND t.token = r.token
), timers AS (
    INSERT INTO cases_timer SELECT r.* FROM was, jsonb_populate_recordset(NULL::cases_timer, was.before -> 'timers') r
), undone AS (
    UPDATE cases_migrated SET outcome = 'undone', undone = %(at)s, undone_by = %(by)s
    WHERE case_id = %(case)s AND migration = %(migration)s
)
UPDATE cases_case c SET version = was.version FROM was WHERE c.id = %(case)s
"""


@transaction.atomic
def undo(migration: UUID, case_id: UUID, reason: str, *, by: Actor, at: datetime) -> None:
    """Let a case stand again where it stood before it was moved: version, tokens, tasks, timers.

    Conflict when something has been done to it since, or it was undone already.
    """
    if not permissions.may(by, migrations.PROPOSE, (places.root(),), at):
        raise Forbidden("您没有迁移办件的权限，请联系系统管理员。")
    held, said = rows.read_locked(case_id), checks.reason(reason)
    before, revision = _kept(migration, case_id)
    _untouched(held, revision)
    change = _change(held, before)
    entry = journal.row(
        subject=("case", str(case_id)), verb="case.migration_undone", by=by, at=at, reach=change.reach,
        body=told(held, change) | {"migration": str(migration), "reason": said},
    )  # fmt: skip
    rows.update(held, change, entry, at)
    _run(_FORGET, case_id)
    _run(_RESTORE, case_id, migration=migration, at=at, by=by.id)


def _kept(migration: UUID, case_id: UUID) -> tuple[dict[str, Any], int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT outcome, before::text, revision FROM cases_migrated WHERE case_id = %s AND migration = %s",
            [case_id, migration],
        )
        found = cursor.fetchone()
    if found is None:
        raise Absent("这次迁移里没有这个办件。")
    outcome, before, revision = found
    if outcome != "moved":
        raise Conflict("这个办件没有迁移，或已经恢复。")
    return json.loads(before), revision


def _untouched(held: Held, revision: int) -> None:
    if held.closed:
        raise Conflict("这个办件已经办结，不能再恢复到原来的版本。")
    since = [step for step in happened_since(held.id, revision) if step["verb"] not in ALARMS]
    if since:
        raise Conflict("迁移以后这个办件又有了进展，不能再恢复到原来的版本。", happened=since)


def _change(held: Held, before: dict[str, Any]) -> Change:
    """Back to how it was; tasks that the move opened are withdrawn."""
    marking = moving.undo(Marking.from_json(before["marking"]), held.marking)
    there = {token.id for token in marking.tokens}
    opened = [Done(task.token, "withdrawn", None) for task in held.tasks if task.token not in there]
    body, reach = before["body"], tuple(before["reach"])
    return Change(marking, before["data"], before["phase"], body, reach, done=opened)


def _run(sql: str, case_id: UUID, **given: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, given | {"case": case_id})
