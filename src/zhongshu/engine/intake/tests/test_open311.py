"""What another program is told about the questions of a service."""

import pytest

from zhongshu.engine.intake.rules import open311, questionnaire
from zhongshu.engine.intake.tests.family import FAMILY

TREE = questionnaire.read(
    {
        "type": "object",
        "properties": {
            "kind": {
                "type": "string",
                "title": "树种",
                "description": "看树牌。",
                "enum": ["oak"],
                "x-labels": {"oak": {"zh": "橡树", "en": "Oak"}},
                "x-ui": {"title_en": "Species", "help_en": "See the plate."},
            },
            "parts": {"type": "array", "items": {"type": "string", "enum": ["root", "leaf"]}},
            "fell": {"type": "boolean"},
            "when": {"type": "string", "format": "date", "x-ui": {"visible": "fell"}},
            "height": {"type": "number"},
            "photo": {"type": "string", "format": "photo"},
            "story": {"type": "string", "x-ui": {"widget": "textarea"}},
            "phone": {"type": "string", "format": "phone"},
        },
        "required": ["kind", "when", "photo"],
    }
)


def attributes(language):
    return {item["code"]: item for item in open311.definition("tree", TREE, language)["attributes"]}


def test_the_definition_names_its_service_and_numbers_its_questions():
    definition = open311.definition("tree", TREE, "zh")
    assert definition["service_code"] == "tree"
    assert [item["order"] for item in definition["attributes"]] == list(range(1, 8))


def test_every_kind_has_its_open311_datatype_and_photos_go_as_media():
    assert {code: item["datatype"] for code, item in attributes("zh").items()} == {
        "kind": "singlevaluelist",
        "parts": "multivaluelist",
        "fell": "singlevaluelist",
        "when": "datetime",
        "height": "number",
        "story": "text",
        "phone": "string",
    }


@pytest.mark.parametrize(
    ("language", "title", "explained", "option"),
    [("zh", "树种", "看树牌。", "橡树"), ("en", "Species", "See the plate.", "Oak")],
)
def test_a_question_is_told_in_the_language_asked_for(language, title, explained, option):
    kind = attributes(language)["kind"]
    assert kind["variable"] is True
    assert kind["required"] is True
    assert (kind["description"], kind["datatype_description"]) == (title, explained)
    assert kind["values"] == [{"key": "oak", "name": option}]


def test_a_question_under_a_condition_is_never_marked_required():
    assert attributes("zh")["when"]["required"] is False


def test_yes_and_no_are_a_list_whose_keys_are_accepted_as_answers():
    keys = [value["key"] for value in attributes("en")["fell"]["values"]]
    answers = [questionnaire.check(TREE, {"fell": key}).answers["fell"] for key in keys]
    assert answers == [True, False]


def test_rows_files_and_what_is_worked_out_are_left_out_and_a_step_under_a_condition_requires_nothing():
    names = [item["code"] for item in open311.definition("aid", FAMILY, "zh")["attributes"]]
    assert names == ["name", "purpose", "rented", "rent"]
    document = {
        "type": "object",
        "properties": {"a": {"type": "boolean"}, "b": {"type": "string"}},
        "required": ["a", "b"],
        "x-ui": {
            "steps": [
                {"name": "one", "groups": [{"name": "x", "fields": ["a"]}]},
                {"name": "two", "visible": "a", "groups": [{"name": "y", "fields": ["b"]}]},
            ]
        },
    }
    told = open311.definition("x", questionnaire.read(document), "zh")["attributes"]
    assert [item["required"] for item in told] == [True, False]
