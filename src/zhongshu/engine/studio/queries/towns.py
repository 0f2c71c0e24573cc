"""The towns a draft is tried in."""

from collections.abc import Iterator
from dataclasses import replace

from zhongshu.base.calendar import queries as calendar
from zhongshu.base.journal.caches import Cached
from zhongshu.base.permissions.roles import ROLES
from zhongshu.base.permissions.rules import Actor, Grant
from zhongshu.engine.studio.rules.trial import Town, Where, made_up
from zhongshu.registers.people.models import Body
from zhongshu.registers.people.queries import bodies

MOST_BODIES = 200
"""So many bodies of a city take part, those highest up first: each of them has two people of every role."""
SEATS = ("甲", "乙")


def town(where: Where, year: int) -> Town:
    """The made-up town, or this city's bodies with people made up; a city without bodies is the made-up one."""
    known = _city() if where == "city" else None
    return replace(known, days=calendar.working_days()) if known else made_up(year)


def _taking_part() -> list[Body]:
    living = (body for body in bodies.tree().values() if body.ended is None)
    return sorted(living, key=lambda body: (len(body.lineage), body.pk))[:MOST_BODIES]


def _town() -> Town | None:
    found = _taking_part()
    if not found:
        return None
    names = bodies.called()
    people = tuple(person for body in found for person in _staff(body))
    lines = {body.pk: tuple(body.lineage) for body in found}
    return Town(lines, {body.pk: names[body.pk] for body in found}, people, calendar.working_days())


_city = Cached(("bodies", "tree"), _town)
"""The city as a town; its calendar is looked up anew each time."""


def _staff(body: Body) -> Iterator[Actor]:
    """Two people of every role; who is at the top holds it over everything."""
    grants = {role: (Grant(role, body=body.pk if body.parent_id else None),) for role in ROLES}
    for place, role in enumerate(ROLES):
        for seat, called in enumerate(SEATS):
            account = f"019b0001-0000-7000-8000-{body.pk % 10**8:08d}{place:03d}{seat}"
            yield Actor(account, f"{body.name}{ROLES[role].name}{called}", "staff", body.pk, grants[role])
