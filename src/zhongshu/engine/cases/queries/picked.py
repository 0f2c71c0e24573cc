"""The tasks somebody ticked in a list."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection

from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.cases.queries import seen, worklist
from zhongshu.engine.cases.rules.bulk import Picked

_KINDS = """
SELECT DISTINCT c.scenario, c.version, t.element
FROM unnest(%s::uuid[], %s::int[]) AS p (case_id, token)
JOIN cases_task t ON t.case_id = p.case_id AND t.token = p.token AND t.closed IS NULL
JOIN cases_case c ON c.id = t.case_id
"""
# A token of 0 means every open task of the case.
_ROWS = f"""
SELECT c.reach, {worklist.COLUMNS}
FROM unnest(%s::uuid[], %s::int[]) WITH ORDINALITY AS p (case_id, token, n)
JOIN cases_task t ON t.case_id = p.case_id AND (p.token = 0 OR t.token = p.token) AND t.closed IS NULL
JOIN cases_case c ON c.id = t.case_id
ORDER BY p.n, t.token
"""


def kinds(rows: Collection[Picked]) -> set[tuple[str, int, str]]:
    """The kinds (scenario, version, element) of those tasks that are still open."""
    with connection.cursor() as cursor:
        cursor.execute(_KINDS, _columns([(row.case_id, row.token) for row in rows]))
        return set(cursor.fetchall())


def rows(ticked: Sequence[tuple[UUID, int]], actor: Actor, at: datetime) -> list[worklist.Row]:
    """The open tasks of these cases and tokens (0: all of the case) as they are now, as far as the actor may see them.

    In the order given; one statement.
    """
    scope = permissions.scope(actor, seen.READ, at)
    with connection.cursor() as cursor:
        cursor.execute(_ROWS, _columns(ticked))
        found = [(reach, worklist.Row(*row)) for reach, *row in cursor.fetchall()]
    return [row for reach, row in found if scope.covers(reach) or actor.id in (str(row.assignee), str(row.delegate))]


def _columns(pairs: Sequence[tuple[UUID, int]]) -> tuple[list[UUID], list[int]]:
    return [case_id for case_id, _ in pairs], [token for _, token in pairs]
