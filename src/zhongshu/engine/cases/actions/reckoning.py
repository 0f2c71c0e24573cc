"""Deadlines by the ledger: terms from when things began, with what was added, without what stood still."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from zhongshu.base.calendar import queries as calendar
from zhongshu.base.calendar import rules as deadlines
from zhongshu.base.calendar.rules import Pause, Term
from zhongshu.engine.cases.queries import clocks, dues, scenarios
from zhongshu.engine.cases.rules import alarms, signing, whistle
from zhongshu.engine.cases.rules.state import WHOLE, Held

_DUE = {
    True: "UPDATE cases_case SET due = %(due)s, alarm = %(alarm)s, alarms = %(alarms)s WHERE id = %(case)s",
    False: """UPDATE cases_task SET due = %(due)s, alarm = %(alarm)s, alarms = %(alarms)s
              WHERE case_id = %(case)s AND token = %(token)s""",
}


@dataclass(frozen=True, slots=True)
class Clock:
    """A deadline that runs: of an open task or of the case (`WHOLE`), when it began and how long it is.

    One that an answer sets has no term: it is due at `fixed`, whatever the calendar and the pauses.
    """

    token: int
    element: str
    opened: datetime
    term: Term | None
    fixed: datetime | None = None


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
    running = _clocks(held)
    found = _found(held, running)
    for clock in running:
        _set(held, clock, found[clock.token], at)
    return found


def reckon_moved(held: Held, at: datetime) -> list[Move]:
    """Set those deadlines alone that come out different from what they are; the others keep their alarms."""
    running = [clock for clock in _clocks(held) if clock.fixed is None]
    found, moved = _found(held, running), list[Move]()
    for clock in running:
        task = held.task(clock.token)
        before = task.due if task else held.due
        if before is not None and before != found[clock.token]:
            _set(held, clock, found[clock.token], at)
            holder, delegate = (task.assignee, task.delegate) if task else (None, None)
            moved.append(Move(clock.token, task.element if task else "", before, found[clock.token], holder, delegate))
    return moved


def _clocks(held: Held) -> list[Clock]:
    wanted = [(WHOLE, "case", held.opened, 0), *((t.token, t.element, t.opened, -t.pool) for t in held.tasks)]
    settings = scenarios.of(held).settings
    own = [Clock(t.token, t.element, t.opened, given) for t in held.tasks if (given := signing.term(settings, held, t))]
    return [*(clock for each in wanted if (clock := _clock(held, *each)) is not None), *own]


def _clock(held: Held, token: int, element: str, opened: datetime, body: int) -> Clock | None:
    settings = scenarios.of(held).settings
    if settings.by_answer(element, held.category) is not None:
        fixed = dues.due(settings, held.data, element, held.category, opened, body)
        return Clock(token, element, opened, None, fixed) if fixed is not None else None
    term = whistle.term(settings, held.data, element, held.category, body)
    return Clock(token, element, opened, term) if term is not None else None


def _found(held: Held, running: list[Clock]) -> dict[int, datetime]:
    """By token; the case's own deadline never comes before that of a task whose time was lengthened, ended or not."""
    pauses, more = clocks.pauses(held.id), clocks.extensions(held.id)
    ended = [_clock(held, *each) for each in clocks.lengthened(held.id)] if more else []
    found = dict[int, datetime]()
    for clock in [*running, *filter(None, ended)]:
        found[clock.token] = clock.fixed or _reckoned(clock, more.get(clock.token, 0), pauses)
    if WHOLE in found:
        found[WHOLE] = max(due for token, due in found.items() if token == WHOLE or token in more)
    return found


def _reckoned(clock: Clock, more: int, pauses: list[Pause]) -> datetime:
    assert clock.term is not None, "what no answer sets has a term"
    term = Term(clock.term.amount + more, clock.term.unit)
    return deadlines.due(clock.opened, term, calendar.working_days(), pauses).at


def _set(held: Held, clock: Clock, due: datetime, at: datetime) -> None:
    warning = alarms.first(clock.opened, due, scenarios.of(held).settings.alarms)
    ahead = warning is not None and warning > at
    row: dict[str, Any] = {"case": held.id, "token": clock.token, "due": due}
    row |= {"alarm": warning if ahead else due, "alarms": alarms.WARNED if ahead else alarms.LATE}
    with connection.cursor() as cursor:
        cursor.execute(_DUE[clock.token == WHOLE], row)
