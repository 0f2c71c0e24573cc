"""Urging who has a task (催办): counted on the task, told to its holder, or to the people it is offered to."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from zhongshu.base.http.refusals import Conflict, Forbidden
from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.cases.actions import acting, rows
from zhongshu.engine.cases.actions.entries import about, about_task
from zhongshu.engine.cases.actions.foreign import locked, verb
from zhongshu.engine.cases.actions.tasks import open_task
from zhongshu.engine.cases.queries import contacts, duplicates
from zhongshu.engine.cases.queries import urging as urged
from zhongshu.engine.cases.rules import asking, checks, urging, whistle
from zhongshu.engine.cases.rules.state import Held, OpenTask
from zhongshu.registers.people.rules.mandates import Act

_URGE = """
WITH urge AS (
    INSERT INTO cases_urge (case_id, token, at, actor, contact, reason)
    SELECT %(case)s, token, %(at)s, %(by)s, %(contact)s, %(reason)s FROM unnest(%(tokens)s::int[]) AS t (token)
)
UPDATE cases_task SET urged = urged + 1 WHERE case_id = %(case)s AND token = ANY(%(tokens)s) RETURNING token, urged
"""


@verb
def urge(case_id: UUID, token: int, reason: str, *, revision: int | None = None, by: Actor, at: datetime) -> None:
    """Urge an open task, with the reason; for who runs the shift, and for the blower of a whistle or who asks bodies
    the tasks of those bodies.
    """
    held, task = open_task(case_id, token, revision, by, at)
    if not may_urge(by, held, task, at):
        raise Forbidden("只有值班长可以催办；吹哨的人员可以催办点名的单位。")
    checks.running(held)
    urging.by_official(urged.last_by_official(case_id, token, by.id), at)
    said = checks.reason(reason)
    facts = _counted(held, [task], by, at, contact=None, reason=said)
    rows.touch_case(held, about_task(held, task, "case.urged", by, at, urged=facts, reason=said))


@verb
def urge_missing(case_id: UUID, element: str, reason: str, *, by: Actor, at: datetime) -> int:
    """Urge all bodies asked by a task that have not answered, but those this official has urged within the hour.

    Returns how many; for who started the case or runs the shift.
    """
    held = locked(case_id, by, at)
    checks.running(held)
    asked = asking.asked(held.data, element)
    waiting = [task for task in held.tasks if task.element == element and -task.pool in asked]
    if not waiting:
        raise Conflict("没有还在等待答复的单位，不用催办。")
    if not all(may_urge(by, held, task, at) for task in waiting):
        raise Forbidden("只有值班长可以催办；吹哨的人员可以催办点名的单位。")
    lately = urged.since(case_id, by.id, at - urging.APART)
    fresh = [task for task in waiting if task.token not in lately]
    if not fresh:
        urging.by_official(at, at)
    said = checks.reason(reason)
    facts = _counted(held, fresh, by, at, contact=None, reason=said)
    rows.touch_case(held, about(held, "case.urged", by, at, urged=facts, reason=said, task=element))
    return len(fresh)


@transaction.atomic
def urge_own(case_id: UUID, text: str = "", *, code: str = "", by: Actor, at: datetime) -> None:
    """Urge, as who told of a case (by account or query code), whoever it waits for; once a day.

    A case that was merged is urged where it went.
    """
    contact = contacts.theirs(case_id, by, code)
    master = duplicates.master_of(case_id)
    held = rows.read_locked(master[0] if master else case_id)
    acting.allowed(held, Act.URGE, by)
    checks.running(held)
    if not held.tasks:
        raise Conflict("现在没有等人办理的环节，不用催办。")
    urging.by_applicant(urged.last_by_contact(held.id, contact), at)
    said = urging.words(text)
    facts = _counted(held, held.tasks, by, at, contact=contact, reason=said)
    rows.touch_case(held, about(held, "case.urged", by, at, urged=facts, reason=said, applicant=True))


def may_urge(by: Actor, held: Held, task: OpenTask, at: datetime) -> bool:
    """Whether an official may urge this task."""
    if permissions.may(by, "case.assign", held.reach, at) or whistle.blew(held.data, task.element, by.id):
        return True
    return asking.started(held.data, task.element, -task.pool, by.id)


def _counted(held: Held, tasks: Sequence[OpenTask], by: Actor, at: datetime, **more: Any) -> list[dict[str, Any]]:
    """Count the urge on its tasks; what the entry says of each."""
    tokens = [task.token for task in tasks]
    with connection.cursor() as cursor:
        cursor.execute(_URGE, {"case": held.id, "tokens": tokens, "at": at, "by": by.id, **more})
        times = dict(cursor.fetchall())
    return [
        {"token": t.token, "element": t.element, "role": t.role, "pool": t.pool, "assignee": t.assignee,
         "times": times[t.token]}
        for t in tasks
    ]  # fmt: skip
