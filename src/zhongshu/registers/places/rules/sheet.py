"""A table of places: CSV as spreadsheets save it, one place a line, its outline as GeoJSON or WKT in a cell."""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from zhongshu.base.http.refusals import Invalid, TooLarge
from zhongshu.registers.places.rules.geojson import BOUNDS, Feature, Limits

LONGEST_CELL = 4 * 1024 * 1024
"""Characters of one cell: an outline of 50,000 points fits."""
MOST_COLUMNS = 60
_KINDS = {"POINT": "Point", "POLYGON": "Polygon", "MULTIPOLYGON": "MultiPolygon"}
_WKT = re.compile(r"\s*(?:SRID=\d+;)?\s*(\w+)\s*(?:Z\s*)?(\(.*\))\s*\Z", re.IGNORECASE | re.DOTALL)
_POSITION = re.compile(r"[-+.\deE]+(?:\s+[-+.\deE]+)+")

csv.field_size_limit(LONGEST_CELL)  # the module's own limit is a tenth of an outline we take


def decoded(content: bytes) -> tuple[str, str]:
    """The text of a table, and the encoding it was found in: UTF-8, UTF-16 with its mark, or GB18030 (Excel's)."""
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding), encoding.removesuffix("-sig")
        except UnicodeDecodeError:
            continue
    raise Invalid("文件的编码无法识别，请另存为 UTF-8 编码的 CSV 后再上传。", field="file")


def read_table(text: str, limits: Limits = BOUNDS) -> list[Feature]:
    """Each line as a feature, numbered as spreadsheets number it: the heading is row 1. Blank ones are passed by."""
    first = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",\t;", key=first.count), strict=True)
    try:
        header = _header(next(reader, []))
        lines = list(islice(_numbered(reader), limits.features + 1))
    except csv.Error:
        raise Invalid("文件第 {line} 行附近不是有效的 CSV，请检查引号。", field="file", line=reader.line_num) from None
    if len(lines) > limits.features:
        raise TooLarge("行数过多：一次最多 {limit} 行，请分成几个文件。", field="file", limit=limits.features)
    return [_feature(row, dict(zip(header, cells, strict=False))) for row, cells in lines]


def _header(names: Sequence[str]) -> list[str]:
    found = [" ".join(name.split()) for name in names]
    if not any(found):
        raise Invalid("文件是空的，请另选一个文件。", field="file")
    if len(found) > MOST_COLUMNS:
        raise TooLarge("文件的列数过多：最多 {limit} 列。", field="file", limit=MOST_COLUMNS)
    named = [name.casefold() for name in found if name]
    if len(set(named)) < len(named):
        raise Invalid("表头有空白或重复的列名，请检查第一行。", field="file")
    return found


def _numbered(lines: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
    return ((row, cells) for row, cells in enumerate(lines, 2) if any(cell.strip() for cell in cells))


def _feature(row: int, cells: Mapping[str, str]) -> Feature:
    return Feature(row, {name: cell.strip() for name, cell in cells.items() if name and cell.strip()}, None)


def outlined(properties: Mapping[str, Any]) -> object:
    """The geometry a line speaks of: its outline, else its point; None when it has neither. Still unchecked."""
    written = str(properties.get("geometry") or "").strip()
    if written:
        return _json(written) if written.startswith("{") else _wkt(written)
    lon, lat = str(properties.get("lon") or ""), str(properties.get("lat") or "")
    if not lon and not lat:
        return None
    try:
        return {"type": "Point", "coordinates": [float(lon), float(lat)]}
    except ValueError:
        raise Invalid("经度和纬度须同时填写数字，例如 120.123456 和 30.123456。", field="geometry") from None


def _json(written: str) -> object:
    try:
        return json.loads(written)
    except (ValueError, RecursionError):
        raise Invalid("图形一栏不是有效的 GeoJSON；请重新导出。", field="geometry") from None


def _wkt(written: str) -> object:
    """WKT (OGC 06-103r4) differs from GeoJSON's coordinates in its brackets and the blank within a position."""
    found = _WKT.match(written)
    kind = _KINDS.get(found[1].upper()) if found else None
    if found is None or kind is None:
        raise Invalid("图形一栏应是 GeoJSON，或 WKT 的 POLYGON、MULTIPOLYGON。", field="geometry")
    listed = _POSITION.sub(lambda position: f"[{','.join(position[0].split())}]", found[2])
    try:
        coordinates = json.loads(listed.replace("(", "[").replace(")", "]"))
    except (ValueError, RecursionError):
        raise Invalid("图形一栏的 WKT 括号或数字有误；请重新导出。", field="geometry") from None
    return {"type": kind, "coordinates": coordinates[0] if kind == "Point" else coordinates}
