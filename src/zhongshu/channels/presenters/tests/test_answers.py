"""An answer in words."""

import pytest
from django.utils import translation

from zhongshu.channels.presenters import answers
from zhongshu.engine.intake.rules import questionnaire

LANE = {"type": "string", "title": "车道", "enum": ["fast"], "x-labels": {"fast": {"zh": "快车道", "en": "Fast lane"}}}
MONEY = {"type": "number", "title": "金额", "x-ui": {"widget": "amount", "title_en": "Amount"}}


@pytest.mark.parametrize(
    ("schema", "answer", "words"),
    [
        (LANE, "fast", "快车道"),
        ({"type": "array", "items": LANE | {"title": ""}}, ["fast", "slow"], "快车道、slow"),
        ({"type": "boolean"}, False, "否"),
        (MONEY, 1200.5, "1,200.50 元"),
        ({"type": "number", "x-ui": {"unit": "平方米"}}, 12, "12 平方米"),
        ({"type": "string", "format": "time"}, "08:30:00", "08:30"),
        ({"type": "string", "format": "date-time"}, "2026-03-01T08:30:00+08:00", "2026-03-01 08:30"),
        ({"type": "string", "format": "date-time"}, "明天", "明天"),
        (
            {"type": "array", "items": {"type": "object", "properties": {"a": LANE, "b": MONEY, "c": LANE}}},
            [{"a": "fast", "b": 3}, {"b": 4}, {}],
            "1. 车道：快车道，金额：3.00 元；2. 金额：4.00 元；3. ",
        ),
    ],
)
def test_an_answer_is_said_as_people_say_it(schema, answer, words):
    schema = {key: part for key, part in schema.items() if key != "items"} | (
        {"items": {key: part for key, part in schema["items"].items() if key != "title"}} if "items" in schema else {}
    )
    (field,) = questionnaire.read({"type": "object", "properties": {"x": schema}}).fields
    assert answers.said(field, answer) == words


CARD = {"type": "string", "format": "id-number", "title": "证件号码"}
PHONE = {"type": "string", "format": "phone", "title": "电话"}
FAMILY = {"type": "array", "title": "家人", "items": {"type": "object", "properties": {"card": CARD, "phone": PHONE}}}
NUMBER = "990101200001010012"


def test_numbers_of_people_are_masked_in_rows_too_unless_asked_for_in_full():
    fields = questionnaire.read({"type": "object", "properties": {"own": CARD, "family": FAMILY}}).fields
    given = {"own": NUMBER, "family": [{"card": NUMBER, "phone": "13900000001"}]}
    masked, full = answers.lines(fields, given), answers.lines(fields, given, full=True)
    assert masked == ["证件号码：9901************12", "家人：1. 证件号码：9901************12，电话：139****0001"]
    assert full == [f"证件号码：{NUMBER}", f"家人：1. 证件号码：{NUMBER}，电话：13900000001"]
    assert [field.personal for field in fields] == [True, True]


def test_a_question_and_a_unit_have_an_english_name():
    (field,) = questionnaire.read({"type": "object", "properties": {"x": MONEY}}).fields
    with translation.override("en"):
        assert answers.pairs([field], {"x": 5}) == [("Amount", "5.00 CNY")]


def test_what_was_not_answered_and_documents_are_left_out():
    properties = {"x": MONEY, "y": LANE, "z": {"type": "string", "format": "file"}}
    fields = questionnaire.read({"type": "object", "properties": properties}).fields
    assert answers.lines(fields, {"x": 0, "y": "", "z": "018f"}) == ["金额：0.00 元"]


def test_what_was_only_typed_is_said_as_the_answer_it_would_be():
    properties = {"x": MONEY, "y": {"type": "boolean", "title": "同意吗"}, "z": LANE | {"title": "路"}}
    fields = questionnaire.read({"type": "object", "properties": properties}).fields
    assert answers.lines(fields, {"x": " 1,200 元", "y": "true", "z": ""}) == ["金额：1,200.00 元", "同意吗：是"]
