"""The places of an officer: where a shift can be, and where a report can be put without a position."""

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from zhongshu.base.permissions.roles import ROLES
from zhongshu.base.permissions.rules import Actor
from zhongshu.channels.mobile.presenters import worklist
from zhongshu.channels.presenters import names
from zhongshu.registers.people import queries as people
from zhongshu.registers.people.models import CellOfficer
from zhongshu.registers.places import queries as places
from zhongshu.registers.places.rules import codes, distance

VIEW = 1_500.0
"""Metres to each side that a map shows before a position is known."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A place to choose."""

    code: int
    name: str


def shift_choices(actor: Actor, at: datetime) -> list[Choice]:
    """The officer's cells, then the places of their duties with the regions right inside those wider than a street."""
    tree, cells = places.tree(), _cells(actor, at)
    found = dict.fromkeys(cells)
    for code in _of_duties(actor, at):
        inside = tree.parts.get(code, ()) if codes.level_of(code) < codes.Level.STREET else ()
        found |= dict.fromkeys((*inside, code))
    return _choices(list(found))


def report_choices(actor: Actor, at: datetime) -> list[Choice]:
    """The officer's cells; without any, the communities of the streets they are on duty for."""
    tree = places.tree()
    inside = [part for code in _of_duties(actor, at) for part in _communities(tree, code)]
    return _choices(_cells(actor, at) or list(dict.fromkeys(inside)))


def _communities(tree: places.Tree, code: int) -> tuple[int, ...]:
    if codes.level_of(code) == codes.Level.STREET:
        return tree.parts.get(code, ())
    return (code,) if codes.level_of(code) >= codes.Level.COMMUNITY else ()


def _cells(actor: Actor, at: datetime) -> list[int]:
    in_force = CellOfficer.objects.filter(Q(ends=None) | Q(ends__gt=at), account=UUID(actor.id), starts__lte=at)
    return [int(cell) for cell in in_force.order_by("cell").values_list("cell", flat=True)]


def _of_duties(actor: Actor, at: datetime) -> list[int]:
    """The places of the grants for work in the street; a grant over a body alone stands for the body's place."""
    known, bodies = places.tree().names, people.tree()
    held = [g for g in actor.grants if g.holds(at) and "mobile.open" in ROLES[g.role].permissions]
    named = [g.place or (bodies[g.body].place if g.body in bodies else places.root()) for g in held]
    return sorted({place for place in named if place in known}, key=lambda place: (-len(str(place)), place))


def _choices(found: list[int]) -> list[Choice]:
    called = places.names(found)
    return [Choice(code, names.joined((*_above(code), called[code]))) for code in found if code in called]


def _above(code: int) -> tuple[places.Name, ...]:
    """What tells a place from its namesakes: its street, for a street its district."""
    wide = [above for above in codes.ancestors(code)[:-1] if codes.level_of(above) <= codes.Level.STREET]
    return places.tree().path(wide[-1])[-1:] if wide else ()


def bounds(actor: Actor, at: datetime) -> str:
    """What a map begins with, [west, south, east, north] as JSON: around the officer, else around their first place."""
    here = worklist.stand(actor, at)
    first = next(iter(_cells(actor, at) or _of_duties(actor, at)), places.root())
    point = (here.lon, here.lat) if here else places.inner_point(first)
    return json.dumps(distance.box(*point, VIEW)) if point else ""
