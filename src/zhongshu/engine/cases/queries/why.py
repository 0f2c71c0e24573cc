"""What explaining a right over a case needs: what the case lies under, and whose its open tasks are."""

from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from zhongshu.engine.cases.queries.one import spelled

_CASE = """
SELECT c.id, c.reach, coalesce((SELECT array_agg(w::text) FROM cases_task t, unnest(ARRAY[t.assignee, t.delegate]) w
                                WHERE t.case_id = c.id AND t.closed IS NULL AND w IS NOT NULL), '{}')
FROM cases_case c WHERE c.number = %s
"""


@dataclass(frozen=True, slots=True)
class Lies:
    """What a case lies under, and with whom its open tasks are."""

    id: UUID
    reach: tuple[int, ...]
    hands: frozenset[str]


def lies(number: str) -> Lies | None:
    """Where the case with this number lies; it is for who explains, and says nothing of what is in the case."""
    with connection.cursor() as cursor:
        cursor.execute(_CASE, [spelled(number)])
        found = cursor.fetchone()
    return found and Lies(found[0], tuple(found[1]), frozenset(found[2]))
