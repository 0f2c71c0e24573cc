"""Ending a case where it stands, before its process does: taken back by the applicant, or cancelled by the shift.

`end` is the one way to do it, for a false alarm too (`retracting.py`).
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from zhongshu.base.http.refusals import Conflict, Forbidden
from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.cases.actions import acting, rows
from zhongshu.engine.cases.actions.entries import about
from zhongshu.engine.cases.actions.foreign import locked, verb
from zhongshu.engine.cases.queries import contacts, scenarios
from zhongshu.engine.cases.queries.traces import happened_since
from zhongshu.engine.cases.rules import asking, checks, ending, whistle
from zhongshu.engine.cases.rules.settings import CANCELLED, WITHDRAWN
from zhongshu.engine.cases.rules.state import Held
from zhongshu.engine.processes.rules.marking import Marking
from zhongshu.registers.people.rules.mandates import Act

# A clock that stood still stops standing still, and nobody is waited for any more.
_END = """
WITH tasks AS (
    UPDATE cases_task SET closed = %(at)s, ending = 'withdrawn' WHERE case_id = %(case)s AND closed IS NULL
), timers AS (
    DELETE FROM cases_timer WHERE case_id = %(case)s
), pause AS (
    UPDATE cases_pause SET ended = greatest(%(at)s, started + interval '1 microsecond')
    WHERE case_id = %(case)s AND ended IS NULL
), supplement AS (
    UPDATE cases_supplement SET ended = %(at)s, ending = 'dropped' WHERE case_id = %(case)s AND ended IS NULL
)
UPDATE cases_reach SET running = false WHERE case_id = %(case)s
"""


@transaction.atomic
def withdraw(case_id: UUID, reason: str, *, code: str = "", by: Actor, at: datetime) -> None:
    """Take back what one told of, by the account that told or the case's query code; before it is decided."""
    held = rows.read_locked(case_id)
    contact = contacts.theirs(case_id, by, code)
    acting.allowed(held, Act.WITHDRAW, by)
    decided, others = scenarios.of(held).decided_by(held.data), contacts.told_by_others(case_id, contact)
    ending.withdrawable(closed=held.closed is not None, decided=decided, others=others)
    end(held, WITHDRAWN, by, at, reason=checks.reason(reason), by_contact=str(contact))


@verb
def cancel(case_id: UUID, reason: str, *, revision: int | None = None, by: Actor, at: datetime) -> None:
    """End a case that should not be handled any further, with the reason; for who runs the shift."""
    held = locked(case_id, by, at)
    if not permissions.may(by, "case.assign", held.reach, at):
        raise Forbidden("只有值班长可以撤销办件。")
    if held.closed:
        happened = happened_since(case_id, revision or 0)
        raise Conflict("这个办件已经办结，不用再撤销。", happened=happened)
    end(held, CANCELLED, by, at, reason=checks.reason(reason))


def end(held: Held, phase: str, by: Actor, at: datetime, **more: Any) -> None:
    """End a case where it stands, in one of the phases every scenario has; part of the caller's transaction.

    What waits on it is withdrawn, its clock and timers end, its marking is empty. The entry is called `case.PHASE`.
    """
    facts = {
        "category": held.category, "place": held.place, "body": held.body, "phase": [held.phase, phase],
        "finished": True, "late": bool(held.due and at > held.due), **relieved(held),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_END, {"case": held.id, "at": at})
    marking = rows.plain(Marking(next=held.marking.next).to_json())
    entry = about(held, f"case.{phase}", by, at, **facts, **more)
    rows.touch_case(held, entry, closed=at, phase=phase, marking=marking, awaits=None)


def relieved(held: Held) -> dict[str, list[Any]]:
    """Who need not go on when all that is open is withdrawn: the holders of tasks, and the bodies called or asked."""
    called = [task for task in held.tasks if whistle.answers(held.data, task.element)]
    asked = [task for task in held.tasks if -task.pool in asking.asked(held.data, task.element)]
    return {
        "assignees": [task.assignee for task in held.tasks if task.assignee and task not in (*called, *asked)],
        "unasked": [asking.said(task) for task in asked],
        "unheard": [{"token": task.token, "body": -task.pool, "assignee": task.assignee} for task in called],
    }
