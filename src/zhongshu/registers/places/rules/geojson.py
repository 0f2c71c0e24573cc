"""GeoJSON documents (RFC 7946) as they come from outside: bounded, and refused with what is wrong and where.

What their geometries are, `shapes` reads.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from zhongshu.base.http.refusals import Invalid, TooLarge
from zhongshu.registers.places.rules.datum import Datum

_SAID = {
    "GCJ02": Datum.GCJ02, "BD09": Datum.BD09, "WGS84": Datum.WGS84, "CRS84": Datum.WGS84, "CGCS2000": Datum.WGS84,
    "EPSG::4326": Datum.WGS84, "EPSG:4326": Datum.WGS84, "EPSG::4490": Datum.WGS84, "EPSG:4490": Datum.WGS84,
}  # fmt: skip
"""What stands in the name of a reference system → the datum it means."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The most one document may hold: bytes, features, and points in one polygon."""

    size: int = 64 * 1024 * 1024
    features: int = 100_000
    points: int = 50_000


BOUNDS = Limits()


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature: its row counted from 1, its properties and its raw geometry."""

    row: int
    properties: Mapping[str, Any]
    geometry: object


def read_features(document: object, limits: Limits = BOUNDS) -> list[Feature]:
    """The features of a FeatureCollection (text, or parsed), geometries unread; `Invalid` or `TooLarge` as a whole."""
    content = parsed(document, limits) if isinstance(document, bytes | str) else document
    kind = content.get("type") if isinstance(content, Mapping) else type(content).__name__
    features = content.get("features") if isinstance(content, Mapping) else None
    if kind != "FeatureCollection" or not isinstance(features, list):
        raise Invalid(
            "文件应是带 features 列表的 GeoJSON FeatureCollection，现在是“{kind}”；请改用该格式导出。",
            kind=str(kind),
        )
    if len(features) > limits.features:
        raise TooLarge(
            "文件有 {count} 个图形，一次最多 {limit} 个；请分批导入。",
            count=len(features),
            limit=limits.features,
        )
    return [_feature(row, raw) for row, raw in enumerate(features, 1)]


def said_datum(document: object) -> Datum | None:
    """The datum a collection names (`crs`, GeoJSON 2008); None when it names none, `Invalid` when it is in metres.

    CGCS2000 (EPSG:4490) and WGS-84 differ by centimetres and are taken for the same.
    """
    name = _crs(document).upper().replace("-", "")
    if not name:
        return None
    if found := next((datum for mark, datum in _SAID.items() if mark in name), None):
        return found
    raise Invalid("文件的坐标参照系是“{name}”，不是经纬度；请导出为 WGS-84 经纬度。", name=_crs(document)[:80])


def _crs(document: object) -> str:
    """What the `crs` member is called: an object with a name, or the name alone."""
    crs = document.get("crs") if isinstance(document, Mapping) else None
    properties = crs.get("properties") if isinstance(crs, Mapping) else None
    named = properties.get("name") if isinstance(properties, Mapping) else crs
    return named if isinstance(named, str) else ""


def parsed(document: bytes | str, limits: Limits = BOUNDS) -> Any:
    """What a JSON text says; a text that is too large, too deep or no JSON is refused with where."""
    if len(document) > limits.size:
        size, limit = (round(n / 1024 / 1024, 1) for n in (len(document), limits.size))
        raise TooLarge("文件有 {size} MB，一次最多 {limit} MB；请分批导入。", size=size, limit=limit)
    try:
        return json.loads(document, parse_constant=_no_such_number)
    except RecursionError:
        raise Invalid("文件的括号嵌套过深，不是地理数据；请重新导出。") from None
    except UnicodeDecodeError:
        raise Invalid("文件不是 UTF-8 编码；请以 UTF-8 重新导出。") from None
    except json.JSONDecodeError as fault:
        raise Invalid(
            "文件不是有效的 JSON，第 {line} 行第 {column} 列附近有误；请重新导出。",
            line=fault.lineno,
            column=fault.colno,
        ) from None
    except ValueError:
        raise Invalid("文件里有长得离谱的数字；请改正后再导入。") from None


def _no_such_number(word: str) -> float:
    raise Invalid("文件里有 {word}，它不是数字；请改正后再导入。", word=word)


def _feature(row: int, raw: object) -> Feature:
    content = raw if isinstance(raw, Mapping) else {}
    properties = content.get("properties")
    return Feature(row, properties if isinstance(properties, Mapping) else {}, content.get("geometry"))
