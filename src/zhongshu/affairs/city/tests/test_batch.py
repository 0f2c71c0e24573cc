"""Reading a file of events, without a database."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhongshu.affairs.city.rules import batch
from zhongshu.base.http.refusals import Invalid, TooLarge
from zhongshu.engine.intake.rules import questionnaire

LINE = "1101,路边有垃圾,120.5,30.5"
FORM = questionnaire.read({
    "type": "object",
    "properties": {
        "description": {"type": "string", "title": "情况描述"},
        "since": {"type": "string", "title": "多久了", "enum": ["now", "long"],
                  "x-labels": {"now": {"zh": "刚发生", "en": "Just now"}, "long": {"zh": "长期", "en": "For long"}}},
    },
})  # fmt: skip


def text(*lines, header="类别,情况描述,经度,纬度"):
    return "\r\n".join([header, *lines])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_file_reads_the_same_in_every_encoding_spreadsheets_write(encoding):
    (row,) = batch.read(text(LINE).encode(encoding)).rows
    assert row.number == 2 and row.cells["category"] == "1101" and row.point() == (120.5, 30.5)
    assert batch.answers(FORM, row) == {"description": "路边有垃圾"}


def test_blank_rows_are_passed_over_but_keep_their_numbers():
    rows = batch.read(text(LINE, "", " , , ,", LINE).encode()).rows
    assert [row.number for row in rows] == [2, 5]


def test_a_choice_may_be_written_as_it_is_called():
    (row,) = batch.read(text("1101,长期", header="category,多久了").encode()).rows
    assert batch.answers(FORM, row) == {"since": "long"}


def test_an_unknown_column_is_kept_under_its_heading_for_the_questionnaire_to_refuse():
    (row,) = batch.read(text("1101,x", header="类别,别的").encode()).rows
    assert batch.answers(FORM, row) == {"别的": "x"}


def test_the_same_bytes_have_the_same_keys_and_others_have_others():
    one, same, other = (
        batch.read(text(LINE).encode()),
        batch.read(text(LINE).encode()),
        batch.read(text(LINE, LINE).encode()),
    )
    assert one.key(one.rows[0]) == same.key(same.rows[0]) != other.key(other.rows[0])


@pytest.mark.parametrize("cells", ["120.5,", ",30.5", "east,north", "120.5;30.5,"])
def test_half_a_point_is_refused(cells):
    (row,) = batch.read(text(f"1101,x,{cells}").encode()).rows
    with pytest.raises(Invalid):
        row.point()


def test_limits_hold():
    with pytest.raises(TooLarge):
        batch.read(b"x" * (batch.MAX_BYTES + 1))
    with pytest.raises(TooLarge):
        batch.read(text(*["1101"] * (batch.MAX_ROWS + 1)).encode())
    assert len(batch.read(text(*["1101"] * batch.MAX_ROWS).encode()).rows) == batch.MAX_ROWS


@given(st.binary(max_size=300))
@settings(max_examples=50, deadline=None, derandomize=True)
def test_any_bytes_are_read_or_refused(data):
    try:
        batch.read(b"\xe7\xb1\xbb\xe5\x88\xab\n" + data)
    except (Invalid, TooLarge) as refusal:
        assert str(refusal)


@given(st.lists(st.text(alphabet="=+-@\t\r\n\",a中'", max_size=8), min_size=1, max_size=4))
@settings(max_examples=50, deadline=None, derandomize=True)
def test_no_written_cell_is_a_formula(cells):
    data = batch.written(["x"] * len(cells), [cells]).decode("utf-8-sig")
    _, back = list(csv.reader(io.StringIO(data, newline="")))
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in back)
    assert [
        cell.removeprefix("'") if batch.safe(old) != old else cell for cell, old in zip(back, cells, strict=True)
    ] == cells
