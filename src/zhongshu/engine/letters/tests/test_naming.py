"""What a template may name is what it can be set with."""

import pytest

from zhongshu.engine.cases.rules import scenario as scenarios
from zhongshu.engine.letters import typesetting
from zhongshu.engine.letters.queries import trying
from zhongshu.engine.letters.rules import example, naming
from zhongshu.engine.letters.tests.folders import folder

AGE = {"title": "年龄", "value": 3, "text": "3", "capital": "叁"}
ROWS = {
    "answers": {"people": {"title": "人员", "text": "", "rows": [{"age": AGE}]}},
    "supplement": {"items": [{"what": "照片", "why": "看不清"}]},
}


def test_questions_are_named_by_what_stands_in_a_letter():
    found = naming.names(
        {"case": {"title": "x"}, "answers": {"day": {"title": "哪天", "value": "", "text": "", "words": "一"}}}
    )
    assert [(each.path, each.title, each.example) for each in found] == [
        ("case.title", "", "x"), ("answers.day.text", "哪天", ""), ("answers.day.words", "哪天", "一"),
    ]  # fmt: skip


def test_rows_are_named_inside_their_loop():
    assert [(each.path, each.row) for each in naming.names(ROWS)] == [
        ("row.age.text", "answers.people.rows"), ("row.age.capital", "answers.people.rows"),
        ("row.what", "supplement.items"), ("row.why", "supplement.items"),
    ]  # fmt: skip


@pytest.mark.skipif(not typesetting.has_fonts(), reason="no fonts installed: nothing can be set")
def test_every_name_that_is_offered_can_be_set():
    offered = naming.names(example.data(scenarios.compile(0, folder()), "own"))
    lines = [f"#data.{each.path}" for each in offered if not each.row]
    lines += [f"#for row in data.{each.row} [ #{each.path} ]" for each in offered if each.row]
    made = trying.preview(folder('#import "/zhongshu.typ": data\n= #data.letter.name\n' + "\n".join(lines)), "own")
    assert isinstance(made, bytes), [str(each) for each in made]
    assert len(lines) > 20
