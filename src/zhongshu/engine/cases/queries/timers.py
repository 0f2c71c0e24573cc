"""The timers that are due."""

from datetime import datetime
from uuid import UUID

from django.db import connection

Due = tuple[UUID, int, str]
"""The case, token and element of a timer."""


def due(at: datetime, limit: int) -> list[Due]:
    """The timers due at `at`, the longest waiting first; those of a case whose clock stands still are not."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT case_id, token, element FROM cases_timer t WHERE due <= %s AND NOT EXISTS (
                   SELECT 1 FROM cases_pause p WHERE p.case_id = t.case_id AND p.ended IS NULL)
               ORDER BY due LIMIT %s""",
            [at, limit],
        )
        return cursor.fetchall()
