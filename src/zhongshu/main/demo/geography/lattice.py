"""The net the city is drawn on: crossings shared by the cells around them, so that cells leave no gap."""

from dataclasses import dataclass
from math import cos, pi, radians, sin
from random import Random

from zhongshu.registers.places.rules.distance import METRES_PER_DEGREE

COLUMNS, ROWS = 50, 40
WIDE, TALL = 320.0, 250.0
"""Metres of an average cell."""

WEST, SOUTH = 120.92, 29.86
SHAKE = 0.2
"""How far a crossing strays, in cells; below a quarter no two sides of a cell can meet."""

COAST = 450.0
"""Metres by which the northern shore swings."""

DECIMALS = 6

Point = tuple[float, float]
Square = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Lattice:
    """Crossings by (column, row) in degrees, from the south-west corner."""

    crossings: dict[Square, Point]

    def corners(self, square: Square) -> tuple[Point, Point, Point, Point]:
        """The corners of a cell, counter-clockwise from the south-west."""
        c, r = square
        at = self.crossings
        return at[c, r], at[c + 1, r], at[c + 1, r + 1], at[c, r + 1]

    def middle(self, square: Square) -> Point:
        """A point inside a cell: the mean of its corners."""
        corners = self.corners(square)
        return rounded(sum(lon for lon, _ in corners) / 4, sum(lat for _, lat in corners) / 4)


def squares() -> list[Square]:
    """Every cell, row by row from the south-west."""
    return [(c, r) for r in range(ROWS) for c in range(COLUMNS)]


def drawn(random: Random) -> Lattice:
    """A shaken lattice whose northern shore swings."""
    return Lattice({(c, r): _crossing(c, r, random) for r in range(ROWS + 1) for c in range(COLUMNS + 1)})


def between(start: Point, end: Point, share: float) -> Point:
    """The point at `share` (0 to 1) of the way from one point to another."""
    return rounded(start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share)


def rounded(lon: float, lat: float) -> Point:
    """A point as it is written: to about ten centimetres."""
    return round(lon, DECIMALS), round(lat, DECIMALS)


def _crossing(column: int, row: int, random: Random) -> Point:
    east = (column + random.uniform(-SHAKE, SHAKE)) * WIDE
    swing = COAST * sin(2.6 * pi * column / COLUMNS) * row / ROWS
    north = (row + random.uniform(-SHAKE, SHAKE)) * TALL + swing
    width = METRES_PER_DEGREE * cos(radians(SOUTH))
    return rounded(WEST + east / width, SOUTH + north / METRES_PER_DEGREE)
