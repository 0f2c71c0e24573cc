"""When the days of a year are announced, every open deadline that rests on them is reckoned anew."""

import logging
from collections.abc import Iterator
from datetime import date, datetime, time
from uuid import UUID

import msgspec
from django.db import OperationalError, connection, transaction
from procrastinate.contrib.django import app

from zhongshu.base.calendar import queries as calendar
from zhongshu.base.calendar.rules import SHANGHAI
from zhongshu.base.permissions.rules import SYSTEM
from zhongshu.engine.cases.actions import reckoning, rows
from zhongshu.engine.cases.actions.entries import about
from zhongshu.engine.cases.models import Reckoning

log = logging.getLogger(__name__)

JOB = "cases.reckon_year"
BATCH = 5_000

# A day that changed moves no deadline before it; what stands still has none and is reckoned when it goes on.
_RESTING_ON = """
SELECT id FROM (
    SELECT id FROM cases_case WHERE closed IS NULL AND due >= %(since)s
    UNION
    SELECT case_id FROM cases_task WHERE closed IS NULL AND due >= %(since)s) u
WHERE %(upto)s::uuid IS NULL OR id > %(upto)s ORDER BY id LIMIT %(limit)s
"""
_LOOKED = """
UPDATE cases_reckoning SET upto = %(case)s, looked = looked + 1, moved = moved + %(moved)s WHERE entry = %(entry)s
"""


@transaction.atomic
def ask_reckoning(entry: int, year: int, since: date, *, at: datetime) -> None:
    """Have open deadlines from `since` on reckoned anew by a job; asked for once for each entry that says why."""
    _, new = Reckoning.objects.get_or_create(entry=entry, defaults={"year": year, "since": since, "asked": at})
    if new:
        app.configure_task(JOB).defer(entry=entry)


def reckon_year(entry: int, *, at: datetime) -> None:
    """Do it, a case a transaction, each that moved with its entry; taken up again it goes on where it stopped."""
    calendar.forget()
    asked = Reckoning.objects.get(entry=entry)
    for case_id in _waiting(asked):
        _tried(case_id, asked, at)
    Reckoning.objects.filter(entry=entry, finished=None).update(finished=at)


def _waiting(asked: Reckoning) -> Iterator[UUID]:
    upto = asked.upto
    while found := _batch(asked.since, upto):
        yield from found
        upto = found[-1]


def _batch(since: date, upto: UUID | None) -> list[UUID]:
    values = {"since": datetime.combine(since, time.min, SHANGHAI), "upto": upto, "limit": BATCH}
    with connection.cursor() as cursor:
        cursor.execute(_RESTING_ON, values)
        return [case_id for (case_id,) in cursor.fetchall()]


def _tried(case_id: UUID, asked: Reckoning, at: datetime) -> None:
    """One case; one that breaks is told to the operator and holds up no other."""
    try:
        _reckon(case_id, asked, at)
    except OperationalError:
        raise
    except Exception:
        log.exception("deadlines of case %s were not reckoned anew", case_id)


@transaction.atomic
def _reckon(case_id: UUID, asked: Reckoning, at: datetime) -> None:
    held = rows.read_locked(case_id)
    moved = [] if held.closed or held.stopped else reckoning.reckon_moved(held, at)
    if moved:
        said = {"year": asked.year, "moves": msgspec.to_builtins(moved)}
        rows.touch_case(held, about(held, "case.deadlines_moved", SYSTEM, at, **said))
    with connection.cursor() as cursor:
        cursor.execute(_LOOKED, {"case": case_id, "moved": int(bool(moved)), "entry": asked.entry})
