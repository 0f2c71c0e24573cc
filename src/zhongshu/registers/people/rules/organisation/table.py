"""A table as spreadsheets save it: CSV or an Excel workbook (.xlsx), its first row the headings. Pure.

Cells come as the text one sees; a text that begins with = + - @ stays a text.
"""

import csv
import hashlib
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from zhongshu.base.http.refusals import Invalid, TooLarge
from zhongshu.registers.people.rules.organisation import workbook

MOST_BYTES = 10_000_000
MOST_ROWS = 20_000
MOST_COLUMNS = 30
LONGEST_CELL = 1_000
_ZIP, _OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Table:
    """The headings of a file and its rows that are not blank, each with its number (the headings are row 1)."""

    digest: str
    headings: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def read(content: bytes) -> Table:
    """The table in a file: Invalid or TooLarge, as a whole, when it is none or too much."""
    if len(content) > MOST_BYTES:
        raise TooLarge("文件过大：一次最多 {limit} MB，请分成几个文件。", field="file", limit=MOST_BYTES // 1_000_000)
    if content.startswith(_OLD_EXCEL):
        raise Invalid("文件是旧版 Excel 工作簿；请另存为 .xlsx 或 CSV 后再上传。", field="file")
    lines = workbook.rows(content) if content.startswith(_ZIP) else _csv(content)
    headings = _headings(next(lines, ()))
    rows = tuple(_rows(lines))
    if not rows:
        raise Invalid("文件只有表头，没有内容。", field="file")
    return Table(hashlib.sha256(content).hexdigest(), headings, rows)


def _headings(cells: Sequence[str]) -> tuple[str, ...]:
    found = [" ".join(cell.split()) for cell in cells]
    while found and not found[-1]:
        found.pop()
    if not found:
        raise Invalid("文件是空的，请另选一个文件。", field="file")
    if len(found) > MOST_COLUMNS:
        raise TooLarge("文件的列数过多：最多 {limit} 列。", field="file", limit=MOST_COLUMNS)
    if "" in found or len({name.casefold() for name in found}) < len(found):
        raise Invalid("表头有空白或重复的列名，请检查第一行。", field="file")
    return tuple(found)


def _rows(lines: Iterable[Sequence[str]]) -> Iterator[tuple[int, tuple[str, ...]]]:
    kept = 0
    for number, cells in enumerate(lines, 2):
        said = tuple(cell.strip() for cell in cells)
        if not any(said):
            continue
        kept += 1
        if kept > MOST_ROWS:
            raise TooLarge("行数过多：一次最多 {limit} 行，请分成几个文件。", field="file", limit=MOST_ROWS)
        if any(len(cell) > LONGEST_CELL for cell in said):
            raise TooLarge(
                "第 {row} 行有一格超过 {limit} 字，请检查文件。", field="file", row=number, limit=LONGEST_CELL
            )
        yield number, said


def _csv(content: bytes) -> Iterator[list[str]]:
    text = _decoded(content)
    first = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",\t;", key=first.count), strict=True)
    try:
        yield from reader
    except csv.Error:
        raise Invalid("文件第 {line} 行附近不是有效的 CSV，请检查引号。", field="file", line=reader.line_num) from None


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Invalid("文件的编码无法识别，请另存为 UTF-8 编码的 CSV 后再上传。", field="file")


def safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula (OWASP, CSV Injection: a leading apostrophe)."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def written(lines: Iterable[Sequence[str]]) -> bytes:
    """A CSV file that spreadsheets open rightly: UTF-8 with its mark, CRLF, no formulas."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([safe(cell) for cell in line] for line in lines)
    return out.getvalue().encode("utf-8-sig")
