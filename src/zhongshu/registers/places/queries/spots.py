"""Where a point lies."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

from zhongshu.base.journal.caches import Cached
from zhongshu.registers.places.models import Cell, Component, Region
from zhongshu.registers.places.queries.edition import SUBJECT
from zhongshu.registers.places.queries.regions import tree
from zhongshu.registers.places.rules import codes
from zhongshu.registers.places.rules.index import CellIndex, Nearby


@dataclass(frozen=True, slots=True)
class Spot:
    """The grid cell a point lies in, and the path of all places that hold it, province first, cell last."""

    cell: str
    path: tuple[int, ...]


def locate(lon: float, lat: float) -> Spot | None:
    """The cell of a WGS-84 point, or None outside all cells; microseconds, from an index kept in memory."""
    cell = _cells().locate(lon, lat)
    return Spot(cell, codes.ancestors(cell)) if cell else None


def locate_many(points: Iterable[tuple[float, float]]) -> list[Spot | None]:
    """`locate` of each (lon, lat), in one pass."""
    return [Spot(cell, codes.ancestors(cell)) if cell else None for cell in _cells().locate_many(points)]


def nearest_cells(lon: float, lat: float, limit: int = 5) -> tuple[Nearby, ...]:
    """Up to `limit` cells within 50 km of a point, nearest first, each with its distance in metres."""
    return _cells().nearest(lon, lat, limit)


def inner_point(code: str | int) -> tuple[float, float] | None:
    """A (lon, lat) inside a region or cell, to put its mark or number; None when no boundary is known."""
    text = str(code)
    table = Cell if len(text) == codes.Level.CELL else Region
    row = table.objects.filter(code=text).values_list("lon", "lat").first()
    return (row[0], row[1]) if row and row[0] is not None and row[1] is not None else None


def path_of(code: str | int) -> tuple[int, ...]:
    """The path of a region, cell or component (its cell's), province first; () when there is none, or no more.

    Regions and cells are looked up in memory, a component in the database.
    """
    text = str(code)
    if not (text.isascii() and text.isdigit()):
        return ()
    if len(text) == codes.COMPONENT_LENGTH:
        text = Component.objects.filter(code=text, ended=None).values_list("cell", flat=True).first() or ""
    if len(text) == codes.Level.CELL:
        known = text in _cells()
    else:
        known = len(text) in codes.LENGTHS and int(text) in tree().names
    return codes.ancestors(text) if known else ()


def read_cells() -> CellIndex:
    """An index of all cells that stand now: for what must not miss a change of this second."""
    import shapely

    with connection.cursor() as cursor:
        cursor.execute("SELECT code, polygon::text FROM places_cell WHERE ended IS NULL ORDER BY code")
        rows = cursor.fetchall()
    shapes = shapely.from_geojson([polygon for _, polygon in rows])
    return CellIndex.build((code, shape) for (code, _), shape in zip(rows, shapes, strict=True))


_cells: Cached[CellIndex] = Cached(SUBJECT, read_cells)
