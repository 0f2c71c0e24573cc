"""Rosters: whose shifts a body has, who may take one, and which shifts nobody will stand."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from django.db import connection
from django.db.models import Q, QuerySet

from zhongshu.base.permissions.roles import ROLES
from zhongshu.base.permissions.rules import body_key
from zhongshu.registers.people import queries as people
from zhongshu.registers.people.models import Account
from zhongshu.registers.places import queries as places
from zhongshu.registers.places.rules import codes

MANAGE = "rosters.manage"
FIELD_ROLES = sorted(role.code for role in ROLES.values() if "mobile.open" in role.permissions)
"""The seats that go out: handlers, grid officers, verifiers."""
MOST_OFFICERS = 500
MOST_SHIFTS = 2_000
MOST_BROKEN = 50

Why = Literal["closed", "seat", "place"]


@dataclass(frozen=True, slots=True)
class Planned:
    """A shift with its officer's name; `why` it will not be stood (empty: it will); whether the officer has `signed` in
    and let the way be kept (`tracked`).
    """

    id: int
    account: str
    name: str
    body: int
    place: int
    skills: tuple[str, ...]
    starts: datetime
    ends: datetime
    why: Why | None = None
    signed: datetime | None = None
    tracked: bool = False


_SHIFTS = """
SELECT s.id, s.account::text, a.name, a.body_id, s.place, s.skills, s.starts, s.ends, {why},
       s.signed, s.tracked IS NOT NULL
FROM people_account a JOIN dispatch_shift s ON s.account = a.id
WHERE a.body_id = ANY(%(bodies)s) AND s.ends > %(first)s {narrowed}
ORDER BY s.starts, a.name, s.id LIMIT %(limit)s
"""
_WHY = """
CASE WHEN a.closed IS NOT NULL THEN 'closed'
     WHEN NOT EXISTS (SELECT 1 FROM people_grant g WHERE g.account_id = a.id AND g.role = ANY(%(roles)s)
                      AND g.starts <= %(first)s AND (g.ends IS NULL OR g.ends > %(first)s)) THEN 'seat'
     WHEN NOT s.place = ANY(%(places)s)
          AND NOT EXISTS (SELECT 1 FROM places_cell c WHERE c.code = s.place::text AND c.ended IS NULL)
     THEN 'place' END
"""


def reach_of(body: int) -> tuple[int, ...]:
    """What a body lies under: itself, the bodies above it and the places over its own; empty when there is none."""
    found = people.tree().get(body)
    if found is None or found.ended is not None:
        return ()
    over = codes.ancestors(found.place) if found.place is not None else ()
    return (*over, *(body_key(one) for one in found.lineage))


def officers(body: int, at: datetime) -> QuerySet[Account]:
    """The officers of a body who may be put on duty: open accounts that hold a seat in the field, by name."""
    return Account.objects.filter(
        Q(grants__ends=None) | Q(grants__ends__gt=at),
        body=body, closed=None, grants__role__in=FIELD_ROLES, grants__starts__lte=at,
    ).order_by("name", "pk").distinct()  # fmt: skip


def shifts(body: int, first: datetime, last: datetime) -> list[Planned]:
    """The shifts of a body's officers that touch the time from `first` to `last`, earliest first; one statement."""
    return _read("NULL", "AND s.starts < %(last)s", MOST_SHIFTS, bodies=[body], first=first, last=last)


def broken(bodies: Iterable[int], at: datetime) -> list[Planned]:
    """Running and coming shifts of these bodies that nobody will stand: the officer has left or lost the seat, or the
    place is no more. One statement.
    """
    known = list(places.tree().names)
    narrowed = f"AND {_WHY} IS NOT NULL"
    return _read(_WHY, narrowed, MOST_BROKEN, bodies=list(bodies), first=at, roles=FIELD_ROLES, places=known)


def _read(why: str, narrowed: str, limit: int, **values: Any) -> list[Planned]:
    with connection.cursor() as cursor:
        cursor.execute(_SHIFTS.format(why=why, narrowed=narrowed), {**values, "limit": limit})
        rows = cursor.fetchall()
    return [
        Planned(id_, account, name, body, place, tuple(skills), starts, ends, why, signed, tracked)
        for id_, account, name, body, place, skills, starts, ends, why, signed, tracked in rows
    ]
