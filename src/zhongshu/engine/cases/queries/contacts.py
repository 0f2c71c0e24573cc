"""Who has told us what."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from zhongshu.base.http.refusals import Absent
from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.cases.models import Contact
from zhongshu.engine.cases.queries import whose
from zhongshu.engine.cases.rules.contacts import query_digest
from zhongshu.registers.people import queries as people

LONGEST_CODE = 20

_THEIRS = f"""
WITH {people.PARTIES} SELECT k.id FROM cases_contact k JOIN cases_case c ON c.id = k.case_id
WHERE k.case_id = %(case)s
  AND (({whose.THEIRS} AND {whose.WITHIN}) OR (k.query_digest = %(digest)s AND %(code)s <> ''))
ORDER BY k.received, k.id LIMIT 1
"""
_OTHERS = """
SELECT EXISTS (
    SELECT 1 FROM cases_case c JOIN cases_contact k ON k.case_id = c.id
    JOIN cases_contact own ON own.case_id = %(case)s AND own.id = %(contact)s
    WHERE (c.id = %(case)s OR c.master = %(case)s) AND k.id <> own.id
      AND (k.account IS NULL OR (k.account, k.behalf) IS DISTINCT FROM (own.account, own.behalf)))
"""


def received(key: str) -> datetime | None:
    """When the contact with this key came; None when there is none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT received FROM cases_contact WHERE key = %s", [key])
        found = cursor.fetchone()
    return found[0] if found else None


def theirs(case_id: UUID, by: Actor, code: str) -> UUID:
    """The contact by which somebody told of a case: as `lists.mine` has it, or with this query code; else Absent.

    Who acts for another has no use of a code: it would open matters that are not their principal's.
    """
    said = "" if by.mandate else code.strip()[:LONGEST_CODE]
    given: dict[str, Any] = {"case": case_id, "code": said, "digest": query_digest(case_id, said)} | people.whose(by)
    with connection.cursor() as cursor:
        cursor.execute(_THEIRS, given)
        found = cursor.fetchone()
    if found is None:
        raise Absent("没有找到这个办件。")
    return found[0]


def is_theirs(case_id: UUID, by: Actor) -> bool:
    """Whether somebody told of a case, or another for them."""
    try:
        theirs(case_id, by, "")
    except Absent:
        return False
    return True


def first(case_id: UUID) -> Contact:
    """The contact that opened a case."""
    return Contact.objects.filter(case_id=case_id).order_by("received", "id")[0]


def told_by_others(case_id: UUID, contact: UUID) -> bool:
    """Whether anybody but the person behind this contact told of the case, or of one merged into it."""
    with connection.cursor() as cursor:
        cursor.execute(_OTHERS, {"case": case_id, "contact": contact})
        return bool(cursor.fetchone()[0])
