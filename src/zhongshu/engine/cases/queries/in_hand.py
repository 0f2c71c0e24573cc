"""Whose a task is."""

from collections.abc import Collection
from uuid import UUID

from django.db import connection

from zhongshu.base.permissions.rules import Actor

_IN_HAND = """
SELECT t.case_id, t.token FROM unnest(%(cases)s::uuid[], %(tokens)s::int[]) AS asked (case_id, token)
JOIN cases_task t ON t.case_id = asked.case_id AND t.token = asked.token
WHERE t.closed IS NULL AND (t.assignee IS NULL OR %(account)s::uuid IN (t.assignee, t.delegate))
"""


def in_hand(tasks: Collection[tuple[UUID, int]], by: Actor) -> set[tuple[UUID, int]]:
    """Which of these tasks are open and nobody else's: somebody's to answer for, or to do for who does, or yet to be
    claimed. One statement.
    """
    with connection.cursor() as cursor:
        cases, tokens = [case for case, _ in tasks], [token for _, token in tasks]
        cursor.execute(_IN_HAND, {"cases": cases, "tokens": tokens, "account": by.id})
        return set(cursor.fetchall())
