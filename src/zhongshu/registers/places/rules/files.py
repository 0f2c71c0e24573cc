"""A file of places as it comes from outside: what it is, what it is written in, and its rows under our own names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from zhongshu.base.http.refusals import Invalid, TooLarge
from zhongshu.registers.places.rules import geojson, sheet
from zhongshu.registers.places.rules.datum import Datum
from zhongshu.registers.places.rules.geojson import BOUNDS, Feature, Limits

Document = bytes | str | Mapping[str, Any]

_ALIASES = {
    "code": ("adcode", "代码", "编码", "区划代码", "网格代码", "部件代码"),
    "name": ("名称",),
    "name_en": ("英文名称",),
    "parent_code": ("parent_adcode", "上级代码"),
    "geometry": ("wkt", "图形", "边界"),
    "lon": ("lng", "longitude", "经度"),
    "lat": ("latitude", "纬度"),
    "status": ("状态",),
    "owner_body": ("权属单位",),
    "major": ("大类",),
    "minor": ("小类",),
}
"""What a file may call a property → what it is called here."""
_CANONICAL = {alias: name for name, aliases in _ALIASES.items() for alias in aliases}
_FOREIGN = {
    b"PK\x03\x04": "文件是 Excel 工作簿或压缩包；请另存为 CSV，或解压后上传 GeoJSON。",
    b"\xd0\xcf\x11\xe0": "文件是旧版 Excel 工作簿；请另存为 CSV 后再上传。",
    b"\x1f\x8b": "文件是压缩包；请解压后再上传。",
    b"<": "文件是 XML（如 KML、GML）；请转成 GeoJSON 或 CSV 后再上传。",
}
"""How files begin that are not taken, and what to do with them."""


@dataclass(frozen=True, slots=True)
class File:
    """The rows of a file, their properties under our own names; `says` is the datum the file itself names."""

    features: Sequence[Feature]
    form: Literal["geojson", "csv"]
    encoding: str = "utf-8"
    says: Datum | None = None


def read(document: Document, limits: Limits = BOUNDS) -> File:
    """GeoJSON, CSV, or a JSON object of names by code; `Invalid` or `TooLarge` for anything else, as a whole."""
    if isinstance(document, Mapping):
        return _collection(document, limits)
    content = document.encode() if isinstance(document, str) else document
    if len(content) > limits.size:
        size, limit = (round(n / 1024 / 1024, 1) for n in (len(content), limits.size))
        raise TooLarge("文件有 {size} MB，一次最多 {limit} MB；请分批导入。", size=size, limit=limit)
    start = content[:200].removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start:
        raise Invalid("文件是空的，请另选一个文件。", field="file")
    for magic, sentence in _FOREIGN.items():
        if start.startswith(magic):
            raise Invalid(sentence, field="file")
    if start.startswith((b"{", b"[")):
        return _collection(geojson.parsed(content.removeprefix(b"\xef\xbb\xbf"), limits), limits)
    text, encoding = sheet.decoded(content)
    rows = [_ours(feature) for feature in sheet.read_table(text, limits)]
    return _filled(File(rows, "csv", encoding))


def _collection(content: object, limits: Limits) -> File:
    features = _names(content, limits) if _is_names(content) else geojson.read_features(content, limits)
    return _filled(File([_ours(feature) for feature in features], "geojson", says=geojson.said_datum(content)))


def _is_names(content: object) -> bool:
    return isinstance(content, Mapping) and all(
        isinstance(code, str) and code.isascii() and code.isdigit() and isinstance(name, str)
        for code, name in content.items()
    )


def _names(content: Any, limits: Limits) -> list[Feature]:
    if len(content) > limits.features:
        raise TooLarge("行数过多：一次最多 {limit} 行，请分成几个文件。", field="file", limit=limits.features)
    return [Feature(row, {"code": code, "name": name}, None) for row, (code, name) in enumerate(content.items(), 1)]


def _filled(file: File) -> File:
    if not file.features:
        raise Invalid("文件里一行内容也没有；请另选一个文件。", field="file")
    return file


def _ours(feature: Feature) -> Feature:
    properties: dict[str, Any] = {}
    for said, value in feature.properties.items():
        name = str(said).strip().casefold()
        properties.setdefault(_CANONICAL.get(name, name), value)
    return Feature(feature.row, properties, feature.geometry)
