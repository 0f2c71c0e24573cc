"""How two folders differ, in the words of whoever writes them."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhongshu.engine.processes.tests.drawing import END, START, drawn, path
from zhongshu.engine.studio.rules.comparing import Compared, compare
from zhongshu.engine.studio.rules.comparing.told import Line

FOLDER = Path(__file__).parents[5] / "scenarios" / "noise"
NOISE = {p.relative_to(FOLDER).as_posix(): p.read_text("utf-8") for p in FOLDER.rglob("*") if p.is_file()}
PAGE = "scenario.toml"


def told(before: dict[str, str], after: dict[str, str]) -> list[str]:
    """Everything that is said, in order."""
    return [str(change) for each in compare(before, after) for change in each.changes]


def altered(file: str, *changes: tuple[str, str]) -> dict[str, str]:
    """The folder of noise with texts in one file replaced."""
    text = NOISE[file]
    for before, after in changes:
        assert before in text
        text = text.replace(before, after, 1)
    return {**NOISE, file: text}


def form(**questions: Any) -> dict[str, str]:
    """A folder of one questionnaire; a question may say `must` beside its schema."""
    must = [name for name, schema in questions.items() if schema.pop("must", False)]
    return {"form.json": json.dumps({"type": "object", "properties": questions, "required": must})}


@given(st.dictionaries(st.sampled_from(["a.toml", "b.json", "c.bpmn", "d.dmn", "e.md", "f.typ"]), st.text(max_size=40)))
@settings(max_examples=50, deadline=None, derandomize=True)
def test_a_folder_differs_in_nothing_from_itself_whatever_it_holds(files: dict[str, str]) -> None:
    assert compare(files, files) == ()


@given(*[st.dictionaries(st.sampled_from(["a.toml", "b.json", "c.bpmn", "e.md"]), st.text(max_size=40))] * 2)
@settings(max_examples=50, deadline=None, derandomize=True)
def test_of_whatever_differs_something_is_said(before: dict[str, str], after: dict[str, str]) -> None:
    found = compare(before, after)
    assert {each.file for each in found} == {n for n in {*before, *after} if before.get(n) != after.get(n)}
    assert all(
        each.changes or each.lines or each.state != "changed" or _only_ends(each, before, after) for each in found
    )


def _only_ends(each: Compared, before: dict[str, str], after: dict[str, str]) -> bool:
    return before[each.file].splitlines() == after[each.file].splitlines()


def test_files_come_and_go() -> None:
    assert compare({"a.md": "甲"}, {"b.md": "乙"}) == (Compared("a.md", "removed"), Compared("b.md", "added"))


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('deadline = "1 working_days"\nform = "tasks/handle.json"',
         'deadline = "3 working_days"\nform = "tasks/handle.json"',
         "环节“处置”的期限：1 working_days → 3 working_days。"),
        ('apart = ["handle"]', 'apart = ["handle", "choose"]',
         "环节“回访核查”不能与谁同一人办：handle → handle、choose。"),
        ('name = "噪声扰民"', 'name = "噪声"', "场景名称：噪声扰民 → 噪声。"),
        ('deadline = "5 working_days"\n# A', 'deadline = "3 working_days"\n# A',
         "整件的期限：5 working_days → 3 working_days。"),
        ('1302 = { handle = "4 hours"', '1302 = { handle = "2 hours"',
         "设置 deadlines.1302.handle：4 hours → 2 hours。"),
        ("# building work", "# building", "只改了写法、注释或图上的位置，意思没有变。"),
    ],
)  # fmt: skip
def test_settings_are_compared_by_what_they_set(before: str, after: str, said: str) -> None:
    assert told(NOISE, altered(PAGE, (before, after))) == [said]


def test_a_task_that_is_set_or_no_longer_set_is_one_change() -> None:
    more = {**NOISE, PAGE: NOISE[PAGE] + '\n[tasks.look]\nphase = "closing"\nname_en = "Look"\npool = "body"\n'}
    assert told(NOISE, more) == ["写明了环节“look”由谁办、多久办完。"]
    assert told(more, NOISE) == ["去掉了环节“look”的设置。"]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ({"must": False}, {"must": True}, ["问题“甲”改为必答。"]),
        ({"must": True}, {}, ["问题“甲”改为选答。"]),
        ({}, {"title": "乙"}, ["问题“甲”改为“乙”。"]),
        ({}, {"maxLength": 5}, ["问题“甲”至多几个字：— → 5。"]),
        ({}, {"x-ui": {"visible": "b = 1"}}, ["问题“甲”何时出现：— → b = 1。"]),
        ({"enum": ["x", "y"]}, {"enum": ["y", "z"]}, ["问题“甲”加了选项“z”。", "问题“甲”去掉了选项“x”。"]),
        ({"enum": ["x", "y"]}, {"enum": ["y", "x"]}, ["问题“甲”选项的先后改了。"]),
        ({}, {"x-new": 1}, ["问题“甲”的 x-new：— → 1。"]),
    ],
)
def test_questionnaires_are_compared_question_by_question(before: Any, after: Any, said: list[str]) -> None:
    plain = {"type": "string", "title": "甲"}
    assert told(form(a={**plain, **before}), form(a={**plain, **after})) == said


def test_questions_come_go_and_change_places_also_in_rows() -> None:
    a, b = {"type": "string", "title": "甲"}, {"type": "string", "title": "乙"}
    assert told(form(a=a), form(a=a, b=b)) == ["加了问题“乙”。"]
    assert told(form(a=a, b=b), form(b=b, a=a)) == ["问题的先后改了。"]
    rows = [
        {"type": "array", "title": "组", "items": {"type": "object", "properties": each}}
        for each in ({"a": a}, {"b": b})
    ]
    (found,) = compare(form(g=rows[0]), form(g=rows[1]))
    assert [(each.place, str(each)) for each in found.changes] == [
        ("/properties/g/items/properties/b", "加了问题“乙”。"),
        ("/properties/g/items/properties/a", "去掉了问题“甲”。"),
    ]  # fmt: skip


def drawing(*elements: str) -> dict[str, str]:
    return {"process.bpmn": drawn(*elements).decode()}


def test_drawings_are_compared_by_steps_ways_and_conditions() -> None:
    ways = path("start", "look", "end")
    before = drawing(START, '<bpmn:userTask id="look" name="看"/>', END, ways)
    renamed = drawing(START, '<bpmn:userTask id="look" name="查看"/>', END, ways)
    both = '<bpmn:userTask id="look" name="看"/><bpmn:userTask id="sign" name="签"/>'
    longer = drawing(START, both, END, path("start", "look", "sign", "end"))
    assert told(before, renamed) == ["“看”改名为“查看”。"]
    assert told(before, longer)[0] == "加了环节“签”。"
    assert set(told(before, longer)[1:]) == {
        "加了从“看”到“签”的连线。", "加了从“签”到“end”的连线。", "去掉了从“看”到“end”的连线。",
    }  # fmt: skip


def test_a_condition_that_changes_is_said_with_its_ends() -> None:
    old = "verify.passed = true"
    assert old in NOISE["process.bpmn"]
    said = told(NOISE, altered("process.bpmn", (old, "verify.passed = false")))
    assert len(said) == 1 and said[0].endswith(f"的条件：{old} → verify.passed = false。")


TABLE = """<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="urn:d">
<decision id="level" name="紧急程度"><decisionTable hitPolicy="{policy}">
<input label="深度"><inputExpression><text>answers.depth</text></inputExpression></input><output name="level"/>
{rows}</decisionTable></decision></definitions>"""


def table(*rows: str, policy: str = "FIRST") -> dict[str, str]:
    cells = (row.split("|") for row in rows)
    made = "".join(
        f"<rule><inputEntry><text>{a}</text></inputEntry><outputEntry><text>{b}</text></outputEntry></rule>"
        for a, b in cells
    )
    return {"d.dmn": TABLE.format(rows=made, policy=policy)}


def test_tables_are_compared_row_by_row() -> None:
    before = table("&lt; 1|1", "&lt; 5|2", "-|3")
    assert told(before, table("&lt; 1|1", "&lt; 6|2", "-|3")) == ["决策表“紧急程度”第 2 行：< 5 | 2 → < 6 | 2。"]
    assert told(before, table("&lt; 1|1", "-|3")) == ["决策表“紧急程度”去掉了原第 2 行：< 5 | 2。"]
    assert told(before, table("&lt; 1|1", "&lt; 5|2", "&lt; 9|4", "-|3")) == ["决策表“紧急程度”加了第 3 行：< 9 | 4。"]
    assert told(before, table("&lt; 1|1", "&lt; 5|2", "-|3", policy="ANY")) == [
        "决策表“紧急程度”怎样取结果：FIRST → ANY。"
    ]


def test_letters_and_what_cannot_be_read_are_compared_by_lines() -> None:
    (letter,) = compare({"letters/a.typ": "一\n二\n三\n"}, {"letters/a.typ": "一\n贰\n三\n"})
    assert letter.lines == (Line(" ", "一"), Line("-", "二"), Line("+", "贰"), Line(" ", "三"))
    (torn,) = compare({"form.json": "{}"}, {"form.json": "{"})
    assert torn.changes == () and torn.lines == (Line("-", "{}"), Line("+", "{"))
