"""Which cases wait for a signal, and where a case takes them from."""

from uuid import UUID

from django.db import connection

from zhongshu.engine.cases.queries import scenarios
from zhongshu.engine.cases.rules.state import Held


def listens(held: Held, signal: str) -> bool:
    """Whether a case waits for a signal now."""
    return f"signal:{signal}" in held.marking.awaited(scenarios.of(held).net)


def waiting(signal: str, after: UUID, limit: int = 500) -> list[UUID]:
    """The running cases that wait for a signal, by id, from behind `after`."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT id FROM cases_case WHERE awaits IS NOT NULL AND awaits @> ARRAY[%s] AND closed IS NULL AND id > %s
               ORDER BY id LIMIT %s""",
            [f"signal:{signal}", after, limit],
        )
        return [id for (id,) in cursor.fetchall()]
