"""Taking in grid cells."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from zhongshu.base.http.refusals import Invalid
from zhongshu.base.permissions.rules import Actor
from zhongshu.registers.places.actions.city import store
from zhongshu.registers.places.models import Region
from zhongshu.registers.places.queries.spots import read_cells
from zhongshu.registers.places.rules import codes, geojson, rows
from zhongshu.registers.places.rules.city import CellRow, City
from zhongshu.registers.places.rules.datum import Datum, named
from zhongshu.registers.places.rules.overlaps import overlapping

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

Drawn = tuple[CellRow, "BaseGeometry"]


def import_cells(
    document: bytes | str | Mapping[str, Any], datum: Datum | str = Datum.WGS84, *, by: Actor, at: datetime
) -> int:
    """Take in a FeatureCollection of grid cells (`code`, `name`, `name_en`; polygons in `datum`): how many.

    A cell that is here under the same code is replaced. Any broken row refuses the whole file with
    `BrokenRows`: a broken ring, a community that is not here, a code that comes twice, ground that another
    cell covers.
    """
    measured = named(datum)
    features = geojson.read_features(document)
    communities = _communities()
    drawn = rows.read_all(features, lambda f: _read(f, measured, communities), lambda cell: cell[0].code)
    _refuse_overlaps(drawn)
    store(City(cells=tuple(cell for cell, _ in drawn)), "places.cells_imported", by=by, at=at)
    return len(drawn)


def _communities() -> frozenset[str]:
    level = codes.Level.COMMUNITY
    return frozenset(Region.objects.filter(level=level).values_list("code", flat=True))


def _read(feature: geojson.Feature, datum: Datum, communities: frozenset[str]) -> Drawn:
    code = codes.parse(rows.text(feature, "code", 20))
    if codes.level_of(code) is not codes.Level.CELL:
        raise Invalid("“{code}”不是网格代码：应是 15 位数字。", field="code", code=code)
    if code[: codes.Level.COMMUNITY] not in communities:
        raise Invalid(
            "网格 {code} 所在的社区 {community} 不存在；请先导入区划。",
            field="code",
            code=code,
            community=code[: codes.Level.COMMUNITY],
        )
    shape = geojson.in_wgs84(geojson.read_polygon(feature.geometry), datum)
    inner = shape.representative_point()
    name, name_en = rows.text(feature, "name", 80), rows.text(feature, "name_en", 160, optional=True)
    return CellRow(code, name, name_en, geojson.written(shape), inner.x, inner.y), shape


def _refuse_overlaps(drawn: Sequence[Drawn]) -> None:
    """Cells that cover ground of another cell of the file, or of one that is here and not replaced by it."""
    replaced = {cell.code for cell, _ in drawn}
    here = read_cells()
    staying = [(code, shape) for code, shape in zip(here.codes, here.shapes, strict=True) if code not in replaced]
    called = [cell.code for cell, _ in drawn] + [code for code, _ in staying]
    pairs = overlapping([shape for _, shape in drawn], [shape for _, shape in staying])
    rows.refuse([rows.BrokenRow(i + 1, _overlap(called[j], square)) for i, j, square in sorted(pairs)])


def _overlap(other: str, square: float) -> Invalid:
    return Invalid(
        "与网格 {other} 重叠约 {square} 平方米；请先修好边界。",
        field="geometry",
        other=other,
        square=round(square),
    )
