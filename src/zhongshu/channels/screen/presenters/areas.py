"""The parts of the city somebody may watch. A wall shows one at a time: all its numbers are of the same cases."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext

from zhongshu.base.permissions.rules import Scope, body_key
from zhongshu.channels.screen.presenters import names
from zhongshu.registers.people import queries as people
from zhongshu.registers.places import queries as places
from zhongshu.registers.places.models import Region
from zhongshu.registers.places.rules.codes import Level


@dataclass(frozen=True, slots=True)
class Area:
    """What lies under a body, a place, or both at once. The place alone is given where nothing else limits."""

    body: int | None
    place: int | None

    @property
    def under(self) -> tuple[int, ...]:
        """The ancestors that every case of the area has."""
        body = body_key(self.body) if self.body is not None else None
        return tuple(key for key in (body, self.place) if key is not None)

    @property
    def code(self) -> str:
        """The area in an address."""
        return "_".join(map(str, self.under))

    @property
    def scope(self) -> Scope:
        """The area as lists take it."""
        return Scope(((self.body, self.place),))

    @property
    def ancestor(self) -> int | None:
        """The ancestor figures are kept under; None for a body and a place at once, of which none are kept."""
        return self.under[0] if len(self.under) == 1 else None

    @property
    def name(self) -> str:
        """What the area is called."""
        parts = [names.body(self.body), names.place(self.place)]
        return gettext("、").join(part for part in parts if part)


def within(scope: Scope, root: int) -> list[Area]:
    """The areas of a scope, each with the regions right inside it; nothing that lies outside."""
    return list(dict.fromkeys(area for body, place in scope.pairs for area in _with_parts(body, place, root)))


def _with_parts(body: int | None, place: int | None, root: int) -> Iterator[Area]:
    if body is not None:
        yield Area(body, place)
        return
    top, parts = _parts(root if place is None else place)
    yield Area(None, top)
    yield from (Area(None, part) for part in parts)


def _parts(place: int) -> tuple[int, tuple[int, ...]]:
    """A place and the regions in it, from the first level that has several."""
    parts = places.tree().parts.get(place, ())
    return _parts(parts[0]) if len(parts) == 1 else (place, parts)


def chosen(areas: list[Area], wanted: str) -> Area:
    """The area with this code, else the first."""
    return next((area for area in areas if area.code == wanted), areas[0])


def bounds(area: Area) -> list[float]:
    """The box of the area's place, of a body's own for want of one: west, south, east, north; empty when unknown."""
    known = people.tree().get(area.body) if area.body is not None else None
    place = area.place or (known.place if known else None)
    drawn = Region.objects.filter(
        code__startswith=str(place or ""), level__lte=Level.STREET, boundary__isnull=False, ended=None
    )
    points = [point for shape in drawn.values_list("boundary__coordinates", flat=True) for point in _points(shape)]
    if not points:
        return []
    east, north = (max(axis) for axis in zip(*points, strict=True))
    west, south = (min(axis) for axis in zip(*points, strict=True))
    return [west, south, east, north]


def _points(part: list) -> Iterator[tuple[float, float]]:
    """The corners of a polygon or several, however deep."""
    if part and isinstance(part[0], int | float):
        yield part[0], part[1]
    else:
        for inner in part:
            yield from _points(inner)
