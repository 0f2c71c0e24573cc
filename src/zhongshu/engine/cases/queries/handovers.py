"""What somebody holds, and how handing it over goes."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count

from zhongshu.engine.cases.models import HandedRow, Handover

PAGE = 100

# A refused task is not tried again in the same handover.
_OPEN = """
SELECT case_id, token FROM (
    SELECT case_id, token, due FROM cases_task WHERE assignee = %(account)s AND closed IS NULL
    UNION ALL
    SELECT case_id, token, due FROM cases_task WHERE delegate = %(account)s AND closed IS NULL) t
WHERE NOT EXISTS (
    SELECT 1 FROM cases_handed_row r
    WHERE r.case_id = t.case_id AND r.token = t.token AND r.handover = %(but)s AND r.outcome = 'refused')
ORDER BY due, case_id, token LIMIT %(limit)s
"""
_HOLDS = """
SELECT (SELECT count(*) FROM cases_task WHERE assignee = %(account)s AND closed IS NULL)
     + (SELECT count(*) FROM cases_task WHERE delegate = %(account)s AND closed IS NULL)
"""
_ROWS = """
SELECT r.case_id, r.token, c.number, c.category, c.title, c.scenario, c.version, t.element, t.assignee, r.outcome,
       r.sentence, r.gaps::text, r.at
FROM cases_handed_row r JOIN cases_case c ON c.id = r.case_id
JOIN cases_task t ON t.case_id = r.case_id AND t.token = r.token
WHERE r.handover = %s ORDER BY r.outcome DESC, r.case_id, r.token LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class Row:
    """One task of a handover as it went; `assignee` is who has it now."""

    case_id: UUID
    token: int
    number: str
    category: str
    title: str
    scenario: str
    version: int
    element: str
    assignee: UUID | None
    outcome: str
    sentence: str
    gaps: Mapping[str, Any]
    at: datetime


def open_tasks(account: UUID, *, but: UUID | None = None, limit: int = PAGE) -> list[tuple[UUID, int]]:
    """Case and token of the open tasks an account holds or does for others, earliest due first.

    Without those that the handover `but` was refused.
    """
    with connection.cursor() as cursor:
        cursor.execute(_OPEN, {"account": account, "but": but, "limit": limit})
        return cursor.fetchall()


def held(account: UUID) -> int:
    """How many open tasks an account holds or does for others: two counts over its own index entries."""
    with connection.cursor() as cursor:
        cursor.execute(_HOLDS, {"account": account})
        return cursor.fetchone()[0]


def counted(handover: UUID) -> dict[str, int]:
    """Outcome → how many tasks of a handover had it so far."""
    found = HandedRow.objects.filter(handover=handover).values_list("outcome")
    return dict(found.annotate(n=Count("token")).order_by("outcome"))


def rows(handover: UUID, limit: int = PAGE) -> list[Row]:
    """The tasks of a handover as far as it got, refused ones first."""
    with connection.cursor() as cursor:
        cursor.execute(_ROWS, [handover, limit])
        return [_row(row) for row in cursor.fetchall()]


def _row(found: tuple[Any, ...]) -> Row:
    *plain, gaps, at = found
    parsed: list[Any] = [json.loads(gaps), at]
    return Row(*plain, *parsed)


def newest(account: UUID) -> Handover | None:
    """The last handover of an account's work."""
    return Handover.objects.filter(account=account).order_by("-asked").first()
