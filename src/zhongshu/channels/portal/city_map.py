"""The city's own lines as GeoJSON, which every map is drawn on."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import msgspec

from zhongshu.base.journal.caches import Cached
from zhongshu.registers.places.models import Junction, Region, Road, Segment
from zhongshu.registers.places.queries.edition import SUBJECT
from zhongshu.registers.places.rules.codes import Level

_LAYERS = {Level.DISTRICT: "district", Level.STREET: "street"}
DIGITS = 5
"""Decimals of a degree: a metre."""


@dataclass(frozen=True, slots=True)
class CityMap:
    """A FeatureCollection as bytes, and the box it lies in as JSON: [west, south, east, north]."""

    geojson: bytes
    bounds: str


def geojson() -> bytes:
    """Districts, streets and roads with their names; made anew when places change."""
    return _drawn().geojson


def bounds() -> str:
    """The city's box for a map to begin with."""
    return _drawn().bounds


def _draw() -> CityMap:
    import shapely  # loads NumPy: not before the first map is asked for

    regions = list(Region.objects.filter(level__in=_LAYERS, ended=None).order_by("code"))
    features = [*_regions(regions), *_roads()]
    shapes = [shapely.from_geojson(msgspec.json.encode(r.boundary)) for r in regions if r.boundary]
    box = [round(float(edge), DIGITS) for edge in shapely.total_bounds(shapes)] if shapes else []
    collection = {"type": "FeatureCollection", "features": features}
    return CityMap(msgspec.json.encode(collection), msgspec.json.encode(box).decode() if box else "")


_drawn = Cached(SUBJECT, _draw)


def _regions(regions: list[Region]) -> Iterator[dict[str, Any]]:
    for region in regions:
        layer = _LAYERS[Level(region.level)]
        if region.boundary:
            yield _feature(_short(region.boundary), {"layer": layer, **_names(region)})
        if region.lon is not None:
            yield _feature(
                {"type": "Point", "coordinates": _short([region.lon, region.lat])},
                {"layer": f"{layer}-name", **_names(region)},
            )


def _roads() -> Iterator[dict[str, Any]]:
    """Each road as the lines between its junctions."""
    import shapely

    points = {id_: _short([lon, lat]) for id_, lon, lat in Junction.objects.values_list("id", "lon", "lat")}
    lines: dict[int | None, list[Any]] = defaultdict(list)
    for road, start, end in Segment.objects.values_list("road_id", "start_id", "end_id").order_by("id"):
        lines[road].append([points[start], points[end]])
    known = {road.pk: road for road in Road.objects.all()}
    for number, parts in lines.items():
        named = known.get(number) if number is not None else None
        merged = shapely.line_merge(shapely.MultiLineString(parts))
        yield _feature(_short(shapely.geometry.mapping(merged)), {"layer": "road", **_names(named)})


def _names(named: Region | Road | None) -> dict[str, str]:
    return {"name": named.name, "name_en": named.name_en or named.name} if named else {"name": "", "name_en": ""}


def _feature(geometry: Any, properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def _short(part: Any) -> Any:
    """Coordinates to the metre."""
    if isinstance(part, float | int):
        return round(float(part), DIGITS)
    if isinstance(part, dict):
        return {key: _short(value) if key == "coordinates" else value for key, value in part.items()}
    return [_short(item) for item in part] if isinstance(part, list | tuple) else part
