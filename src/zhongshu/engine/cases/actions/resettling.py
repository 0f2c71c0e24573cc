"""When a body is moved under others, the open cases under it come under those too.

Closed cases stay with the bodies that were over them when they were closed: those answer for how they were handled.
"""

import logging
from datetime import datetime
from uuid import UUID

from django.db import OperationalError, connection, transaction
from procrastinate.contrib.django import app

from zhongshu.base.permissions.rules import SYSTEM, body_key
from zhongshu.engine.cases.actions import rows, step
from zhongshu.engine.cases.actions.entries import about
from zhongshu.engine.cases.models import BodyMove

log = logging.getLogger(__name__)

JOB = "cases.resettle"
BATCH = 500
WAIT = 3
"""Seconds before a job begins: every process has let go of the tree as it was (`journal.caches.EVERY`)."""

# Oldest first: whatever is opened meanwhile comes last, and lies under the new line already.
_WAITING = """
SELECT case_id, opened FROM cases_reach WHERE ancestor = %(ancestor)s AND running
  AND (%(upto)s::timestamptz IS NULL OR (opened, case_id) > (%(upto)s, %(case)s))
ORDER BY opened, case_id LIMIT %(limit)s
"""


@transaction.atomic
def ask_resettling(entry: int, body: int, *, at: datetime) -> None:
    """Have the open cases under a body come under the bodies now over it, by a job; asked for once for each entry."""
    _, new = BodyMove.objects.get_or_create(entry=entry, defaults={"body": body, "asked": at})
    if new:
        app.configure_task(JOB, schedule_in={"seconds": WAIT}).defer(entry=entry)


def resettle(entry: int, *, at: datetime) -> None:
    """Do it, a case a transaction, each that moved with its entry; taken up again it goes on where it stopped."""
    move = BodyMove.objects.get(entry=entry)
    while found := _batch(move):
        for case_id, opened in found:
            moved = _tried(case_id, move, at)
            move.upto, move.upto_case = opened, case_id
            move.looked, move.moved = move.looked + 1, move.moved + moved
        move.save(update_fields=["upto", "upto_case", "looked", "moved"])
    BodyMove.objects.filter(entry=entry, finished=None).update(finished=at)


def _batch(move: BodyMove) -> list[tuple[UUID, datetime]]:
    values = {"ancestor": body_key(move.body), "upto": move.upto, "case": move.upto_case, "limit": BATCH}
    with connection.cursor() as cursor:
        cursor.execute(_WAITING, values)
        return cursor.fetchall()


def _tried(case_id: UUID, move: BodyMove, at: datetime) -> bool:
    """One case; one that breaks is told to the operator and holds up no other."""
    try:
        return _settle(case_id, move, at)
    except OperationalError:
        raise
    except Exception:
        log.exception("case %s did not follow body %s", case_id, move.body)
        return False


@transaction.atomic
def _settle(case_id: UUID, move: BodyMove, at: datetime) -> bool:
    """Bring one case under what is over its bodies now. Doing it again changes nothing, so a batch may be repeated."""
    held = rows.read_locked(case_id)
    reach = step.reach_now(held)
    if held.closed or set(reach) == set(held.reach):
        return False
    entry = about(held, "case.reach_moved", SYSTEM, at, moved_body=move.body, reach=list(reach))
    rows.move_reach(held, reach, entry)
    return True
