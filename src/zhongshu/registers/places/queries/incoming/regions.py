"""Regions that a file brings."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from difflib import get_close_matches

from zhongshu.base.http.refusals import Invalid
from zhongshu.registers.places.models import Cell, Region
from zhongshu.registers.places.queries.incoming import inside
from zhongshu.registers.places.queries.incoming.among import among
from zhongshu.registers.places.rules import codes, geojson, rows, shapes
from zhongshu.registers.places.rules.city import RegionRow
from zhongshu.registers.places.rules.datum import Datum
from zhongshu.registers.places.rules.plan import Extent, Known
from zhongshu.registers.places.rules.rows import Read

Named = Mapping[tuple[str, str], str]
"""(parent, name) → code, for files that call a region by its name and the one above it."""
_COLUMNS = ("code", "name", "name_en", "boundary", "lon", "lat")


def read(features: Sequence[geojson.Feature], datum: Datum) -> Read[RegionRow]:
    """Rows of `code`, `name`, `name_en` and a polygon or none; for want of a code, of `name` and `parent_code`."""
    named = _named({_parent(f) for f in features if not f.properties.get("code")})
    found: Read[RegionRow] = Read({})
    read_ = rows.read_all(features, lambda f: _read(f, datum, named, found), lambda region: region.code)
    read_.shapes = found.shapes
    return read_


def _read(feature: geojson.Feature, datum: Datum, named: Named, found: Read[RegionRow]) -> RegionRow:
    name, name_en = rows.text(feature, "name", 80), rows.text(feature, "name_en", 160, optional=True)
    code = codes.parse(rows.text(feature, "code", 20)) if feature.properties.get("code") else _called(feature, named)
    if codes.level_of(code) is codes.Level.CELL:
        raise Invalid("“{code}”是网格代码，不是区划代码；请用网格导入。", field="code", code=code)
    if feature.geometry is None:
        return RegionRow(code, name, name_en)
    shape = shapes.in_wgs84(shapes.read_polygon(feature.geometry), datum)
    found.shapes[code] = shape
    inner = shape.representative_point()
    return RegionRow(code, name, name_en, shapes.written(shape), inner.x, inner.y)


def _parent(feature: geojson.Feature) -> str:
    said = str(feature.properties.get("parent_code") or "").strip()
    try:
        return codes.parse(said)
    except Invalid:
        return ""


def _named(parents: Collection[str]) -> Named:
    found = Region.objects.filter(parent__in=parents, ended=None).values_list("parent_id", "name", "code")
    return {(parent or "", name): code for parent, name, code in found}


def _called(feature: geojson.Feature, named: Named) -> str:
    """The code of the region with this name under its parent."""
    parent, name = _parent(feature), rows.text(feature, "name", 80)
    if not parent:
        rows.text(feature, "code", 20)
    if code := named.get((parent, name)):
        return code
    near = get_close_matches(name, [other for above, other in named if above == parent], 1)
    if near:
        raise Invalid(
            "{parent} 下没有叫“{name}”的区划，最接近的是“{near}”；请改正名称或给出代码。",
            field="name", parent=parent, name=name, near=near[0],
        )  # fmt: skip
    raise Invalid("{parent} 下没有叫“{name}”的区划；请给出代码。", field="name", parent=parent, name=name)


def known(found: Iterable[str]) -> dict[str, Known[RegionRow]]:
    """What the register has under these codes."""
    there = Region.objects.filter(among(found)).values_list(*_COLUMNS, "ended")
    return {row[0]: Known(RegionRow(*row[:-1]), row[-1] is not None) for row in there.iterator()}


def standing(where: Extent) -> list[RegionRow]:
    """The regions that have not ended where a file speaks."""
    there = Region.objects.filter(code__startswith=where.within, level__in=where.lengths, ended=None)
    return [RegionRow(*row) for row in there.order_by("code").values_list(*_COLUMNS)]


def check(read_: Read[RegionRow], gone: Collection[str]) -> None:
    """Move to the broken: streets and communities under nothing, and regions that lie outside the one above them;
    what is to end but still holds something is told as row 0.
    """
    read_.refuse(_orphans(read_.good, frozenset(gone)))
    read_.refuse(inside.faults({row: r.code for row, r in read_.good.items()}, read_.shapes))
    read_.refuse(_needed(read_, frozenset(gone)))


def _orphans(found: Mapping[int, RegionRow], gone: frozenset[str]) -> list[rows.BrokenRow]:
    needed = {prefix for region in found.values() for prefix in codes.prefixes(region.code)}
    there = set(Region.objects.filter(among(needed), ended=None).values_list("code", flat=True)) - gone
    broken = []
    for row, region in sorted(found.items(), key=lambda one: one[1].code):
        if region.level >= codes.Level.STREET and there.isdisjoint(codes.prefixes(region.code)[:2]):
            fault = Invalid("{code} 的上级区划不存在；请先导入上级。", field="code", code=region.code)
            broken.append(rows.BrokenRow(row, fault))
        else:
            there.add(region.code)
    return broken


def _needed(read_: Read[RegionRow], gone: frozenset[str]) -> list[rows.BrokenRow]:
    """What is to end, but holds cells, streets or communities that stay and have nothing else above."""
    if not gone:
        return []
    held = Region.objects.filter(among(gone, "parent_id"), ended=None, level__gte=codes.Level.STREET)
    parts = {code: parent for code, parent in held.values_list("code", "parent_id") if code not in gone}
    above = {prefix for code in parts for prefix in codes.prefixes(code)[:2]} - gone
    there = set(Region.objects.filter(among(above), ended=None).values_list("code", flat=True))
    left = {parent for code, parent in parts.items() if there.isdisjoint(codes.prefixes(code)[:2])}
    cells = set(Cell.objects.filter(among(gone, "community_id"), ended=None).values_list("community_id", flat=True))
    sentence = "{code} 不在文件中，但其下还有未终止的区划或网格；请先导入它们的新代码，或不要勾选“完整”。"
    return [rows.BrokenRow(0, Invalid(sentence, field="code", code=code)) for code in sorted(left | cells)]
