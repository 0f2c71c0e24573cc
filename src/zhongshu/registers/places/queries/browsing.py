"""One place as its keeper looks at it: what it is, what it was, and what lies right inside it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count

from zhongshu.registers.places.models import Cell, Component, Past, Region
from zhongshu.registers.places.rules import codes

MOST = 1_000
"""Parts of one place that are listed; a province has some 180 districts, a community some 30 cells."""
MOST_PAST = 20


@dataclass(frozen=True, slots=True)
class Part:
    """A region or cell: its code, names and outline (a GeoJSON geometry), and since when it is no more."""

    code: str
    name: str
    name_en: str
    outline: Any
    lon: float | None
    lat: float | None
    ended: datetime | None


@dataclass(frozen=True, slots=True)
class Standing:
    """How many components of a class stand in a cell."""

    kind: str
    name: str
    name_en: str
    count: int


@dataclass(frozen=True, slots=True)
class Looked:
    """A place with its parts, the classes of components that stand in it (a cell's only) and its past, newest first."""

    place: Part | None
    parts: tuple[Part, ...]
    components: tuple[Standing, ...] = ()
    past: tuple[Past, ...] = ()


def look(code: str = "") -> Looked | None:
    """The place with this code, ended or not; None when there is none. Without a code, the one that holds everything,
    or the outermost regions where no single one does.
    """
    if not code:
        outermost = _regions(None)
        return _down(outermost[0].code) if len(outermost) == 1 else Looked(None, outermost)
    if len(code) == codes.Level.CELL:
        found, inside = _parts(Cell.objects.filter(code=code), "polygon"), tuple[Part, ...]()
    else:
        found = _parts(Region.objects.filter(code=code), "boundary")
        inside = _cells(code) if len(code) == codes.Level.COMMUNITY else _regions(code)
    if not found:
        return None
    return Looked(found[0], inside, _standing(code) if len(code) == codes.Level.CELL else (), _past(code))


def _down(code: str) -> Looked | None:
    """The place itself, or the only one in it that has several parts: a province of one city is passed by."""
    found = look(code)
    only = found.parts if found else ()
    return _down(only[0].code) if len(only) == 1 and len(only[0].code) < codes.Level.STREET else found


def _regions(parent: str | None) -> tuple[Part, ...]:
    return _parts(Region.objects.filter(parent=parent), "boundary")


def _cells(community: str) -> tuple[Part, ...]:
    return _parts(Cell.objects.filter(community=community), "polygon")


def _parts(found: Any, outline: str) -> tuple[Part, ...]:
    rows: Iterable[Any] = found.order_by("code").values_list("code", "name", "name_en", outline, "lon", "lat", "ended")
    return tuple(Part(*row) for row in rows[:MOST])  # type: ignore[index]


def _standing(cell: str) -> tuple[Standing, ...]:
    found = Component.objects.filter(cell=cell, ended=None).values_list("kind", "kind__minor", "kind__minor_en")
    return tuple(Standing(*row) for row in found.annotate(count=Count("code")).order_by("kind"))


def _past(code: str) -> tuple[Past, ...]:
    return tuple(Past.objects.filter(code=code).order_by("-until")[:MOST_PAST])
