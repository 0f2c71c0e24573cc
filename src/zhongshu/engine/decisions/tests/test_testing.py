"""Rows test decisions, and tell which rules none of them has met."""

from datetime import datetime

import pytest

from zhongshu.base.http.refusals import Invalid
from zhongshu.engine.decisions.rules.dmn import folder, testing
from zhongshu.engine.decisions.rules.dmn.testing import Row

AT = datetime.fromisoformat("2026-03-02T09:30:00+08:00")
FILE = """<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="m" namespace="urn:city:fee">
<inputData id="age" name="age"/>
<decision id="fee" name="收费"><informationRequirement><requiredInput href="#age"/></informationRequirement>
<decisionTable hitPolicy="UNIQUE"><input><inputExpression><text>age</text></inputExpression></input><output/>
<rule><inputEntry><text>&lt; 18</text></inputEntry><outputEntry><text>0</text></outputEntry></rule>
<rule><inputEntry><text>[18..65)</text></inputEntry><outputEntry><text>20</text></outputEntry></rule>
<rule><inputEntry><text>&gt;= 60</text></inputEntry><outputEntry><text>10</text></outputEntry></rule>
</decisionTable></decision></definitions>"""


def row(age: int, expect: object, decision: str = "fee") -> Row:
    return Row(decision, {"age": age}, expect, AT)


def told(*rows: Row) -> tuple[list[int], list[int]]:
    """The rows that failed and the rules that were not met."""
    found = testing.tested(folder.read({"fee.dmn": FILE}), rows)
    return [each.row for each in found.failed], [each.rule for each in found.unmet]


def test_rows_that_hold_say_nothing_and_rules_they_miss_are_told():
    assert told(row(7, 0), row(30, 20), row(70, 10)) == ([], [])
    assert told(row(7, 0), row(30, 20)) == ([], [3])
    assert told() == ([], [])


def test_a_row_that_fails_tells_what_came_instead_and_why():
    found = testing.tested(folder.read({"fee.dmn": FILE}), [row(7, 0), row(62, 10, "收费")])
    (failed,) = found.failed
    assert (failed.decision, failed.row, failed.expected, failed.found) == ("收费", 1, 10, None)
    assert "2 条规则适用" in str(failed.notes[0])


def test_true_is_not_one():
    assert told(row(7, False))[0] == [1]


def test_a_decision_nobody_has_is_refused():
    with pytest.raises(Invalid, match="没有名为"):
        told(row(7, 0, "price"))
