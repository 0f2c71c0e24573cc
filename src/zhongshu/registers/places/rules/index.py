"""From a point to the grid cell it lies in, for tens of thousands of cells, without a database."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product
from math import cos, floor, isfinite, radians
from statistics import median
from typing import TYPE_CHECKING, Any

from zhongshu.registers.places.rules.distance import METRES_PER_DEGREE, box

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from shapely import STRtree
    from shapely.geometry.base import BaseGeometry

FIRST_REACH = 250.0
FURTHEST = 50_000.0
MOST_SQUARES = 1_000
"""Squares from one end of the city to the other: a few tiny cells must not make millions of them."""
Box = tuple[float, float, float, float]
"""West, south, east and north in degrees."""


@dataclass(frozen=True, slots=True)
class Nearby:
    """A cell and its distance in metres from the point asked about (0 inside)."""

    cell: str
    metres: float


@dataclass(frozen=True, slots=True)
class CellIndex:
    """Cells in the order of their codes, with a tree of their bounds. Immutable: threads may share it.

    `squares` are for one point at a time, where asking the tree costs more than the answer: squares of `step` degrees
    with the positions of the cells whose `bounds` touch them.
    """

    codes: tuple[str, ...]
    shapes: "NDArray[np.object_]"
    tree: "STRtree"
    bounds: tuple[Box, ...]
    squares: dict[tuple[int, int], tuple[int, ...]]
    step: float

    @classmethod
    def build(cls, cells: Iterable[tuple[str, "BaseGeometry"]]) -> "CellIndex":
        """An index of (code, polygon in degrees) pairs; a code may come once."""
        import numpy as np
        import shapely

        ordered = sorted(cells, key=lambda cell: cell[0])
        shapes = np.array([shape for _, shape in ordered], dtype=object)
        shapely.prepare(shapes)
        bounds = tuple(map(tuple, shapely.bounds(shapes).tolist()))
        step = _step(bounds)
        codes = tuple(code for code, _ in ordered)
        return cls(codes, shapes, shapely.STRtree(shapes), bounds, _squares(bounds, step), step)

    def __contains__(self, code: str) -> bool:
        """Whether there is a cell with this code."""
        at = bisect_left(self.codes, code)
        return at < len(self.codes) and self.codes[at] == code

    def locate(self, lon: float, lat: float) -> str | None:
        """The code of the cell that holds the point, or None; on a border, the smallest that touches."""
        import shapely

        if not (isfinite(lon) and isfinite(lat)):
            return None
        for at in self.squares.get((floor(lon / self.step), floor(lat / self.step)), ()):
            west, south, east, north = self.bounds[at]
            if west <= lon <= east and south <= lat <= north and shapely.intersects_xy(self.shapes[at], lon, lat):
                return self.codes[at]
        return None

    def locate_many(self, points: Iterable[tuple[float, float]]) -> list[str | None]:
        """`locate` of each (lon, lat), in one pass."""
        import numpy as np
        import shapely

        asked = np.array(list(points), dtype=float).reshape(-1, 2)
        found = np.full(len(asked), len(self.codes))
        places = shapely.points(asked, handle_nan="skip")
        at, cell = self.tree.query(places, predicate="intersects")
        np.minimum.at(found, at, cell)
        return [self.codes[i] if i < len(self.codes) else None for i in found.tolist()]

    def nearest(self, lon: float, lat: float, limit: int) -> tuple[Nearby, ...]:
        """Up to `limit` cells within 50 km, nearest first."""
        reach, found = FIRST_REACH, self._within(lon, lat, FIRST_REACH)
        while len(found) < limit and reach < FURTHEST:
            reach = min(reach * 2, FURTHEST)
            found = self._within(lon, lat, reach)
        return tuple(found[:limit])

    def _within(self, lon: float, lat: float, reach: float) -> list[Nearby]:
        import shapely

        near = self.tree.query(shapely.box(*box(lon, lat, reach)))
        scale = (METRES_PER_DEGREE * cos(radians(lat)), METRES_PER_DEGREE)

        def flattened(degrees: Any) -> Any:
            return (degrees - (lon, lat)) * scale

        away = shapely.distance(shapely.transform(self.shapes[near], flattened), shapely.Point(0, 0))
        found = [Nearby(self.codes[i], float(m)) for i, m in zip(near, away, strict=True) if m <= reach]
        return sorted(found, key=lambda nearby: (nearby.metres, nearby.cell))


def _step(bounds: tuple[Box, ...]) -> float:
    """The side of a square: as wide as the middle one of the cells, if that does not make too many."""
    if not bounds:
        return 1.0
    west, south, east, north = (list(axis) for axis in zip(*bounds, strict=True))
    extent = max(max(east) - min(west), max(north) - min(south))
    return max(median(e - w for e, w in zip(east, west, strict=True)), extent / MOST_SQUARES, 1e-6)


def _squares(bounds: tuple[Box, ...], step: float) -> dict[tuple[int, int], tuple[int, ...]]:
    found: dict[tuple[int, int], list[int]] = {}
    for at, (west, south, east, north) in enumerate(bounds):
        columns = range(floor(west / step), floor(east / step) + 1)
        for square in product(columns, range(floor(south / step), floor(north / step) + 1)):
            found.setdefault(square, []).append(at)
    return {square: tuple(cells) for square, cells in found.items()}
