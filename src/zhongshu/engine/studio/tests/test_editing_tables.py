"""A decision table changed cell by cell."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from zhongshu.base.http.refusals import Absent, Conflict, Invalid
from zhongshu.engine.decisions.rules.dmn import folder
from zhongshu.engine.studio.rules.editing.tables import file, grid
from zhongshu.engine.studio.rules.editing.tables.grid import Grid, Input, Output, Row

few = settings(max_examples=50, deadline=None, derandomize=True)
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
FEES = Grid(
    "fee",
    "收费",
    "FIRST",
    (Input("", "answers.面积", "面积", "number"),),
    (Output("", "元", "费用", "number"),),
    (Row("", ("< 10",), ("0",), "小型免收"), Row("", ("-",), ("answers.面积 * 2",))),
)


def _fees(change=lambda table: table):
    text = file.write(file.new("收费", "fee"), FEES)
    return file.write(text, change(file.read(text, "fee")))


def _asked(text, area):
    return folder.read({"fee.dmn": text}).decide("收费", {"answers": {"面积": area}}, AT).value


def test_a_new_table_is_filled_and_asked():
    text = _fees()
    assert (_asked(text, 4), _asked(text, 20)) == (0, 40)
    assert file.decisions(text) == [("fee", "收费")]


def test_a_file_just_begun_is_a_model():
    assert "结果" in folder.read({"new.dmn": file.new("结果")})


def test_rules_are_added_moved_and_taken_away():
    text = _fees(lambda table: grid.with_row_moved(table, 1, -1))
    assert _asked(text, 4) == 8
    text = _fees(lambda table: grid.without_row(table, 0))
    assert _asked(text, 4) == 8
    text = _fees(lambda table: grid.typed(grid.with_row(table, -1), {"rows.0.tests.0": "4", "rows.0.answers.0": "1"}))
    assert (_asked(text, 4), _asked(text, 5)) == (1, 0)


def test_columns_are_added_and_taken_away():
    def by_kind(table):
        table = grid.with_output(grid.with_input(table, "answers.类别", "类别"), "说明")
        typed = {"rows.0.answers.1": '"免"', "rows.1.answers.1": "null", "rows.1.tests.1": '"商业"'}
        return grid.typed(table, typed)

    text = _fees(by_kind)
    assert _asked(text, 4) == {"元": 0, "说明": "免"}
    table = file.read(text, "fee")
    text = file.write(text, grid.without_output(grid.without_input(table, 1), 1))
    assert _asked(text, 20) == 40


def test_what_the_grid_does_not_show_stays_in_the_file():
    text = (
        _fees()
        .replace("<rule ", "<!-- as decreed --><rule ")
        .replace("<decision ", '<decision xmlns:x="urn:x" x:a="1" ')
    )
    again = file.write(text, grid.typed(file.read(text, "fee"), {"rows.0.answers.0": "1"}))
    assert "as decreed" in again
    assert 'x:a="1"' in again
    assert _asked(again, 4) == 1


def test_arrows_are_drawn_once():
    text = file.write(_fees(), FEES)
    assert text.count("<informationRequirement>") == 1
    assert text.count("<inputData ") == 1


@pytest.mark.parametrize(
    ("typed", "part"),
    [
        ({"policy": "GUESS"}, "policy"),
        ({"inputs.0": "1 +"}, "inputs.0"),
        ({"rows.0.tests.0": "< <"}, "rows.0.tests.0"),
        ({"rows.1.answers.0": ""}, "rows.1.answers.0"),
    ],
)
def test_what_is_wrong_is_said_beside_its_cell(typed, part):
    table = grid.typed(file.read(_fees(), "fee"), typed)
    assert set(grid.wrong(table)) == {part}
    with pytest.raises(Invalid):
        file.write(_fees(), table)


def test_two_answers_of_one_name_are_refused():
    table = grid.with_output(file.read(_fees(), "fee"), "元")
    assert "outputs.1" in grid.wrong(table)


def test_a_table_keeps_an_answer_and_has_bounds():
    table = file.read(_fees(), "fee")
    with pytest.raises(Conflict):
        grid.without_output(table, 0)
    with pytest.raises(Conflict):
        grid.with_row(replace(table, rows=table.rows[:1] * grid.MOST_ROWS), 0)
    with pytest.raises(Conflict):
        grid.with_input(replace(table, inputs=table.inputs * grid.MOST_COLUMNS), "x")
    with pytest.raises(Absent):
        grid.without_row(table, 2)
    with pytest.raises(Absent):
        file.read(_fees(), "price")


cells = some.sampled_from(["-", "< 10", "[1..5]", '"a", "b"', "null"])
answers = some.sampled_from(["0", '"<&>"', "answers.x + 1", "null"])


@few
@given(some.lists(some.tuples(cells, answers, some.sampled_from(["", "注"])), max_size=4))
def test_what_is_written_is_what_is_read(rows):
    table = replace(FEES, rows=tuple(Row("", (test,), (answer,), note) for test, answer, note in rows))
    text = file.write(file.new("收费", "fee"), table)
    again = file.read(text, "fee")
    assert [(row.tests, row.answers, row.note) for row in again.rows] == [((t,), (a,), n) for t, a, n in rows]
    assert file.write(text, again) == text
