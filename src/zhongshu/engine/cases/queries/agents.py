"""Who acts for whoever told of a case: they do not handle it, and who handles it does not act there."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.cases.models import Contact
from zhongshu.registers.people.queries import mandates

_ACTS_IN = f"""
SELECT EXISTS (
    SELECT 1 FROM cases_contact k LEFT JOIN people_account t ON t.id = k.account
    WHERE k.case_id = %(case)s AND ((k.account = %(account)s AND k.behalf IS NOT NULL)
        OR coalesce(k.behalf, t.person_id, t.firm_id) IN ({mandates.PRINCIPALS})))
"""
_HANDLES = """
SELECT EXISTS (SELECT 1 FROM cases_task WHERE case_id = %(case)s
               AND %(account)s::uuid IN (assignee, delegate, closed_by))
"""
_AGENT = "SELECT account FROM cases_contact WHERE case_id = %s AND id = %s AND behalf IS NOT NULL"


def acts_in(case_id: UUID, scenario: str, category: str, account: str, at: datetime) -> bool:
    """Whether an account told of a case for another, or may act for one who told of it."""
    given: dict[str, Any] = {"case": case_id, "account": account, "scenario": scenario, "category": category, "at": at}
    with connection.cursor() as cursor:
        cursor.execute(_ACTS_IN, given)
        return bool(cursor.fetchone()[0])


def handles(case_id: UUID, by: Actor) -> bool:
    """Whether somebody has, or did, a task of a case as an official."""
    with connection.cursor() as cursor:
        cursor.execute(_HANDLES, {"case": case_id, "account": by.id})
        return bool(cursor.fetchone()[0])


def told_for_another(cases: Collection[UUID], by: Actor) -> bool:
    """Whether somebody told of one of these cases for another: what is on it is not theirs, though they brought it."""
    return Contact.objects.filter(case_id__in=cases, account=by.id, behalf__isnull=False).exists()


def of_contact(case_id: UUID, contact: UUID) -> UUID | None:
    """The account that told by this contact for another; None when they told for themselves."""
    with connection.cursor() as cursor:
        cursor.execute(_AGENT, [case_id, contact])
        found = cursor.fetchone()
    return found[0] if found else None
