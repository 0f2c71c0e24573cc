"""Firing the timers that are due."""

import logging
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from zhongshu.base.permissions.rules import SYSTEM
from zhongshu.engine.cases.actions import onward, rows
from zhongshu.engine.cases.queries import timers
from zhongshu.engine.processes.rules.happenings import TimerFired

log = logging.getLogger(__name__)


def fire_due_timers(at: datetime, limit: int = 500) -> int:
    """Fire the timers due at `at`, each in its own transaction; returns how many fired. One that fails is left due."""
    return sum(_tried(*due, at) for due in timers.due(at, limit))


def _tried(case_id: UUID, token: int, element: str, at: datetime) -> bool:
    """Whether the timer fired; a scenario that cannot go on must not keep the timers of others from firing."""
    try:
        return _fire(case_id, token, element, at)
    except Exception:
        log.exception("timer %s of case %s failed", element, case_id)
        return False


@transaction.atomic
def _fire(case_id: UUID, token: int, element: str, at: datetime) -> bool:
    held = rows.read_locked(case_id)
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM cases_timer WHERE case_id = %s AND token = %s AND element = %s AND due <= %s",
            [case_id, token, element, at],
        )
        if not cursor.rowcount:
            return False
    onward.go(held, TimerFired(token, element), "case.timer_fired", SYSTEM, at, timer=element)
    return True
