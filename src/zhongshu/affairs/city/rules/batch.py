"""A file of city events: CSV as spreadsheets write it, read row by row. Pure.

The first line names the columns, in Chinese or by their codes (`COLUMNS`); any other column is a question of the
category's questionnaire, by its title. Blank cells are not answered.
"""

import csv
import hashlib
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from zhongshu.base.http.refusals import Invalid, TooLarge
from zhongshu.engine.intake.rules.shape import Field, Questionnaire

MAX_BYTES = 5_000_000
MAX_ROWS = 5_000
MAX_COLUMNS = 60
COLUMNS = {
    "类别": "category", "经度": "lon", "纬度": "lat", "地点编号": "place", "地址": "address", "姓名": "name",
    "电话": "phone",
}  # fmt: skip
_CODES = frozenset(COLUMNS.values())
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Row:
    """One event of a file: `number` is its line counted as rows (the header is 1), `cells` the known columns by code,
    `answers` all others by their heading.
    """

    number: int
    cells: Mapping[str, str]
    answers: Mapping[str, str]

    def point(self) -> tuple[float, float] | tuple[None, None]:
        """Longitude and latitude; both or neither."""
        lon, lat = self.cells.get("lon", ""), self.cells.get("lat", "")
        if not lon and not lat:
            return None, None
        try:
            return float(lon), float(lat)
        except ValueError:
            raise Invalid("经度和纬度须同时填写数字，例如 120.123456 和 30.123456。", field="point") from None


@dataclass(frozen=True, slots=True)
class Batch:
    """A file's rows. `digest` names its bytes, so that the same file sent again is the same events."""

    digest: str
    rows: tuple[Row, ...]

    def key(self, row: Row) -> str:
        """The sender's key of a row."""
        return f"{self.digest}-{row.number}"


def read(content: bytes) -> Batch:
    """The rows of a file in UTF-8 (with or without mark) or GB18030, at most 5 MB and 5,000 rows.

    Raises TooLarge or Invalid when the file as a whole is of no use; what is wrong with one row shows when it is taken.
    """
    if len(content) > MAX_BYTES:
        raise TooLarge("文件过大：一次最多 {limit} MB，请分成几个文件。", field="file", limit=MAX_BYTES // 1_000_000)
    lines = _lines(_decoded(content))
    header = next(lines, None)
    if header is None:
        raise Invalid("文件是空的，请另选一个文件。", field="file")
    columns = _columns(header)
    rows = tuple(_row(number, columns, cells) for number, cells in _numbered(lines))
    if not rows:
        raise Invalid("文件只有表头，没有内容。", field="file")
    return Batch(hashlib.sha256(content).hexdigest(), rows)


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Invalid("文件的编码无法识别，请另存为 UTF-8 编码的 CSV 后再上传。", field="file")


def _lines(text: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        yield from reader
    except csv.Error:
        raise Invalid("文件第 {line} 行附近不是有效的 CSV，请检查引号。", field="file", line=reader.line_num) from None


def _columns(header: Sequence[str]) -> list[str]:
    names = [" ".join(name.split()) for name in header]
    while names and not names[-1]:
        names.pop()
    codes = [COLUMNS.get(name, name) for name in names]
    if len(codes) > MAX_COLUMNS:
        raise TooLarge("文件的列数过多：最多 {limit} 列。", field="file", limit=MAX_COLUMNS)
    if "" in codes or len(set(codes)) < len(codes):
        raise Invalid("表头有空白或重复的列名，请检查第一行。", field="file")
    if "category" not in codes:
        raise Invalid("表头缺少“类别”一列。请用模板填写。", field="file")
    return codes


def _numbered(lines: Iterable[list[str]]) -> Iterator[tuple[int, list[str]]]:
    """Each row that is not blank with its number; too many are refused before they are kept."""
    kept = 0
    for number, cells in enumerate(lines, start=2):
        if any(cell.strip() for cell in cells):
            kept += 1
            if kept > MAX_ROWS:
                raise TooLarge("行数过多：一次最多 {limit} 行，请分成几个文件。", field="file", limit=MAX_ROWS)
            yield number, cells


def _row(number: int, columns: Sequence[str], cells: Sequence[str]) -> Row:
    given = {name: cell.strip() for name, cell in zip(columns, cells, strict=False) if cell.strip()}
    known = {name: cell for name, cell in given.items() if name in _CODES}
    return Row(number, known, {name: cell for name, cell in given.items() if name not in known})


def answers(form: Questionnaire, row: Row) -> dict[str, str]:
    """A row's answers by question: headings are titles or names, choices may be written as they are called."""
    questions = {heading: field for field in form.fields for heading in (field.title_en, field.title, field.name)}
    found: dict[str, str] = {}
    for heading, cell in row.answers.items():
        field = questions.get(heading)
        found[field.name if field else heading] = _chosen(field, cell) if field else cell
    return found


def _chosen(field: Field, cell: str) -> str:
    return next((o.value for o in field.options if cell in (o.label, o.label_en)), cell)


def safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula (OWASP, CSV Injection: a leading apostrophe)."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def written(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A CSV file that spreadsheets open rightly: UTF-8 with its mark, CRLF, no formulas."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerows([safe(cell) for cell in line] for line in (header, *rows))
    return out.getvalue().encode("utf-8-sig")
