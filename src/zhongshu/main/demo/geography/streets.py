"""Roads along the sides of cells, and lanes that end inside them."""

from dataclasses import dataclass
from random import Random

from zhongshu.main.demo.geography import lattice, naming
from zhongshu.main.demo.geography.lattice import COLUMNS, ROWS, Lattice, Point, Square
from zhongshu.registers.places.rules.city import JunctionRow, RoadRow, SegmentRow
from zhongshu.registers.places.rules.distance import metres

LANES = 200
OPEN = 0.8
"""Share of the sides of cells that carry a road although the city would hold together without."""

Side = tuple[Square, Square]
"""A side of a cell by the crossings at its ends, the western or southern first."""


@dataclass(frozen=True, slots=True)
class Streets:
    """The road graph and the names along the lines of the lattice: `columns` run north, `rows` east."""

    roads: tuple[RoadRow, ...]
    junctions: tuple[JunctionRow, ...]
    segments: tuple[SegmentRow, ...]
    columns: tuple[RoadRow, ...]
    rows: tuple[RoadRow, ...]


def paved(ground: Lattice, names: naming.Names, random: Random) -> Streets:
    """One road a line of the lattice, some sides left out, all of it connected; lanes off some sides."""
    sides = _kept(_sides(), random)
    columns = [_road(n + 1, ground.crossings[n, ROWS // 2], names, "路", "Road") for n in range(COLUMNS + 1)]
    rows = [_road(COLUMNS + 2 + n, ground.crossings[COLUMNS // 2, n], names, "街", "Street") for n in range(ROWS + 1)]
    ids = {square: n for n, square in enumerate(sorted(ground.crossings), 1)}
    points = {ids[square]: point for square, point in ground.crossings.items()}
    links = [(_line(side, columns, rows).id, ids[side[0]], ids[side[1]]) for side in sides]
    lanes: list[RoadRow] = []
    for at in sorted(random.sample(range(len(sides)), LANES)):
        lanes.append(_lane(at, links, points, ground.middle(_beside(sides[at])), len(columns + rows + lanes), names))
    return Streets(
        roads=(*columns, *rows, *lanes),
        junctions=tuple(JunctionRow(id, *point) for id, point in sorted(points.items())),
        segments=tuple(_segment(n, link, points) for n, link in enumerate(links, 1)),
        columns=tuple(columns),
        rows=tuple(rows),
    )


def _sides() -> list[Side]:
    east = [((c, r), (c + 1, r)) for r in range(ROWS + 1) for c in range(COLUMNS)]
    north = [((c, r), (c, r + 1)) for r in range(ROWS) for c in range(COLUMNS + 1)]
    return east + north


def _kept(sides: list[Side], random: Random) -> list[Side]:
    """The sides that carry a road: all that the city needs to hold together (Kruskal), and most others."""
    leader = {square: square for side in sides for square in side}

    def head(square: Square) -> Square:
        while leader[square] != square:
            leader[square] = square = leader[leader[square]]
        return square

    kept = []
    for side in random.sample(sides, len(sides)):
        start, end = map(head, side)
        if start != end or random.random() < OPEN:
            leader[start] = end
            kept.append(side)
    return sorted(kept)


def _lane(
    at: int,
    links: list[tuple[int, int, int]],
    points: dict[int, Point],
    inside: Point,
    roads: int,
    names: naming.Names,
) -> RoadRow:
    """Split a link in its middle and lead a lane from there into a cell; `links` and `points` grow."""
    road, start, end = links[at]
    fork, tip = len(points) + 1, len(points) + 2
    points[fork], points[tip] = lattice.between(points[start], points[end], 0.5), inside
    lane = _road(roads + 1, inside, names, "巷", "Lane")
    links[at] = (road, start, fork)
    links += [(road, fork, end), (lane.id, fork, tip)]
    return lane


def _beside(side: Side) -> Square:
    """The cell north or east of a side; south or west of it at the edge of the city."""
    column, row = side[0]
    return min(column, COLUMNS - 1), min(row, ROWS - 1)


def _line(side: Side, columns: list[RoadRow], rows: list[RoadRow]) -> RoadRow:
    (column, row), (other, _) = side
    return columns[column] if column == other else rows[row]


def _road(id: int, point: Point, names: naming.Names, kind: str, kind_en: str) -> RoadRow:
    return RoadRow(id, *names.draw().of(kind, kind_en), *point)


def _segment(id: int, link: tuple[int, int, int], points: dict[int, Point]) -> SegmentRow:
    road, start, end = link
    return SegmentRow(id, road, start, end, round(metres(*points[start], *points[end]), 1))
