"""Taking in regions."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from zhongshu.base.http.refusals import Invalid
from zhongshu.base.permissions.rules import Actor
from zhongshu.registers.places.actions.city import store
from zhongshu.registers.places.models import Region
from zhongshu.registers.places.rules import codes, geojson, rows
from zhongshu.registers.places.rules.city import City, RegionRow
from zhongshu.registers.places.rules.datum import Datum, named


def import_regions(
    document: bytes | str | Mapping[str, Any], datum: Datum | str = Datum.WGS84, *, by: Actor, at: datetime
) -> int:
    """Take in a FeatureCollection of regions (`code`, `name`, `name_en`; a polygon or null): how many.

    Streets and communities need the region above them, in the file or already here. A region that is here
    under the same code is replaced. Any broken row refuses the whole file with `BrokenRows`.
    """
    measured = named(datum)
    features = geojson.read_features(document)
    regions = rows.read_all(features, lambda feature: _read(feature, measured), lambda region: region.code)
    _refuse_orphans(regions)
    ordered = tuple(sorted(regions, key=lambda region: region.code))
    store(City(regions=ordered), "places.regions_imported", by=by, at=at)
    return len(ordered)


def _read(feature: geojson.Feature, datum: Datum) -> RegionRow:
    code = codes.parse(rows.text(feature, "code", 20))
    if codes.level_of(code) is codes.Level.CELL:
        raise Invalid("“{code}”是网格代码，不是区划代码；请用网格导入。", field="code", code=code)
    name, name_en = rows.text(feature, "name", 80), rows.text(feature, "name_en", 160, optional=True)
    if feature.geometry is None:
        return RegionRow(code, name, name_en)
    shape = geojson.in_wgs84(geojson.read_polygon(feature.geometry), datum)
    inner = shape.representative_point()
    return RegionRow(code, name, name_en, geojson.written(shape), inner.x, inner.y)


def _refuse_orphans(regions: list[RegionRow]) -> None:
    """Streets and communities without any region above them; `regions` stand in the order of their rows."""
    needed = {prefix for region in regions for prefix in codes.prefixes(region.code)}
    known = {region.code for region in regions}
    known |= set(Region.objects.filter(code__in=needed).values_list("code", flat=True))
    rows.refuse(
        [
            rows.BrokenRow(row, Invalid("{code} 的上级区划不存在；请先导入上级。", field="code", code=region.code))
            for row, region in enumerate(regions, 1)
            if region.level >= codes.Level.STREET and known.isdisjoint(codes.prefixes(region.code)[:2])
        ]
    )
