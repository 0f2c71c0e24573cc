"""A decision table changed cell by cell."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from zhongshu.base.http.refusals import Absent, Conflict, Invalid
from zhongshu.engine.decisions.rules.dmn import folder
from zhongshu.engine.studio.rules.editing.tables import examples, file, grid, typed
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
    text = _fees(lambda table: typed.cells(grid.with_row(table, -1), {"rows.0.tests.0": "4", "rows.0.answers.0": "1"}))
    assert (_asked(text, 4), _asked(text, 5)) == (1, 0)


def test_columns_are_added_and_taken_away():
    def by_kind(table):
        table = grid.with_output(grid.with_input(table, "answers.类别", "类别"), "说明")
        said = {"rows.0.answers.1": '"免"', "rows.1.answers.1": "null", "rows.1.tests.1": '"商业"'}
        return typed.cells(table, said)

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
    again = file.write(text, typed.cells(file.read(text, "fee"), {"rows.0.answers.0": "1"}))
    assert "as decreed" in again
    assert 'x:a="1"' in again
    assert _asked(again, 4) == 1


def test_a_new_rule_never_takes_the_id_of_another():
    text = _fees()
    for at in (0, 0, -1):
        text = file.write(text, grid.with_row(file.read(text, "fee"), at))
    rows = file.read(text, "fee").rows
    assert len({row.id for row in rows}) == len(rows) == 5
    assert [row.answers[0] for row in rows] == ["", "0", "", "", "answers.面积 * 2"]


def test_a_file_whose_rules_lack_cells_or_share_an_id_is_read_whole():
    ragged = _fees().replace("<inputEntry>\n          <text>-</text>\n        </inputEntry>", "", 1)
    ragged = ragged.replace('<rule id="rule_2"', '<rule id="rule_1"')
    table = file.read(ragged, "fee")
    assert [row.tests for row in table.rows] == [("< 10",), ("-",)]
    assert _asked(file.write(ragged, table), 20) == 40


def test_arrows_are_drawn_once():
    text = file.write(_fees(), FEES)
    assert text.count("<informationRequirement>") == 1
    assert text.count("<inputData ") == 1


@pytest.mark.parametrize(
    ("said", "part"),
    [
        ({"inputs.0": "1 +"}, "inputs.0"),
        ({"rows.0.tests.0": "< <"}, "rows.0.tests.0"),
        ({"rows.1.answers.0": ""}, "rows.1.answers.0"),
    ],
)
def test_what_is_wrong_is_said_beside_its_cell(said, part):
    table = typed.cells(file.read(_fees(), "fee"), said)
    assert set(grid.wrong(table)) == {part}
    again = file.read(file.write(_fees(), table), "fee")
    assert set(grid.wrong(again)) == {part}, "what is not right yet is kept as it is"


@pytest.mark.parametrize("said", [{"policy": "GUESS"}, {"aggregation": "MEAN"}, {"rows.0.tests.0": "\x00"}])
def test_what_no_file_can_hold_is_refused(said):
    with pytest.raises(Invalid):
        file.write(_fees(), typed.cells(file.read(_fees(), "fee"), said))


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


def _sent(table, first, count):
    """What a page that shows these rules of a table sends back."""
    cells = {f"inputs.{n}.id": each.id for n, each in enumerate(table.inputs)}
    cells |= {f"outputs.{n}.id": each.id for n, each in enumerate(table.outputs)}
    cells |= {f"inputs.{n}": each.asked for n, each in enumerate(table.inputs)}
    cells |= {f"outputs.{n}": each.name for n, each in enumerate(table.outputs)}
    for number, row in list(enumerate(table.rows))[first : first + count]:
        cells |= {f"rows.{number}.id": row.id, f"rows.{number}.note": row.note}
        cells |= {f"rows.{number}.tests.{n}": text for n, text in enumerate(row.tests)}
        cells |= {f"rows.{number}.answers.{n}": text for n, text in enumerate(row.answers)}
    return cells


def test_a_page_sends_the_rules_it_shows_and_the_others_stay():
    table = file.read(_fees(), "fee")
    sent = _sent(table, 1, 1) | {"rows.1.answers.0": "7", "rows.1.note": "其余"}
    rows = typed.page(table, 1, 1, sent).rows
    assert rows[0] == table.rows[0]
    assert (rows[1].answers, rows[1].note) == (("7",), "其余")


def test_rules_that_were_not_on_the_page_follow_its_columns():
    table = file.read(_fees(), "fee")
    sent = _sent(table, 1, 1) | {"inputs.1.id": "", "inputs.1": "answers.类别", "rows.1.tests.1": '"商业"'}
    found = typed.page(table, 1, 1, sent)
    assert [row.tests for row in found.rows] == [("< 10", "-"), ("-", '"商业"')]
    assert _asked(file.write(_fees(), found), 4) == 0


def test_a_page_without_columns_is_no_table():
    table = file.read(_fees(), "fee")
    with pytest.raises(Invalid):
        typed.page(table, 0, 2, {})


def test_what_a_table_reads_is_told_by_path():
    table = file.read(_fees(lambda table: grid.with_input(table, "count(answers.摊位[面积 > 3]) + fee")), "fee")
    assert grid.reads(table) == ("answers.面积", "answers.摊位", "面积", "fee")


def test_a_table_collects_and_sums():
    text = _fees(lambda table: typed.cells(table, {"policy": "COLLECT", "aggregation": "SUM", "rows.1.answers.0": "5"}))
    assert _asked(text, 4) == 5
    assert "aggregation" not in file.write(text, typed.cells(file.read(text, "fee"), {"policy": "FIRST"}))


NEEDED = """<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="m" namespace="urn:n">
  <inputData id="i" name="answers"/>
  <decision id="a" name="甲"><informationRequirement><requiredInput href="#i"/></informationRequirement>
    <decisionTable><output/></decisionTable></decision>
  <decision id="b" name="乙"><informationRequirement><requiredDecision href="#a"/></informationRequirement>
    <decisionTable><output/></decisionTable></decision>
</definitions>"""


def test_a_table_another_one_needs_stays():
    assert file.needed_by(NEEDED, "a") == ["乙"]
    with pytest.raises(Conflict):
        file.without(NEEDED, "a")
    rest = file.without(NEEDED, "b")
    assert file.decisions(rest) == [("a", "甲")]
    assert "inputData" in rest
    assert file.without(rest, "a") is None


values = some.recursive(
    some.none() | some.booleans() | some.integers(-(10**9), 10**9) | some.text('是x1 "{-\n', max_size=5),
    lambda inner: (
        some.lists(inner, max_size=2) | some.dictionaries(some.sampled_from(["面积", "b"]), inner, max_size=2)
    ),
    max_leaves=4,
)


@few
@given(some.dictionaries(some.sampled_from(["answers", "看", "x"]), values, max_size=3), values)
def test_an_example_is_the_same_after_it_was_on_a_page(inputs, expect):
    cells = {path: examples.shown(value) for path, value in examples.flat(inputs).items()}
    assert examples.nested({path: examples.meant(text) for path, text in cells.items()}) == inputs
    (again,) = examples.read(examples.write([examples.Example(inputs, expect)]))
    assert (again.inputs, again.expect) == (inputs, expect)


@pytest.mark.parametrize(
    ("text", "value"), [("12", 12), ("true", True), ("紧急", "紧急"), ('"12"', "12"), ("[1", "[1"), ("NaN", "NaN")]
)
def test_what_is_typed_means_what_it_looks_like(text, value):
    assert examples.meant(text) == value


def test_a_value_under_a_value_is_refused():
    with pytest.raises(Invalid):
        examples.nested({"answers": 1, "answers.a": 2})
    with pytest.raises(Invalid):
        examples.read("{")
    with pytest.raises(Invalid):
        examples.read('[{"inputs": 1}]')
