"""Questions about accounts: who acts, who holds a role, what they are called."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.db import connection
from django.db.models import Prefetch, Q, QuerySet
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext

from zhongshu.base.permissions import rules
from zhongshu.base.permissions.roles import ROLES
from zhongshu.base.permissions.rules import Actor
from zhongshu.registers.people import rules as people
from zhongshu.registers.people.models import Account, ApiKey, CellOfficer, Grant
from zhongshu.registers.people.queries import mandates
from zhongshu.registers.people.rules.mandates import NoLongerActing

_GRANTS = """
SELECT a.name, a.kind, a.body_id, a.password, coalesce(
    json_agg(json_build_array(g.role, g.body_id, g.place, g.purpose, g.starts, g.ends, g.hours))
    FILTER (WHERE g.id IS NOT NULL), '[]'), {agent}, {held}
FROM people_account a
LEFT JOIN people_grant g ON g.account_id = a.id AND g.starts <= %(at)s AND (g.ends IS NULL OR g.ends > %(at)s)
WHERE a.id = %(id)s AND a.closed IS NULL GROUP BY a.id
"""
_ALONE = _GRANTS.format(agent=mandates.AGENT, held="NULL")
_ACTING = _GRANTS.format(agent=mandates.AGENT, held=mandates.HELD)


def grant(row: list) -> rules.Grant:
    """A grant as the statements here bring it: role, body, place, purpose, start, end and hours."""
    role, body, place, purpose, starts, ends, hours = row
    until = ends and datetime.fromisoformat(ends)
    return rules.Grant(role, body, place, purpose, datetime.fromisoformat(starts), until, tuple(hours))


def actor(account: UUID | str, at: datetime) -> Actor | None:
    """The account as an actor with the grants in force at `at`, in one statement; None when it is closed or unknown."""
    found = _found(account, at)
    return found and found[0]


def of_session(session: Mapping[str, Any], at: datetime) -> Actor | None:
    """Who is signed in with this session, in one statement.

    None when nobody is, when the account was closed, or when its password is another one since. Raises NoLongerActing
    when the session acts for another and may not any more.
    """
    mandate = session.get(mandates.ACTING)
    found = _found(session[SESSION_KEY], at, mandate) if SESSION_KEY in session else None
    if found is None:
        return None
    holder, password = found
    account = Account(password=password)
    proofs = [account.get_session_auth_hash(), *account.get_session_auth_fallback_hash()]
    kept = session.get(HASH_SESSION_KEY, "")
    if not any(constant_time_compare(kept, proof) for proof in proofs):
        return None
    if mandate and holder.mandate is None:
        raise NoLongerActing
    return holder


def _found(account: UUID | str, at: datetime, mandate: str | None = None) -> tuple[Actor, str] | None:
    with connection.cursor() as cursor:
        cursor.execute(_ACTING if mandate else _ALONE, {"id": str(account), "at": at, "mandate": mandate})
        row = cursor.fetchone()
    if row is None:
        return None
    name, kind, body, password, grants, agent, held = row
    found = Actor(str(account), name, kind, body, tuple(grant(g) for g in grants), agent=agent)
    return (mandates.acting(found, held, at) if held else found), password


def names(accounts: Iterable[str]) -> dict[str, str]:
    """Account id → name, for showing."""
    wanted = sorted({str(a) for a in accounts if a and a != rules.SYSTEM.id})
    with connection.cursor() as cursor:
        cursor.execute("SELECT id::text, name FROM people_account WHERE id = ANY(%s::uuid[])", [wanted])
        return dict(cursor.fetchall()) | {rules.SYSTEM.id: rules.SYSTEM.name}


_PUBLIC = frozenset({Account.Kind.STAFF, Account.Kind.DEVICE, "registered"})
_NAMED = """
SELECT id::text, kind, name FROM people_account WHERE id = ANY(%(ids)s::uuid[])
UNION ALL SELECT id::text, 'person', name FROM people_person WHERE id = ANY(%(ids)s::uuid[])
UNION ALL SELECT id::text, 'registered', name FROM people_firm WHERE id = ANY(%(ids)s::uuid[])
"""


def shown_names(accounts: Iterable[str]) -> dict[str, str]:
    """Id of an account, or of a person or firm that is acted for, → name as anybody may see it.

    Officials, devices and registered firms in full; residents, persons and the accounts of firms masked.
    """
    wanted, shown = sorted({str(a) for a in accounts if a and a != rules.SYSTEM.id}), dict[str, str]()
    if wanted:
        with connection.cursor() as cursor:
            cursor.execute(_NAMED, {"ids": wanted})
            shown = {id: name if kind in _PUBLIC else people.masked_name(name) for id, kind, name in cursor.fetchall()}
    return shown | {nobody.id: gettext(nobody.name) for nobody in (rules.SYSTEM, rules.ANONYMOUS)}


def holders(role: str, reach: Iterable[int], at: datetime) -> QuerySet[Account]:
    """The open accounts that hold the role over a thing with this reach at `at`."""
    keys = list(reach)
    bodies, places = [-k for k in keys if k < 0], [k for k in keys if k > 0]
    held = Grant.objects.in_force(at).filter(
        Q(body=None) | Q(body__in=bodies), Q(place=None) | Q(place__in=places), role=role
    )
    return Account.objects.filter(closed=None, pk__in=held.values("account"))


def in_charge(permission: str, reach: Iterable[int], at: datetime) -> list[str]:
    """The ids of the open accounts that hold a role with this permission over a thing with this reach, each once."""
    keys = list(reach)
    roles = [code for code, role in ROLES.items() if permission in role.permissions]
    found = (pk for role in roles for pk in holders(role, keys, at).values_list("pk", flat=True))
    return list(dict.fromkeys(str(pk) for pk in found))


def heads(role: str, body: int, at: datetime) -> list[str]:
    """The open accounts to whom the role was given for this very body, wherever its places are."""
    held = Grant.objects.in_force(at).filter(role=role, body=body)
    found = Account.objects.filter(closed=None, pk__in=held.values("account"))
    return [str(pk) for pk in found.order_by("pk").values_list("pk", flat=True)]


def cell_officers(cells: Iterable[str], at: datetime) -> QuerySet[CellOfficer]:
    """Who looks after these cells at `at`."""
    return CellOfficer.objects.filter(Q(ends=None) | Q(ends__gt=at), cell__in=list(cells), starts__lte=at)


def devices() -> QuerySet[Account]:
    """The open accounts of connected systems by name, with their keys, newest first: two statements."""
    keys = ApiKey.objects.order_by("-issued")
    found = Account.objects.filter(kind=Account.Kind.DEVICE, closed=None).order_by("name", "id")
    return found.prefetch_related(Prefetch("keys", queryset=keys))
