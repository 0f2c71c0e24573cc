"""Questionnaires given to tasks and taken away, read from their files, and judged after an edit."""

import json

import pytest

from zhongshu.base.http.refusals import Absent, Conflict, Invalid
from zhongshu.engine.intake.rules import questionnaire
from zhongshu.engine.studio.queries import patterns
from zhongshu.engine.studio.rules.editing import forms, pages
from zhongshu.engine.studio.rules.editing.questions import judging, layout, panel, reading, verbs
from zhongshu.engine.studio.rules.editing.questions.panel import Panel


@pytest.fixture
def files():
    return dict(patterns.files("asking"))


def asked(*titles):
    document = verbs.new("征求意见")
    for title in titles:
        document, _ = verbs.add(document, "text", title)
    return document


def test_a_scenario_asks_at_its_beginning_and_at_its_tasks_in_the_order_of_the_process(files):
    found = forms.askings(files)
    assert [(each.task, each.file) for each in found] == [
        ("", "form.json"), ("ask", "tasks/ask.json"), ("collect", "tasks/collect.json"),
    ]  # fmt: skip
    assert found[1].name != "ask", "a task goes by its name in the drawing"


def test_a_form_is_taken_away_and_begun_anew(files):
    files |= forms.ended(files, "collect")
    assert files.pop("tasks/collect.json") is None
    assert "form" not in pages.read(files[pages.FILE])["tasks"]["collect"]
    saved, file = forms.begun(files, "collect")
    assert file == "tasks/collect.json"
    assert pages.read(saved[pages.FILE])["tasks"]["collect"]["form"] == file
    assert reading.read(saved[file])["properties"] == {}


def test_a_form_two_tasks_share_stays_for_the_other(files):
    files[pages.FILE] = pages.said(files[pages.FILE], ("tasks", "collect"), {"form": "tasks/ask.json"})
    assert forms.ended(files, "collect").keys() == {pages.FILE}
    assert [each.task for each in forms.asked_in(files, "tasks/ask.json")] == ["ask", "collect"]


def test_what_is_not_so_is_refused(files):
    with pytest.raises(Conflict):
        forms.ended(files, "")
    with pytest.raises(Conflict):
        forms.begun(files, "ask")
    with pytest.raises(Absent):
        forms.begun(files, "nothing")
    with pytest.raises(Absent):
        forms.asked_in(files, "scenario.toml")


def test_every_form_of_the_patterns_is_read_and_written_as_it_was():
    for pattern in patterns.listed():
        for name, text in patterns.files(pattern.code).items():
            if name.endswith(".json"):
                assert reading.write(reading.read(text)) == text, name


def test_what_questions_share_stands_in_each():
    phone = {"type": "string", "format": "phone", "title": "电话"}
    document = {"$defs": {"phone": phone}, "properties": {"a": {"$ref": "#/$defs/phone", "title": "手机"}}}
    assert reading.read(json.dumps(document)) == {"properties": {"a": {**phone, "title": "手机"}}}


@pytest.mark.parametrize(
    "text",
    [
        "", "{", "[]", "3", "[" * 5_000, '{"properties": []}', '{"properties": {"a": 3}}', '{"x-ui": 3}',
        '{"required": "a"}', '{"properties": {"a": {"items": {"properties": 3}}}}', '{"x-ui": {"steps": [{}]}}',
        '{"properties": {"a": {"enum": [1]}}}', '{"x-ui": {"steps": [{"name": "a", "groups": []}]}}',
    ],
)  # fmt: skip
def test_what_is_no_questionnaire_is_refused(text):
    with pytest.raises(Invalid):
        reading.read(text)


def test_a_rule_that_breaks_the_form_is_refused_at_its_part():
    before = asked("甲", "乙")
    after = panel.write(before, "乙", Panel("text", "乙", visible='丙 = "1"'))
    with pytest.raises(Invalid) as refused:
        judging.judge(before, after)
    assert judging.place(after, refused.value.field) == judging.Place("乙", part="visible")


def test_a_form_that_is_broken_already_can_be_mended_bit_by_bit():
    broken = panel.write(asked("甲", "乙"), "乙", Panel("text", "乙", visible='丙 = "1"'))
    judging.judge(broken, verbs.add(broken, "text", "丁")[0])
    judging.judge(broken, panel.write(broken, "乙", Panel("text", "乙")))


def test_circles_are_refused():
    before = asked("甲", "乙")
    one = panel.write(before, "甲", Panel("text", "甲", computed="乙"))
    judging.judge(before, one)
    with pytest.raises(Invalid, match="绕成了一圈"):
        judging.judge(one, panel.write(one, "乙", Panel("text", "乙", computed="甲")))


@pytest.mark.parametrize(
    ("pointer", "place"),
    [
        ("/properties/甲/x-ui/visible", judging.Place("甲", part="visible")),
        ("/properties/甲/items/properties/乙/maxLength", judging.Place("甲.乙", part="most")),
        ("/x-ui/steps/1/visible", judging.Place(section="step_2", part="visible")),
        ("/x-ui/steps/0/groups/0/title", judging.Place(section="step_1_group", part="title")),
        ("/x-ui/steps/9/visible", judging.Place(part="visible")),
        ("", judging.Place()),
    ],
)
def test_a_pointer_means_a_question_or_a_step(pointer, place):
    assert judging.place(layout.step_added(asked("甲"), "二"), pointer) == place


def test_a_question_is_put_into_a_group():
    document = layout.step_added(asked("甲", "乙"), "材料")
    into = document["x-ui"]["steps"][1]["groups"][0]["name"]
    document = layout.put(document, "甲", into)
    assert [step["groups"][0]["fields"] for step in document["x-ui"]["steps"]] == [["乙"], ["甲"]]
    with pytest.raises(Absent):
        layout.put(document, "甲", "nowhere")
    with pytest.raises(Absent):
        layout.put(document, "丙", into)


def test_a_questionnaire_is_called_anew():
    document = verbs.titled(asked("甲"), " 申请 ", "Application")
    assert (document["title"], document["x-ui"]["title_en"]) == ("申请", "Application")
    assert "title_en" not in verbs.titled(document, "申请", "")["x-ui"]
    assert questionnaire.read(document).title == "申请"
    with pytest.raises(Invalid):
        verbs.titled(document, " ", "")
