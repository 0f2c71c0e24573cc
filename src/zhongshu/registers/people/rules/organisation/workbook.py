"""The rows of an Excel workbook (.xlsx, ECMA-376), which may have been made to harm its reader. Pure.

A workbook is a ZIP archive of XML. Three things are held small before a spreadsheet library sees it: what the archive
unpacks to (its parts are unpacked here, as far as they say, and packed anew, so that a part that lies about its size
is cut there), and how far apart the cells of a sheet lie, for the library makes a full rectangle of them.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from zhongshu.base.http.refusals import Invalid, TooLarge

MOST_UNPACKED = 60_000_000
"""Bytes a workbook may unpack to: 20,000 rows of 30 cells as XML, with room to spare."""
MOST_PARTS = 200
MOST_RATIO = 200
"""Unpacked over packed bytes of one part; sheets of repeated text reach some fifty."""
LAST_ROW, LAST_COLUMN = 50_000, 60
_PARTS = ("[Content_Types].xml", "_rels/", "xl/_rels/", "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml")
_SHEETS = "xl/worksheets/"
_PLACE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]*)([0-9]+)["']""")
_DAMAGED = (zipfile.BadZipFile, zipfile.LargeZipFile, RuntimeError, ValueError, OSError, EOFError)


def rows(content: bytes) -> Iterator[list[str]]:
    """The rows of the first sheet, each cell as one reads it; of a formula its last value."""
    from python_calamine import CalamineError, CalamineWorkbook

    packed = _packed_anew(content)
    try:
        sheet = CalamineWorkbook.from_filelike(packed).get_sheet_by_index(0)
        found = sheet.to_python(skip_empty_area=False)
    except (CalamineError, IndexError, ValueError, OSError):
        raise Invalid("文件不是有效的 Excel 工作簿，请重新另存为 .xlsx。", field="file") from None
    return ([text(cell) for cell in row] for row in found)


def _packed_anew(content: bytes) -> io.BytesIO:
    """An archive of the parts that matter, as they say they are, not compressed."""
    out = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(out, "w") as kept:
            parts = archive.infolist()
            _check(parts)
            for part in parts:
                if part.filename.startswith((*_PARTS, _SHEETS)) and not part.is_dir():
                    kept.writestr(part.filename, _unpacked(archive, part))
    except _DAMAGED:
        raise Invalid("文件不是有效的 Excel 工作簿，请重新另存为 .xlsx。", field="file") from None
    out.seek(0)
    return out


def _check(parts: list[zipfile.ZipInfo]) -> None:
    """What the archive says of itself, before a byte is unpacked."""
    if "xl/workbook.xml" not in {part.filename for part in parts}:
        raise Invalid("文件是压缩包，不是 Excel 工作簿；请解压后上传。", field="file")
    swollen = any(part.file_size > MOST_RATIO * max(part.compress_size, 1) for part in parts)
    if swollen or len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise _too_large()


def _unpacked(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    """A part's bytes, at most as many as it says; a sheet whose cells lie too far apart is refused."""
    with archive.open(part) as opened:
        found = opened.read(part.file_size)
    if part.filename.startswith(_SHEETS):
        for letters, number in _PLACE.findall(found):
            if len(number) > 7 or int(number) > LAST_ROW or _column(letters) > LAST_COLUMN:
                raise _too_large()
    return found


def _column(letters: bytes) -> int:
    """A column's number: A is 1, AA is 27; none is 0."""
    if len(letters) > 3:
        return LAST_COLUMN + 1
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number


def _too_large() -> TooLarge:
    return TooLarge("工作簿过大，或单元格离得太远；请只留需要导入的一张表，另存后再上传。", field="file")


def text(cell: Any) -> str:
    """A cell as one reads it: whole numbers without a point, days as 2026-01-31."""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    if isinstance(cell, date | datetime | time | timedelta):
        return str(cell)
    return str(cell)
