"""The decision files of a folder: read together, asked by name, refused where they would be null for ever."""

from datetime import datetime
from itertools import pairwise

import pytest

from zhongshu.base.http.refusals import Invalid
from zhongshu.engine.decisions.rules import feel
from zhongshu.engine.decisions.rules.dmn import folder
from zhongshu.engine.decisions.rules.plain import plain
from zhongshu.engine.decisions.tests.test_dmn import cell, decision, given, table, text, written

AT = datetime.fromisoformat("2026-03-02T09:30:00+08:00")
LAW = written(decision("起征点", text("5000")), namespace="urn:law").decode()
NEED = '<informationRequirement><requiredDecision href="urn:law#起征点"/></informationRequirement>'
IMPORT = '<import namespace="urn:law" name="法" importType="DMN"/>'


def read(inside: str, **more: str) -> folder.Decisions:
    return folder.read({"main.dmn": written(inside).decode(), **{f"{name}.dmn": each for name, each in more.items()}})


def test_a_decision_reads_the_data_of_the_case_by_name():
    asked = given("answers") + decision("级别", text('if answers.depth > 50 then "急" else "缓"'), "input:answers")
    assert read(asked).decide("级别", {"answers": {"depth": 80}, "source": "resident"}, AT).value == "急"


def test_a_decision_is_asked_by_its_name_or_its_id_and_may_use_another_file():
    asked = read(
        IMPORT + f'<decision id="d1" name="应缴"><variable name="应缴"/>{NEED}{text("法.起征点 * 2")}</decision>',
        law=LAW,
    )
    assert asked.decide("应缴", {}, AT).value == asked.decide("d1", {}, AT).value == 10_000
    assert "起征点" in asked
    assert "没有" not in asked
    with pytest.raises(Invalid, match="没有名为“没有”的决策"):
        asked.decide("没有", {}, AT)


def test_the_author_is_told_why_an_answer_is_null():
    result = read(given("x") + decision("d", table("UNIQUE", [("< 5", "1")]), "input:x")).decide("d", {"x": 7}, AT)
    assert result.value is None
    assert "决策表没有一条规则适用。" in map(str, result.notes)


def test_a_decision_knows_the_moment_it_is_asked_at():
    assert read(decision("d", text("today()"))).decide("d", {}, AT).value == "2026-03-02"


ROW = f"<rule>{cell('inputEntry', '-')}</rule>"


@pytest.mark.parametrize(
    ("inside", "told"),
    [
        (decision("d", text("1 +")), "第 1 行的“1 +”看不懂。表达式没有写完"),
        (decision("d", ""), "第 1 行：决策“d”没有写决策逻辑"),
        (decision("d", text("x"), "input:x"), "第 1 行：“d”要用的“x”不在这里"),
        (IMPORT + decision("d", text("1")), "第 1 行：这里没有要引用的决策文件“urn:law”"),
        (decision("a", text("b"), "decision:b") + decision("b", text("a"), "decision:a"), "要用到它自己的结果"),
        (decision("d", text("function(a) external {java: {}}")), "“d”是 Java 函数"),
        (decision("d", f"<decisionTable><input/><output/>{ROW}</decisionTable>"), "这条规则的格数与决策表的列数不同"),
        (decision("d", '<decisionTable hitPolicy="GUESS"/>'), "没有这种命中策略"),
        ("<decision", "不是完整的 XML"),
    ],
)
def test_what_would_be_null_for_ever_is_refused_with_its_file_and_line(inside, told):
    with pytest.raises(Invalid) as refused:
        read(inside)
    assert str(refused.value).startswith("决策文件 main.dmn 不能使用。")
    assert told in str(refused.value)


def test_two_files_must_not_be_taken_for_each_other():
    with pytest.raises(Invalid, match=r"other\.dmn 与 main\.dmn 的 namespace 相同"):
        read(decision("a", text("1")), other=written(decision("b", text("1"))).decode())
    with pytest.raises(Invalid, match=r"law\.dmn：“起征点”与 main\.dmn 中的另一个决策同名"):
        read(decision("起征点", text("1")), law=LAW)


MANY = "{a: [1..9], " + ", ".join(f"{b}: [{', '.join(a * 9)}]" for a, b in pairwise("abcdef")) + "}"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("[0.1, 2, null, true]", [0.1, 2, None, True]),
        ('{a: @"2026-03-01", b: duration("P1DT2H"), c: [1..3)}', {"a": "2026-03-01", "b": "P1DT2H", "c": "[1..3)"}),
        ("function(a) a", None),
        ("10 ** 20", 1e20),
        ("10 ** 400", None),
        (MANY, None),
    ],
)
def test_an_answer_is_kept_as_json_holds_it(written, kept):
    assert plain(feel.compile(written).evaluate({})) == kept
