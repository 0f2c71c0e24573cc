"""Tables as files for spreadsheets: CSV and XLSX, streamed, without a formula in them."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from tempfile import TemporaryFile
from typing import IO

import xlsxwriter

from zhongshu.data.figures.rules.cells import neutral

MOST_ROWS = 20_000
"""Cases an export holds at most; the page says so."""
MARK = "\ufeff"
Cell = str | int | float | None
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class _Line:
    """What `csv.writer` writes to: keeps the line it was last given."""

    def write(self, line: str) -> str:
        return line


def csv_lines(rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """A CSV file as spreadsheets open it rightly: UTF-8 with its mark, CRLF; a line at a time."""
    writer = csv.writer(_Line())
    yield MARK.encode()
    for row in rows:
        yield writer.writerow([_safe(cell) for cell in row]).encode()


def xlsx_file(rows: Iterable[Sequence[Cell]], sheet: str) -> IO[bytes]:
    """An XLSX file, written a row at a time to a file on disk that is gone once closed; numbers stay numbers."""
    target = TemporaryFile()  # noqa: SIM115  the answer that streams it closes it
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        page = book.add_worksheet(sheet)
        page.set_column(0, 0, 30)
        page.set_column(1, 20, 16)
        for line, row in enumerate(rows):
            for column, cell in enumerate(row):
                _write(page, line, column, cell)
    target.seek(0)
    return target


def _write(page: xlsxwriter.worksheet.Worksheet, line: int, column: int, cell: Cell) -> None:
    if isinstance(cell, str):
        page.write_string(line, column, neutral(cell))
    elif cell is not None:
        page.write_number(line, column, cell)


def _safe(cell: Cell) -> Cell:
    return neutral(cell) if isinstance(cell, str) else cell
