"""Questions about mandates: who may act for whom, and whose matters somebody sees."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from zhongshu.base.http.refusals import Absent
from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.mandates import MandateScope
from zhongshu.base.permissions.rules import Actor
from zhongshu.registers.people.models import Account, Mandate, Person
from zhongshu.registers.people.rules import masked_name
from zhongshu.registers.people.rules.mandates import NoLongerActing

HELPS = "mandates.help"
"""What an official must hold to act as somebody's helper."""
ACTING = "acting"
"""Where a session keeps the id of the mandate that is acted under, and nothing else of it."""

_LIVING = """m.accepted IS NOT NULL AND m.revoked IS NULL AND m.starts <= %(at)s AND (m.ends IS NULL OR m.ends > %(at)s)
    AND (m.principal_person_id IS NULL OR EXISTS (
        SELECT 1 FROM people_person d WHERE d.id = m.principal_person_id AND d.destroyed IS NULL))
    AND (m.principal_firm_id IS NULL OR EXISTS (
        SELECT 1 FROM people_firm d WHERE d.id = m.principal_firm_id AND d.ended IS NULL))"""
_AGENT = """(m.agent_account_id = a.id OR m.agent_person_id = a.person_id OR m.agent_person_id IN (
        SELECT r.id FROM people_person r WHERE r.merged_into_id = a.person_id))"""
_PARTY = """coalesce((SELECT r.merged_into_id FROM people_person r WHERE r.id = m.principal_person_id),
        m.principal_person_id, m.principal_firm_id)"""

HELD = f"""
(SELECT json_build_array(m.id, m.kind, m.matters, {_PARTY}, p.name, f.name) FROM people_mandate m
 LEFT JOIN people_person p ON p.id = m.principal_person_id LEFT JOIN people_firm f ON f.id = m.principal_firm_id
 WHERE m.id = %(mandate)s::uuid AND {_AGENT} AND {_LIVING})
"""
"""Of an account `a` at `at`: the mandate with this id if it is theirs to act under, as `acting` reads it; else null."""

AGENT = """(EXISTS (SELECT 1 FROM people_mandate m WHERE m.agent_account_id = a.id)
    OR EXISTS (SELECT 1 FROM people_mandate m WHERE m.agent_person_id = a.person_id))"""
"""Of an account `a`: whether it was ever given a mandate."""

PARTIES = """
whose AS (
    SELECT coalesce(%(behalf)s::uuid,
        (SELECT coalesce(person_id, firm_id) FROM people_account WHERE id = %(account)s::uuid)) AS id
), parties AS (
    SELECT id FROM whose WHERE id IS NOT NULL
    UNION SELECT r.id FROM people_person r JOIN whose w ON r.merged_into_id = w.id
), accounts AS (
    SELECT a.id FROM people_account a JOIN parties p ON a.person_id = p.id WHERE a.kind = 'resident'
    UNION SELECT a.id FROM people_account a JOIN parties p ON a.firm_id = p.id WHERE a.kind = 'firm'
    UNION SELECT %(account)s::uuid WHERE %(behalf)s::uuid IS NULL
)
"""
"""WITH parts: the records (`parties`) and `accounts` of whom somebody is here, themselves or whom they act for. They
take `whose(...)`.
"""


def whose(by: Actor) -> dict[str, Any]:
    """The parameters of `PARTIES`, and the `matters` that somebody's mandate limits them to (empty: every matter)."""
    acting = by.mandate is not None
    return {
        "account": by.id, "behalf": by.behalf if acting else None,
        "matters": list(by.mandate.matters) if by.mandate else [],
    }  # fmt: skip


def acting(account: Actor, held: list[Any], at: datetime) -> Actor:
    """The account as it acts under a mandate: for its principal, and with nothing of its own.

    Only itself when the mandate is a helper's and it is not in that office any more.
    """
    mandate, kind, matters, party, person, firm = held
    if kind == Mandate.Kind.HELPER and not permissions.holds_anywhere(account, HELPS, at):
        return account
    scope = MandateScope(mandate, kind, firm or masked_name(person or ""), tuple(matters))
    return Actor(account.id, account.name, "firm" if firm else "resident", behalf=party, mandate=scope)


def still(by: Actor) -> None:
    """Refuse an act whose mandate was revoked since its request came in; asked inside the act's transaction."""
    if by.mandate and not Mandate.objects.filter(pk=by.mandate.id, revoked=None).exists():
        raise NoLongerActing


PRINCIPALS = f"""
SELECT {_PARTY} FROM (
    SELECT held.* FROM people_mandate held WHERE held.agent_account_id = %(account)s::uuid AND held.revoked IS NULL
    UNION ALL SELECT held.* FROM people_mandate held JOIN (
        SELECT person_id AS id FROM people_account WHERE id = %(account)s::uuid
        UNION SELECT r.id FROM people_person r JOIN people_account a ON r.merged_into_id = a.person_id
        WHERE a.id = %(account)s::uuid
    ) self ON held.agent_person_id = self.id AND held.revoked IS NULL
) m WHERE {_LIVING} AND (m.matters = '{{}}' OR %(scenario)s = ANY(m.matters) OR EXISTS (
    SELECT 1 FROM unnest(m.matters) AS one WHERE starts_with(%(category)s, one)))
"""
"""For whom an `account` may act `at` a moment in a case of this `scenario` and `category`: walks over an index each."""


def acts_for(account: UUID | str, party: UUID, scenario: str, category: str, at: datetime) -> bool:
    """Whether an account may act at `at` for this person or firm in a case of this scenario and category."""
    given = {"account": account, "party": party, "scenario": scenario, "category": category, "at": at}
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT %(party)s::uuid IN ({PRINCIPALS})", given)
        return bool(cursor.fetchone()[0])


_REACHED = """
WITH theirs AS (
    SELECT id FROM people_account WHERE person_id = %(party)s AND kind = 'resident' AND closed IS NULL
    UNION ALL SELECT id FROM people_account WHERE firm_id = %(party)s AND kind = 'firm' AND closed IS NULL
)
SELECT id, '' FROM theirs
UNION ALL SELECT NULL, phone FROM people_person
WHERE id = %(party)s AND phone <> '' AND NOT EXISTS (SELECT 1 FROM theirs)
"""


def reached(party: UUID | str) -> list[tuple[UUID | None, str]]:
    """Where a person or firm hears of what was done for them: (account, "") for each of theirs, else (None, phone)."""
    with connection.cursor() as cursor:
        cursor.execute(_REACHED, {"party": party})
        return cursor.fetchall()


def given(by: Actor) -> QuerySet[Mandate]:
    """The mandates that the person or firm behind an account has given and that are not revoked, newest first."""
    account = Account.objects.get(pk=by.id)
    if account.firm_id:
        return _shown(Q(principal_firm=account.firm_id))
    return _shown(Q(principal_person__in=_records(account.person_id)))


def received(by: Actor) -> QuerySet[Mandate]:
    """The mandates given to this account or its person that are not revoked, newest first."""
    account = Account.objects.get(pk=by.id)
    return _shown(Q(agent_account=account) | Q(agent_person__in=_records(account.person_id)))


def usable(by: Actor, at: datetime) -> list[Mandate]:
    """The mandates this account may act under at `at`."""
    found = received(by).filter(accepted__isnull=False, principal_person__destroyed=None, principal_firm__ended=None)
    return [one for one in found if one.terms.runs(at)]


def of_person(person: UUID) -> QuerySet[Mandate]:
    """The mandates that a person has given, revoked ones too, newest first."""
    return _joined(Mandate.objects.filter(principal_person=person)).order_by("-given", "-id")


def one(mandate: UUID) -> Mandate:
    """The mandate with this id; Absent when there is none."""
    found = _joined(Mandate.objects.filter(pk=mandate)).first()
    if found is None:
        raise Absent("没有找到这份代办授权。")
    return found


def side(mandate: Mandate, by: Actor) -> str:
    """On which side of a mandate an account stands: `principal`, `agent`, or none (empty)."""
    account = Account.objects.get(pk=by.id)
    records = _records(account.person_id)
    if account.pk == mandate.agent_account_id or mandate.agent_person_id in records:
        return "agent"
    firm = account.firm_id is not None and account.firm_id == mandate.principal_firm_id
    return "principal" if firm or mandate.principal_person_id in records else ""


def _records(person: UUID | None) -> list[UUID]:
    """The record of a person and those merged into it."""
    return [person, *Person.objects.filter(merged_into=person).values_list("pk", flat=True)] if person else []


def _shown(which: Q) -> QuerySet[Mandate]:
    return _joined(Mandate.objects.filter(which, revoked=None)).order_by("-given", "-id")


def _joined(found: QuerySet[Mandate]) -> QuerySet[Mandate]:
    return found.select_related("principal_person", "principal_firm", "agent_person", "agent_account")


def called(mandate: Mandate) -> Mapping[str, str]:
    """Both parties of a mandate as they may be shown: persons masked, officials and firms in full."""
    firm, person = mandate.principal_firm, mandate.principal_person
    helper, agent = mandate.agent_account, mandate.agent_person
    return {
        "principal": firm.name if firm else masked_name(person.name if person else ""),
        "agent": helper.name if helper else masked_name(agent.name if agent else ""),
    }


def agent(login: str, name: str) -> Account | None:
    """The open account with this login whose holder is called so: a login alone finds nobody."""
    found = Account.objects.select_related("person").filter(login=login.strip().lower(), closed=None).first()
    return found if found and found.name == name.strip() else None
