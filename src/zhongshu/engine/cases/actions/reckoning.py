"""Deadlines by the ledger: terms from when things began, with what was added, without what stood still."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from zhongshu.base.calendar import queries as calendar
from zhongshu.engine.cases.queries import clocks, scenarios
from zhongshu.engine.cases.rules import reckoning as rules
from zhongshu.engine.cases.rules.reckoning import Clock
from zhongshu.engine.cases.rules.state import WHOLE, Held

_DUE = {
    True: "UPDATE cases_case SET due = %(due)s, alarm = %(alarm)s, alarms = %(alarms)s WHERE id = %(case)s",
    False: """UPDATE cases_task SET due = %(due)s, alarm = %(alarm)s, alarms = %(alarms)s
              WHERE case_id = %(case)s AND token = %(token)s""",
}


@dataclass(frozen=True, slots=True)
class Move:
    """A deadline that is another one now, and who has the task."""

    token: int
    task: str
    before: datetime
    due: datetime
    assignee: str | None
    delegate: str | None


def reckon(held: Held, at: datetime) -> dict[int, datetime]:
    """Set the deadlines of the case and its open tasks by terms, extensions and pauses; returns them by token."""
    running = rules.running(scenarios.of(held).settings, held)
    found = _found(held, running)
    for clock in running:
        _set(held, clock, found[clock.token], at)
    return found


def reckon_moved(held: Held, at: datetime) -> list[Move]:
    """Set those deadlines alone that come out different from what they are; the others keep their alarms."""
    running = [clock for clock in rules.running(scenarios.of(held).settings, held) if clock.fixed is None]
    found, moved = _found(held, running), list[Move]()
    for clock in running:
        task = held.task(clock.token)
        before = task.due if task else held.due
        if before is not None and before != found[clock.token]:
            _set(held, clock, found[clock.token], at)
            holder, delegate = (task.assignee, task.delegate) if task else (None, None)
            moved.append(Move(clock.token, task.element if task else "", before, found[clock.token], holder, delegate))
    return moved


def _found(held: Held, running: list[Clock]) -> dict[int, datetime]:
    more = clocks.extensions(held.id)
    ended = clocks.lengthened(held.id) if more else []
    settings = scenarios.of(held).settings
    return rules.found(settings, held, running, clocks.pauses(held.id), more, ended, calendar.working_days())


def _set(held: Held, clock: Clock, due: datetime, at: datetime) -> None:
    alarm, level = rules.speaks(clock, due, at, scenarios.of(held).settings.alarms)
    row: dict[str, Any] = {"case": held.id, "token": clock.token, "due": due, "alarm": alarm, "alarms": level}
    with connection.cursor() as cursor:
        cursor.execute(_DUE[clock.token == WHOLE], row)
