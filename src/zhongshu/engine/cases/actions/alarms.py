"""Raising the alarms of deadlines that near, break, or stay broken."""

import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from zhongshu.base.permissions.rules import SYSTEM
from zhongshu.engine.cases.actions import rows
from zhongshu.engine.cases.actions.entries import about
from zhongshu.engine.cases.queries import scenarios
from zhongshu.engine.cases.rules import alarms, stepping
from zhongshu.engine.cases.rules.state import Held
from zhongshu.registers.people import queries as people

log = logging.getLogger(__name__)

_DUE = """
SELECT id AS case_id, 0 AS token FROM (
    SELECT id, alarm FROM cases_case WHERE closed IS NULL AND alarm <= %(at)s ORDER BY alarm LIMIT %(limit)s) c
UNION ALL
SELECT case_id, token FROM (
    SELECT case_id, token, alarm FROM cases_task WHERE closed IS NULL AND alarm <= %(at)s
    ORDER BY alarm LIMIT %(limit)s) t
"""
_CLOCKS = """
SELECT opened, due, alarms FROM cases_case WHERE id = %(case)s AND %(token)s = 0 AND closed IS NULL AND alarm <= %(at)s
UNION ALL
SELECT opened, due, alarms FROM cases_task
WHERE case_id = %(case)s AND token = %(token)s AND closed IS NULL AND alarm <= %(at)s
"""


@dataclass(frozen=True, slots=True)
class Clock:
    """A running deadline and how many alarms it has had."""

    opened: datetime
    due: datetime
    alarms: int


def raise_alarms(at: datetime, limit: int = 500) -> int:
    """Raise the alarms due at `at`, each in its own transaction; returns how many. One that fails is left due."""
    with connection.cursor() as cursor:
        cursor.execute(_DUE, {"at": at, "limit": limit})
        due = cursor.fetchall()
    return sum(_tried(case_id, token, at) for case_id, token in due)


def _tried(case_id: UUID, token: int, at: datetime) -> bool:
    try:
        return _raise(case_id, token, at)
    except Exception:
        log.exception("alarm of case %s failed", case_id)
        return False


@transaction.atomic
def _raise(case_id: UUID, token: int, at: datetime) -> bool:
    held = rows.read_locked(case_id)
    with connection.cursor() as cursor:
        cursor.execute(_CLOCKS, {"case": case_id, "token": token, "at": at})
        found = cursor.fetchone()
    if found is None:
        return False
    clock, line = Clock(*found), stepping.line(held, token, people.lineage)
    levels = alarms.LATE + 1 + len(line)
    given = scenarios.of(held).settings.alarms
    level = alarms.reached(clock.opened, clock.due, clock.alarms, levels, at, given)
    told = _told(held, token, clock, line[level - alarms.LATE - 1] if level > alarms.LATE else None)
    entry = about(held, f"case.{alarms.kind(level)}", SYSTEM, at, **told)
    following = alarms.moment(clock.opened, clock.due, level + 1, levels, given)
    rows.set_alarm(held, token, entry, alarm=following, alarms=level + 1)
    return True


def _told(held: Held, token: int, clock: Clock, to: int | None) -> dict[str, Any]:
    """`to` is the body whose head is told; None below that, and where no body answers yet (0)."""
    task = held.task(token)
    return {
        "task": task.element if task else "", "token": token, "due": clock.due, "to": to,
        "assignee": task.assignee if task else None, "delegate": task.delegate if task else None,
    }  # fmt: skip
