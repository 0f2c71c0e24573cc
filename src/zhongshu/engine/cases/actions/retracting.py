"""Taking an alarm back: a machine says that what it told was false.

A case nobody has begun is closed as `retracted`; where somebody is at work they and the shift are told, and a person
closes it or sees for themselves. Where others told of the same thing it is only noted.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from zhongshu.base.http.refusals import Absent, Conflict, Forbidden
from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.cases.actions import rows
from zhongshu.engine.cases.actions.ending import end
from zhongshu.engine.cases.actions.entries import about
from zhongshu.engine.cases.actions.foreign import locked, verb
from zhongshu.engine.cases.rules import checks
from zhongshu.engine.cases.rules.settings import RETRACTED
from zhongshu.engine.cases.rules.signals import Effect
from zhongshu.engine.cases.rules.state import Held

_SIGNAL = """
SELECT coalesce(c.master, c.id), c.number, s.case_id, s.contact, s.device, s.retracted IS NOT NULL, s.effect
FROM cases_contact k JOIN cases_signal s ON s.case_id = k.case_id AND s.contact = k.id
JOIN cases_case c ON c.id = k.case_id WHERE k.key = %(key)s AND s.sender = %(sender)s
"""
# What a device says again and again is one alarm: all it told of the case goes with it.
_MARK = """
WITH marked AS (
    UPDATE cases_signal SET retracted = %(at)s, effect = %(effect)s
    WHERE case_id = %(told_of)s AND sender = %(sender)s AND device = %(device)s AND retracted IS NULL RETURNING 1
)
UPDATE cases_device SET retracted = retracted + (SELECT count(*) FROM marked)
WHERE sender = %(sender)s AND device = %(device)s
"""
_TOLD_BY_OTHERS = """
SELECT EXISTS (
    SELECT 1 FROM cases_case c JOIN cases_contact k ON k.case_id = c.id
    LEFT JOIN cases_signal s ON s.case_id = k.case_id AND s.contact = k.id
    WHERE (c.id = %(case)s OR c.master = %(case)s) AND (s.contact IS NULL OR (s.retracted IS NULL
          AND NOT (s.sender = %(sender)s AND s.device = %(device)s AND s.case_id = %(told_of)s))))
"""
_BEGUN = """
SELECT EXISTS (SELECT 1 FROM cases_task WHERE case_id = %(case)s
               AND (ending = 'done' OR claimed IS NOT NULL OR arrived IS NOT NULL))
"""
NOBODY = "00000000-0000-0000-0000-000000000000"


@dataclass(frozen=True, slots=True)
class Retracted:
    """What taking an alarm back did; `again`: it had been taken back before, and nothing was done now."""

    number: str
    effect: Effect
    again: bool


@transaction.atomic
def retract(key: str, reason: str, *, by: Actor, at: datetime) -> Retracted:
    """Take back the alarm with this key, which `by` sent; Absent for anybody else's. Twice is once."""
    said = checks.reason(reason)
    found = _signal(key, by)
    held = rows.read_locked(found[0])
    _, number, told_of, contact, device, before, effect = _signal(key, by)
    if before:
        return Retracted(number, effect, again=True)
    which = {"case": held.id, "told_of": told_of, "sender": by.id, "device": device}
    effect = _effect(held, which)
    _run(_MARK, {**which, "at": at, "effect": effect})
    facts = {"device": device, "contact": str(contact), "reason": said, "effect": effect}
    if effect == "closed":
        end(held, RETRACTED, by, at, **facts)
    else:
        told = [task.assignee for task in held.tasks if task.assignee] if effect == "told" else []
        rows.touch_case(held, about(held, "case.alarm_withdrawn", by, at, assignees=told, **facts))
    return Retracted(number, effect, again=False)


def _signal(key: str, by: Actor) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(_SIGNAL, {"key": key, "sender": by.id})
        found = cursor.fetchone()
    if found is None:
        raise Absent("没有找到您用这个键上报的告警。")
    return tuple(found)


def _effect(held: Held, which: dict[str, Any]) -> Effect:
    if held.closed or held.id != which["told_of"] or _run(_TOLD_BY_OTHERS, which):
        return "noted"
    return "told" if _run(_BEGUN, which) else "closed"


@verb
def close_retracted(case_id: UUID, reason: str, *, by: Actor, at: datetime) -> None:
    """Close a case whose alarms were all taken back while somebody was at work on it; for who runs the shift."""
    held = locked(case_id, by, at)
    if not permissions.may(by, "case.assign", held.reach, at):
        raise Forbidden("只有值班长可以按误报结案。")
    checks.running(held)
    said = checks.reason(reason)
    if _run(_TOLD_BY_OTHERS, {"case": held.id, "told_of": held.id, "sender": NOBODY, "device": ""}):
        raise Conflict("还有人或其他设备上报了这件事，不能按误报结案。")
    end(held, RETRACTED, by, at, reason=said)


def _run(sql: str, given: dict[str, Any]) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return cursor.fetchone()[0] if cursor.description else None
