"""Dividing the lattice: 3 districts, 12 streets, 60 communities, each whole, with seams that wander."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from random import Random
from typing import Any

from zhongshu.main.demo.geography import lattice, naming
from zhongshu.main.demo.geography.lattice import COLUMNS, ROWS, Lattice, Square
from zhongshu.registers.places.rules import shapes
from zhongshu.registers.places.rules.city import CellRow, RegionRow

PROVINCE, CITY = "99", "9901"
STRIPS, BANDS = 6, 10
"""Two strips of columns make a district, five bands of rows a street; where they cross lies a community."""

WANDER = 0.5
"""How often a seam looks for another place from one row or column to the next."""


@dataclass(frozen=True, slots=True)
class Division:
    """All regions, all cells in the order of their codes, and the square each cell's code stands for."""

    regions: tuple[RegionRow, ...]
    cells: tuple[CellRow, ...]
    squares: dict[str, Square]


def divided(ground: Lattice, names: naming.Names, random: Random) -> Division:
    """Communities by square, then everything above by joining what lies inside."""
    squares = _numbered(_communities(random))
    called = _called(sorted({code[:n] for code in squares for n in (6, 9, 12)}), names)
    cells = tuple(_cell(code, squares[code], ground, called[code[:12]]) for code in sorted(squares))
    return Division(tuple(_regions(cells, called)), cells, squares)


def _communities(random: Random) -> dict[Square, str]:
    """The community's code of every square."""
    east = [COLUMNS * k // STRIPS for k in range(1, STRIPS)]
    north = [ROWS * k // BANDS for k in range(1, BANDS)]
    strips = [_seam(middle, ROWS, _around(north, 1), random) for middle in east]
    bands = [_seam(middle, COLUMNS, _around(east, 2), random) for middle in north]
    return {
        (c, r): _community(sum(seam[r] <= c for seam in strips), sum(seam[c] <= r for seam in bands))
        for c, r in lattice.squares()
    }


def _community(strip: int, band: int) -> str:
    district, street, community = strip // 2 + 1, strip % 2 + band // 5 * 2 + 1, band % 5 + 1
    return f"{CITY}{district:02}{street:03}{community:03}"


def _around(crossed: list[int], margin: int) -> set[int]:
    return {step for at in crossed for step in range(at - margin, at + margin)}


def _seam(middle: int, length: int, straight: set[int], random: Random) -> list[int]:
    """Where a seam stands along its way: at its middle or one beside, but straight where another crosses.

    Straight crossings keep every community in one piece.
    """
    places, at = [], middle
    for step in range(length):
        if step in straight:
            at = middle
        elif random.random() < WANDER:
            at = middle + random.choice((-1, 0, 1))
        places.append(at)
    return places


def _numbered(communities: dict[Square, str]) -> dict[str, Square]:
    """The cell codes: squares of a community numbered from 001, row by row."""
    inside: dict[str, list[Square]] = defaultdict(list)
    for square, community in communities.items():
        inside[community].append(square)
    return {f"{code}{n:03}": square for code, held in inside.items() for n, square in enumerate(held, 1)}


def _called(codes: list[str], names: naming.Names) -> dict[str, tuple[str, str]]:
    kinds = {6: ("区", "District"), 9: ("街道", "Subdistrict"), 12: ("社区", "Community")}
    outer = {
        PROVINCE: naming.PROVINCE.of("省", "Province"),
        CITY: naming.CITY.of("市", "City"),
    }
    return outer | {code: names.draw().of(*kinds[len(code)]) for code in codes}


def _cell(code: str, square: Square, ground: Lattice, community: tuple[str, str]) -> CellRow:
    corners = [list(corner) for corner in ground.corners(square)]
    number = int(code[12:])
    lon, lat = ground.middle(square)
    return CellRow(
        code=code,
        name=f"{community[0]}第{number}网格",
        name_en=f"{community[1]} Cell {number}",
        polygon={"type": "Polygon", "coordinates": [[*corners, corners[0]]]},
        lon=lon,
        lat=lat,
    )


def _regions(cells: Iterable[CellRow], called: dict[str, tuple[str, str]]) -> list[RegionRow]:
    """Every region, the containing first; boundaries are joined upwards, their corners kept."""
    import shapely

    shapes: dict[str, Any] = {cell.code: shapely.Polygon(cell.polygon["coordinates"][0]) for cell in cells}
    rows = []
    for length in (12, 9, 6, 4):
        held: dict[str, list[Any]] = defaultdict(list)
        for code, shape in shapes.items():
            held[code[:length]].append(shape)
        shapes = {code: shapely.union_all(parts) for code, parts in held.items()}
        rows += [_region(code, shape, called[code]) for code, shape in shapes.items()]
    rows.append(RegionRow(PROVINCE, *called[PROVINCE]))
    return sorted(rows, key=lambda row: (len(row.code), row.code))


def _region(code: str, shape: Any, called: tuple[str, str]) -> RegionRow:
    inner = shape.representative_point()
    return RegionRow(code, *called, shapes.written(shape), *lattice.rounded(inner.x, inner.y))
