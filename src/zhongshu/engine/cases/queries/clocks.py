"""Questions about a case's clock: whether it stands still, when it did, what was added to its terms."""

from datetime import datetime
from uuid import UUID

from django.db import connection

from zhongshu.base.calendar.rules import Pause
from zhongshu.engine.cases.models import Reckoning


def stopped(case_id: UUID) -> datetime | None:
    """Since when the clock stands still; None when it runs."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT started FROM cases_pause WHERE case_id = %s AND ended IS NULL", [case_id])
        found = cursor.fetchone()
    return found[0] if found else None


def pauses(case_id: UUID) -> list[Pause]:
    """The ledger of pauses, oldest first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT started, ended FROM cases_pause WHERE case_id = %s ORDER BY started", [case_id])
        return [Pause(started, ended) for started, ended in cursor.fetchall()]


def extensions(case_id: UUID) -> dict[int, int]:
    """Units added to the term of each task, by token."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT token, sum(amount)::int FROM cases_extension WHERE case_id = %s GROUP BY token", [case_id]
        )
        return dict(cursor.fetchall())


def lengthened(case_id: UUID) -> list[tuple[int, str, datetime, int]]:
    """The ended tasks whose term had been lengthened: token, element, when it opened, the body it waited for."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT token, element, opened, -pool FROM cases_task t WHERE case_id = %s AND closed IS NOT NULL
               AND EXISTS (SELECT 1 FROM cases_extension e WHERE e.case_id = t.case_id AND e.token = t.token)""",
            [case_id],
        )
        return cursor.fetchall()


def reckonings(limit: int = 3) -> list[Reckoning]:
    """The last times all open deadlines were reckoned anew because a year was announced, newest first."""
    return list(Reckoning.objects.order_by("-entry")[:limit])
