"""Who has told us what."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from zhongshu.base.http.refusals import Absent
from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.cases.models import Contact
from zhongshu.engine.cases.rules.contacts import query_digest
from zhongshu.registers.people.queries.persons import OF_ONE_PERSON

LONGEST_CODE = 20

_THEIRS = f"""
SELECT id FROM cases_contact
WHERE case_id = %(case)s AND (account IN ({OF_ONE_PERSON}) OR (query_digest = %(digest)s AND %(code)s <> ''))
ORDER BY received, id LIMIT 1
"""
_TOLD = f"""
SELECT id FROM cases_contact WHERE case_id = %(case)s AND account IN ({OF_ONE_PERSON}) ORDER BY received, id LIMIT 1
"""
_OTHERS = """
SELECT EXISTS (
    SELECT 1 FROM cases_case c JOIN cases_contact k ON k.case_id = c.id
    JOIN cases_contact own ON own.case_id = %(case)s AND own.id = %(contact)s
    WHERE (c.id = %(case)s OR c.master = %(case)s) AND k.id <> own.id
      AND (k.account IS NULL OR k.account IS DISTINCT FROM own.account))
"""


def received(key: str) -> datetime | None:
    """When the contact with this key came; None when there is none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT received FROM cases_contact WHERE key = %s", [key])
        found = cursor.fetchone()
    return found[0] if found else None


def theirs(case_id: UUID, by: Actor, code: str) -> UUID:
    """The contact by which somebody told of a case: of an account of theirs, or with this query code; else Absent."""
    said = code.strip()[:LONGEST_CODE]
    given: dict[str, Any] = {"case": case_id, "account": by.id, "code": said, "digest": query_digest(case_id, said)}
    with connection.cursor() as cursor:
        cursor.execute(_THEIRS, given)
        found = cursor.fetchone()
    if found is None:
        raise Absent("没有找到这个办件。")
    return found[0]


def told_by(case_id: UUID, account: str) -> UUID | None:
    """The first contact by which the person of this account told of a case, by whichever account of theirs."""
    with connection.cursor() as cursor:
        cursor.execute(_TOLD, {"case": case_id, "account": account})
        found = cursor.fetchone()
    return found[0] if found else None


def first(case_id: UUID) -> Contact:
    """The contact that opened a case."""
    return Contact.objects.filter(case_id=case_id).order_by("received", "id")[0]


def told_by_others(case_id: UUID, contact: UUID) -> bool:
    """Whether anybody but the person behind this contact told of the case, or of one merged into it."""
    with connection.cursor() as cursor:
        cursor.execute(_OTHERS, {"case": case_id, "contact": contact})
        return bool(cursor.fetchone()[0])
