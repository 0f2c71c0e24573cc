"""What the reader of the journal must know of a case beyond what an entry says."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from zhongshu.base.calendar.rules import SHANGHAI
from zhongshu.data.figures.rules.steps import Worked


@dataclass(frozen=True, slots=True)
class Case:
    """When a case was opened, how it came, and the task an entry completes."""

    opened: datetime
    source: str
    task: Worked | None


# Everything here is fixed once the entry is written: reading later, or again, gives the same.
_CASE = """
SELECT c.opened, c.source, t.phase, t.opened, t.due,
       (SELECT coalesce(sum(extract(epoch FROM least(p.ended, %(at)s) - greatest(p.started, t.opened))), 0)
        FROM cases_pause p WHERE p.case_id = c.id AND p.ended > t.opened AND p.started < %(at)s),
       (SELECT h.closed_by::text FROM cases_task h
        WHERE h.case_id = c.id AND h.token <> t.token AND h.closed <= %(at)s AND h.ending = 'done'
              AND h.outcome ? 'result' ORDER BY h.closed DESC, h.token DESC LIMIT 1)
FROM cases_case c LEFT JOIN cases_task t ON t.case_id = c.id AND t.token = %(token)s WHERE c.id = %(case)s
"""


def case(case_id: str, token: int | None, at: datetime) -> Case | None:
    """The case and its task of this token as of `at`, in one statement by keys; None when there is no such case."""
    with connection.cursor() as cursor:
        cursor.execute(_CASE, {"case": case_id, "token": token, "at": at})
        row = cursor.fetchone()
    if row is None:
        return None
    opened, source, phase, waiting, due, paused, handler = row
    task = Worked(phase, waiting, due, float(paused), handler) if phase is not None else None
    return Case(opened.astimezone(SHANGHAI), source, task)
