"""Who has urged when."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection


def last_by_contact(case_id: UUID, contact: UUID) -> datetime | None:
    """When an applicant urged a case last."""
    return _last("contact = %s", [case_id, contact])


def last_by_official(case_id: UUID, token: int, actor: str) -> datetime | None:
    """When an official urged a task last."""
    return _last("contact IS NULL AND token = %s AND actor = %s", [case_id, token, actor])


def since(case_id: UUID, actor: str, moment: datetime) -> set[int]:
    """The tasks of a case that an official has urged after a moment."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT token FROM cases_urge WHERE case_id = %s AND contact IS NULL AND actor = %s AND at > %s",
            [case_id, actor, moment],
        )
        return {token for (token,) in cursor.fetchall()}


def _last(which: str, given: list[Any]) -> datetime | None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT max(at) FROM cases_urge WHERE case_id = %s AND {which}", given)
        return cursor.fetchone()[0]
