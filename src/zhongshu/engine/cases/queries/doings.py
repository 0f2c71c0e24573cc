"""What was done in a case."""

from typing import Any
from uuid import UUID

import msgspec
from django.db import connection

from zhongshu.engine.cases.rules.going_back import Doing

# A case may have looped often: of each task at each body or place only the newest doing is read.
_DOINGS = """
SELECT DISTINCT ON (element, pool) token, element, pool, closed_by::text, closed, outcome::text
FROM cases_task WHERE case_id = %s AND ending = 'done' AND signs IS NULL
ORDER BY element, pool, closed DESC, token DESC
"""
_DOING = """
SELECT token, element, pool, closed_by::text, closed, outcome::text
FROM cases_task WHERE case_id = %s AND token = %s AND ending = 'done' AND signs IS NULL
"""


def doings(case_id: UUID) -> list[Doing]:
    """The newest doing of each task of a case, at each body or place it waited for."""
    return _read(_DOINGS, case_id)


def doing(case_id: UUID, token: int) -> Doing | None:
    """The doing of the task with this token; None where it was not done, or is a signature."""
    return next(iter(_read(_DOING, case_id, token)), None)


def _read(sql: str, *given: UUID | int) -> list[Doing]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return [_doing(row) for row in cursor.fetchall()]


def _doing(row: tuple[Any, ...]) -> Doing:
    *plain, outcome = row
    rest: list[Any] = [msgspec.json.decode(outcome or "{}")]
    return Doing(*plain, *rest)
