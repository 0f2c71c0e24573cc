"""The geometries of GeoJSON (RFC 7946) as they come from outside: checked, and refused with what is broken and where.

Coordinates are degrees, longitude first, and lie in or near China. Shapes come back as shapely geometries.
"""

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

from zhongshu.base.http.refusals import Invalid, TooLarge
from zhongshu.registers.places.rules.datum import Datum, to_wgs84
from zhongshu.registers.places.rules.geojson import BOUNDS, Limits

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

Point = tuple[float, float]


WEST, SOUTH, EAST, NORTH = 72.0, 0.8, 138.0, 56.0
"""Bounds of what is taken for a place in China, its seas included."""


DECIMALS = 8
"""Digits kept after a change of datum: about a millimetre."""


_CROSSING = "多边形的边在 ({where}) 处自相交；请把这里的点移开或拆成两个图形。"


_FAULTS = {
    "Self-intersection": _CROSSING,
    "Ring Self-intersection": _CROSSING,
    "Hole lies outside shell": "有一个洞在外环之外，位于 ({where})；请移到外环里面或删去。",
    "Holes are nested": "在 ({where}) 处洞里还有洞；请合并后再导入。",
    "Nested shells": "在 ({where}) 处一个多边形套在另一个里面；请合并后再导入。",
    "Interior is disconnected": "洞在 ({where}) 处把多边形切成了几块；请拆成几个图形。",
    "Too few points in geometry component": "在 ({where}) 处的环没有面积：点重合或共线。",
}
"""What GEOS calls a fault, in a sentence an official can act on."""


def read_polygon(geometry: object, limits: Limits = BOUNDS) -> "BaseGeometry":
    """A valid Polygon or MultiPolygon, wound as RFC 7946 has it; `Invalid` says which ring is broken, how and where."""
    import shapely

    kind, coordinates = _typed(geometry, ("Polygon", "MultiPolygon"))
    parts = [coordinates] if kind == "Polygon" else coordinates
    if not isinstance(parts, list) or not parts:
        raise Invalid("图形没有坐标；请补上多边形后再导入。", field="geometry")
    polygons = [_rings(part) for part in parts]
    if (count := sum(len(ring) for rings in polygons for ring in rings)) > limits.points:
        raise TooLarge("多边形有 {count} 个点，最多 {limit} 个；请先简化。", count=count, limit=limits.points)
    shapes = [shapely.Polygon(shell, holes) for shell, *holes in polygons]
    shape = shapes[0] if kind == "Polygon" else shapely.MultiPolygon(shapes)
    _refuse_invalid(shape)
    return shapely.orient_polygons(shape)


def read_point(geometry: object) -> Point:
    """The (lon, lat) of a Point."""
    _, coordinates = _typed(geometry, ("Point",))
    return _position(coordinates, 1)


def in_wgs84(shape: "BaseGeometry", datum: Datum) -> "BaseGeometry":
    """The shape with every vertex moved from `datum` to WGS-84; shared vertices stay shared."""
    import numpy as np
    import shapely

    if datum is Datum.WGS84:
        return shape

    def moved(points: Any) -> Any:
        return np.array([_moved(lon, lat, datum) for lon, lat in points.tolist()])

    return shapely.transform(shape, moved)


def written(shape: "BaseGeometry") -> dict[str, Any]:
    """The shape as a GeoJSON geometry."""
    import shapely

    return cast(dict[str, Any], json.loads(shapely.to_geojson(shape)))


@lru_cache(maxsize=65_536)  # neighbours share their corners: a city's vertices come five times each
def _moved(lon: float, lat: float, datum: Datum) -> Point:
    lon, lat = to_wgs84(lon, lat, datum)
    return round(lon, DECIMALS), round(lat, DECIMALS)


def _typed(geometry: object, wanted: tuple[str, ...]) -> tuple[str, Any]:
    if not isinstance(geometry, Mapping):
        raise Invalid("缺少图形（geometry）；请补上后再导入。", field="geometry")
    kind = str(geometry.get("type"))
    if kind not in wanted:
        raise Invalid(
            "图形类型是“{kind}”，这里只收 {wanted}；请改正后再导入。",
            field="geometry",
            kind=kind,
            wanted=" / ".join(wanted),
        )
    return kind, geometry.get("coordinates")


def _rings(part: object) -> list[list[Point]]:
    if not isinstance(part, list) or not part:
        raise Invalid("多边形没有环；请至少给出外环。", field="geometry")
    return [_ring(ring, number) for number, ring in enumerate(part, 1)]


def _ring(ring: object, number: int) -> list[Point]:
    if not isinstance(ring, list):
        raise Invalid("第 {ring} 个环不是坐标的列表；请检查括号层数。", field="geometry", ring=number)
    points = [_position(position, at) for at, position in enumerate(ring, 1)]
    if points and points[0] != points[-1]:
        raise Invalid(
            "第 {ring} 个环没有闭合：最后一个点应与第一个点 ({lon}, {lat}) 相同。",
            field="geometry",
            ring=number,
            lon=points[0][0],
            lat=points[0][1],
        )
    if len(points) < 4:
        raise Invalid(
            "第 {ring} 个环只有 {count} 个点：闭合的环至少要 4 个点（首尾相同）。",
            field="geometry",
            ring=number,
            count=len(points),
        )
    return points


def _position(position: object, at: int) -> Point:
    if not (isinstance(position, list | tuple) and 2 <= len(position) <= 3 and all(map(_is_number, position))):
        raise Invalid("第 {at} 个坐标不是 [经度, 纬度] 两个数字；请检查。", field="geometry", at=at)
    lon, lat = position[:2]
    if WEST <= lon <= EAST and SOUTH <= lat <= NORTH:
        return float(lon), float(lat)
    swapped = WEST <= lat <= EAST and SOUTH <= lon <= NORTH
    raise Invalid(
        "坐标 ({lon}, {lat}) 像是把经度和纬度写反了；GeoJSON 先写经度，后写纬度。"
        if swapped
        else "坐标 ({lon}, {lat}) 不在中国范围内（经度 72 至 138，纬度 0.8 至 56）；请检查单位和坐标系。",
        field="geometry",
        lon=lon,
        lat=lat,
    )


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _refuse_invalid(shape: "BaseGeometry") -> None:
    import shapely

    if shapely.is_valid(shape):
        return
    reason, _, where = str(shapely.is_valid_reason(shape)).rstrip("]").partition("[")
    sentence = _FAULTS.get(reason.strip(), "多边形在 ({where}) 处无效；请在制图软件里修复后再导入。")
    raise Invalid(sentence, field="geometry", where=where.replace(" ", ", ") or "—")
