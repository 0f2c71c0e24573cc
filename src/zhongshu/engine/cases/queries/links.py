"""Which cases are tied to a case."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.cases.queries.lists import COLUMNS, Row
from zhongshu.engine.cases.queries.seen import READ

_OF_CASE = f"""
SELECT c.reach,
       EXISTS (SELECT 1 FROM cases_task t WHERE t.case_id = c.id AND t.closed IS NULL AND t.assignee = %(by)s),
       l.kind, l.own, l.note, l.at, {COLUMNS}
FROM (
    SELECT other AS id, kind, true AS own, note, at FROM cases_link WHERE case_id = %(case)s
    UNION ALL
    SELECT case_id, kind, false, note, at FROM cases_link WHERE other = %(case)s) l
JOIN cases_case c ON c.id = l.id ORDER BY l.at, c.id LIMIT %(limit)s
"""
MOST = 100


@dataclass(frozen=True, slots=True)
class Tied:
    """A case tied to another: how, seen from that one (`own`) or from this one, with the note and since when."""

    kind: str
    own: bool
    note: str
    at: datetime
    row: Row


def of_case(case_id: UUID, by: Actor, at: datetime) -> list[Tied]:
    """The cases tied to a case that the actor may see too, oldest tie first; one statement."""
    scope = permissions.scope(by, READ, at)
    with connection.cursor() as cursor:
        cursor.execute(_OF_CASE, {"case": case_id, "by": by.id, "limit": MOST})
        rows = cursor.fetchall()
    return [
        Tied(kind, own, note, since, Row(*row))
        for reach, theirs, kind, own, note, since, *row in rows
        if theirs or scope.covers(reach)
    ]
