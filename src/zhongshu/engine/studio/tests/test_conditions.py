"""Rules picked from lists: written as FEEL, read back, kept as text where they say more."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from zhongshu.base.http.refusals import Invalid
from zhongshu.engine.decisions.rules import feel
from zhongshu.engine.studio.rules.editing.questions import conditions, panel, verbs
from zhongshu.engine.studio.rules.editing.questions.conditions import Condition, Known, Rule
from zhongshu.engine.studio.rules.editing.questions.panel import Option, Panel

few = settings(max_examples=50, deadline=None, derandomize=True)
KNOWN = {
    each.name: each
    for each in (
        Known("结果", "处理结果", "choice", (Option("done", "已处理"), Option("not", "不属实"))),
        Known("材料", "缺哪些材料", "choices", (Option("id", "身份证"), Option("deed", "房产证"))),
        Known("同意", "是否同意", "boolean"),
        Known("人数", "家庭人数", "integer"),
        Known("意见", "意见", "longtext"),
        Known("日期", "到期日", "date"),
        Known("照片", "照片", "photo"),
    )
}
VALUES = {
    "choice": some.sampled_from(["已处理", "不属实"]),
    "choices": some.sampled_from(["身份证", "房产证"]),
    "boolean": some.sampled_from(["是", "否"]),
    "integer": some.integers(-999, 10**9).map(str),
    "longtext": some.text(
        alphabet=some.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=9
    ),
    "date": some.dates().map(str),
    "photo": some.just(""),
}


@some.composite
def picked(draw):
    asked = draw(some.sampled_from(list(KNOWN.values())))
    test = draw(some.sampled_from(conditions.tests(asked.kind)))
    value = "" if test in ("answered", "unanswered") else draw(VALUES[asked.kind])
    return Condition(asked.name, test, value)


@few
@given(some.lists(picked(), min_size=1, max_size=4), some.sampled_from(["and", "or"]))
def test_what_is_picked_is_read_back(chosen, word):
    rule = Rule(tuple(chosen), word if len(chosen) > 1 else "and")
    text = conditions.write(rule, KNOWN)
    assert conditions.read(text, KNOWN) == rule


@pytest.mark.parametrize(
    ("condition", "answers", "holds"),
    [
        (Condition("结果", "is", "不属实"), {"结果": "not"}, True),
        (Condition("结果", "not", "不属实"), {"结果": "not"}, False),
        (Condition("材料", "has", "身份证"), {"材料": ["id"]}, True),
        (Condition("材料", "lacks", "身份证"), {"材料": ["id"]}, False),
        (Condition("同意", "is", "否"), {"同意": False}, True),
        (Condition("人数", "more", "3"), {"人数": 4}, True),
        (Condition("人数", "to", "3"), {"人数": 4}, False),
        (Condition("意见", "has", '"好"\\'), {"意见": '说"好"\\了'}, True),
        (Condition("照片", "unanswered"), {}, True),
    ],
)
def test_a_condition_means_what_it_says(condition, answers, holds):
    text = conditions.write(Rule((condition,)), KNOWN)
    assert feel.compile(text).evaluate(answers) is holds


@pytest.mark.parametrize(
    ("condition", "part"),
    [
        (Condition("天气", "is", "晴"), "0_name"),
        (Condition("结果", "more", "3"), "0_test"),
        (Condition("结果", "is", "办不了"), "0_value"),
        (Condition("同意", "is", "也许"), "0_value"),
        (Condition("人数", "is", "许多"), "0_value"),
        (Condition("日期", "is", "昨天"), "0_value"),
        (Condition("意见", "is", " "), "0_value"),
    ],
)
def test_what_cannot_be_asked_is_said_beside_its_part(condition, part):
    with pytest.raises(Invalid) as refused:
        conditions.write(Rule((condition,)), KNOWN)
    assert refused.value.field == part


@pytest.mark.parametrize(
    "text",
    ["人数 + 1 > 3", "sum(人数) > 3", '结果 = "gone"', '天气 = "晴"', "人数 >", "同意 and (人数 = 1 or 人数 = 2)"],
)
def test_what_says_more_than_lists_do_stays_a_text(text):
    assert conditions.read(text, KNOWN) is None


def test_a_question_alone_means_yes():
    assert conditions.read("同意", KNOWN) == Rule((Condition("同意", "is", "是"),))


def test_a_rule_reads_other_questions_and_in_a_row_those_beside_it_first():
    document = verbs.new("补助")
    for kind, title in (("number", "收入"), ("rows", "成员"), ("boolean", "有工作")):
        document, _ = verbs.add(document, kind, title)
    document, inner = verbs.add(document, "number", "收入", group="成员")
    document = panel.write(document, inner, Panel("number", "成员的收入"))
    assert list(conditions.known(document, "收入")) == ["成员", "有工作"]
    assert list(conditions.known(document, "成员.名称")) == ["收入", "有工作"]
    assert conditions.known(document, "成员.名称")["收入"].title == "成员的收入"
    assert list(conditions.known(document, "成员.收入")) == ["名称", "有工作"], "its own name means itself"
    assert list(conditions.inside(document, "成员")) == ["名称", "收入"]
    assert list(conditions.known(document, "")) == ["收入", "成员", "有工作"]
