"""Who acts for whoever told of a case: they do not handle it, and who handles it does not act there."""

from datetime import datetime
from uuid import UUID

from django.db import connection

from zhongshu.base.permissions.rules import Actor
from zhongshu.registers.people.queries import mandates

_PARTIES = """
SELECT array_remove(array_agg(DISTINCT coalesce(k.behalf, a.person_id, a.firm_id)), NULL),
       coalesce(bool_or(k.account = %(account)s AND k.behalf IS NOT NULL), false)
FROM cases_contact k LEFT JOIN people_account a ON a.id = k.account WHERE k.case_id = %(case)s
"""
_HANDLES = """
SELECT EXISTS (SELECT 1 FROM cases_task WHERE case_id = %(case)s
               AND %(account)s::uuid IN (assignee, delegate, closed_by))
"""
_AGENT = "SELECT account FROM cases_contact WHERE case_id = %s AND id = %s AND behalf IS NOT NULL"


def acts_in(case_id: UUID, scenario: str, category: str, account: str, at: datetime) -> bool:
    """Whether an account told of a case for another, or may act for one who told of it."""
    with connection.cursor() as cursor:
        cursor.execute(_PARTIES, {"case": case_id, "account": account})
        parties, told = cursor.fetchone()
    return told or (bool(parties) and mandates.acts_for(account, parties, scenario, category, at))


def handles(case_id: UUID, by: Actor) -> bool:
    """Whether somebody has, or did, a task of a case as an official."""
    with connection.cursor() as cursor:
        cursor.execute(_HANDLES, {"case": case_id, "account": by.id})
        return bool(cursor.fetchone()[0])


def of_contact(case_id: UUID, contact: UUID) -> UUID | None:
    """The account that told by this contact for another; None when they told for themselves."""
    with connection.cursor() as cursor:
        cursor.execute(_AGENT, [case_id, contact])
        found = cursor.fetchone()
    return found[0] if found else None
