"""Grid cells that a file brings."""

from collections.abc import Collection, Iterable, Sequence

from zhongshu.base.http.refusals import Invalid
from zhongshu.registers.places.models import Cell, Region
from zhongshu.registers.places.queries.incoming import inside
from zhongshu.registers.places.queries.incoming.among import among
from zhongshu.registers.places.queries.spots import read_cells
from zhongshu.registers.places.rules import codes, geojson, rows, shapes
from zhongshu.registers.places.rules.city import CellRow
from zhongshu.registers.places.rules.datum import Datum
from zhongshu.registers.places.rules.overlaps import overlapping
from zhongshu.registers.places.rules.plan import Extent, Known
from zhongshu.registers.places.rules.rows import Read

_COLUMNS = ("code", "name", "name_en", "polygon", "lon", "lat")


def read(features: Sequence[geojson.Feature], datum: Datum) -> Read[CellRow]:
    """Rows of `code`, `name`, `name_en` and a polygon, in communities that are here."""
    level = codes.Level.COMMUNITY
    communities = frozenset(Region.objects.filter(level=level, ended=None).values_list("code", flat=True))
    found: Read[CellRow] = Read({})
    read_ = rows.read_all(features, lambda f: _read(f, datum, communities, found), lambda cell: cell.code)
    read_.shapes = found.shapes
    return read_


def _read(feature: geojson.Feature, datum: Datum, communities: frozenset[str], found: Read[CellRow]) -> CellRow:
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
    name, name_en = rows.text(feature, "name", 80), rows.text(feature, "name_en", 160, optional=True)
    shape = shapes.in_wgs84(shapes.read_polygon(feature.geometry), datum)
    found.shapes[code] = shape
    inner = shape.representative_point()
    return CellRow(code, name, name_en, shapes.written(shape), inner.x, inner.y)


def known(found: Iterable[str]) -> dict[str, Known[CellRow]]:
    """What the register has under these codes."""
    there = Cell.objects.filter(among(found)).values_list(*_COLUMNS, "ended")
    return {row[0]: Known(CellRow(*row[:-1]), row[-1] is not None) for row in there.iterator()}


def standing(where: Extent) -> list[CellRow]:
    """The cells that have not ended where a file speaks."""
    there = Cell.objects.filter(code__startswith=where.within, ended=None)
    return [CellRow(*row) for row in there.order_by("code").values_list(*_COLUMNS)]


def check(read_: Read[CellRow], gone: Collection[str]) -> None:
    """Move to the broken: cells outside their community, and cells that cover ground of another."""
    read_.refuse(inside.faults({row: cell.code for row, cell in read_.good.items()}, read_.shapes))
    read_.refuse(_overlaps(read_, gone))


def _overlaps(read_: Read[CellRow], gone: Collection[str]) -> list[rows.BrokenRow]:
    numbers = list(read_.good)
    drawn = [read_.good[row].code for row in numbers]
    replaced, here = {*drawn, *gone}, read_cells()
    staying = [(code, shape) for code, shape in zip(here.codes, here.shapes, strict=True) if code not in replaced]
    called = drawn + [code for code, _ in staying]
    pairs = overlapping([read_.shapes[code] for code in drawn], [shape for _, shape in staying])
    return [rows.BrokenRow(numbers[i], _overlap(called[j], square)) for i, j, square in sorted(pairs)]


def _overlap(other: str, square: float) -> Invalid:
    return Invalid(
        "与网格 {other} 重叠约 {square} 平方米；请先修好边界。",
        field="geometry",
        other=other,
        square=round(square),
    )
