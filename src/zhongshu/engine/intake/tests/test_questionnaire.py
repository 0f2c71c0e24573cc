"""Reading a questionnaire: what its author may write, and what is refused with its place."""

import pytest

from zhongshu.base.http import refusals
from zhongshu.engine.intake.rules import questionnaire


def one(schema: dict, **more) -> dict:
    return {"type": "object", "properties": {"a": schema}, **more}


def test_fields_come_in_the_order_the_author_asks_then_as_written():
    document = {
        "type": "object",
        "properties": {name: {"type": "string"} for name in ("a", "b", "c")},
        "x-ui": {"order": ["c"]},
    }
    assert [field.name for field in questionnaire.read(document).fields] == ["c", "a", "b"]


@pytest.mark.parametrize(
    ("schema", "kind", "many"),
    [
        ({"type": "string"}, "text", False),
        ({"type": "string", "x-ui": {"widget": "textarea"}}, "longtext", False),
        ({"type": "number"}, "number", False),
        ({"type": "integer"}, "integer", False),
        ({"type": "boolean"}, "boolean", False),
        ({"type": "string", "enum": ["x"]}, "choice", False),
        ({"type": "array", "items": {"type": "string", "enum": ["x"]}}, "choices", True),
        ({"type": "string", "format": "date"}, "date", False),
        ({"type": "string", "format": "phone"}, "phone", False),
        ({"type": "string", "format": "photo"}, "photo", False),
        ({"type": "array", "items": {"type": "string", "format": "photo"}}, "photo", True),
    ],
)
def test_the_schema_tells_the_kind(schema, kind, many):
    (field,) = questionnaire.read(one(schema)).fields
    assert (field.kind, field.many) == (kind, many)


def test_names_and_help_have_two_languages_and_fall_back_to_chinese():
    schema = {"type": "string", "title": "路名", "enum": ["m", "s"], "description": "看路牌。"}
    schema |= {"x-labels": {"m": {"zh": "主路", "en": "Main"}, "s": {"zh": "辅路"}}}
    (field,) = questionnaire.read(one(schema | {"x-ui": {"title_en": "Road"}})).fields
    assert (field.title, field.title_en, field.help, field.help_en) == (
        "路名",
        "Road",
        "看路牌。",
        "看路牌。",
    )
    assert field.options == (
        questionnaire.Option("m", "主路", "Main"),
        questionnaire.Option("s", "辅路", "辅路"),
    )


def test_fields_may_share_a_definition():
    document = one({"$ref": "#/$defs/short", "title": "甲"}, **{"$defs": {"short": {"type": "string", "maxLength": 5}}})
    (field,) = questionnaire.read(document).fields
    assert (field.title, field.limits["maxLength"]) == ("甲", 5)


def test_limits_stand_even_where_the_author_forgot_them():
    limits = {
        "text": questionnaire.read(one({"type": "string"})).fields[0].limits,
        "huge": questionnaire.read(one({"type": "string", "maxLength": 10**9})).fields[0].limits,
        "code": questionnaire.read(one({"type": "string", "pattern": "^[A-Z]+$"})).fields[0].limits,
        "sum": questionnaire.read(one({"type": "number", "maximum": 10**300})).fields[0].limits,
    }
    assert limits["text"]["maxLength"] == 2_000
    assert limits["huge"]["maxLength"] == 10_000
    assert limits["code"]["maxLength"] == 200
    assert limits["sum"] == {"minimum": -(10**15), "maximum": 10**15}


@pytest.mark.parametrize(
    ("document", "path"),
    [
        ([], ""),
        ({"type": "array"}, ""),
        ({"type": "object"}, "/properties"),
        ({"type": "object", "properties": {}}, "/properties"),
        (one({"type": "string"}, **{"$schema": "http://json-schema.org/draft-07/schema#"}), ""),
        (one({"type": "string"}, additionalProperties=True), "/additionalProperties"),
        (one({"type": "string"}, patternProperties={}), "/patternProperties"),
        (one({"type": "string"}, required=["b"]), "/required"),
        (one({"type": "string"}, required=["a", "a"]), "/required"),
        (one({"type": "string"}, **{"x-ui": {"order": ["b"]}}), "/x-ui/order"),
        (one({"type": "string"}, **{"x-ui": {"order": 1}}), "/x-ui/order"),
        (one({"type": "string"}, **{"x-ui": {"colour": 1}}), "/x-ui/colour"),
        (one({"type": "string", "minLength": "一"}), "/properties/a/minLength"),
        (one({"type": "string", "minimum": 1}), "/properties/a/minimum"),
        (one({"type": "object"}), "/properties/a/type"),
        (one({"type": ["string", "null"]}), "/properties/a/type"),
        (one({}), "/properties/a/type"),
        (one(True), "/properties/a"),
        (one({"$ref": "https://example.org/schema"}), "/properties/a/$ref"),
        (one({"$ref": "#/properties/a"}), "/properties/a/$ref"),
        (one({"$ref": "#/$defs/x"}, **{"$defs": {"x": {"$ref": "#/$defs/x"}}}), "/$defs/x/$ref"),
        (one({"type": "string", "format": "ipv4"}), "/properties/a/format"),
        (one({"type": "string", "enum": ["x", 1]}), "/properties/a/enum"),
        (one({"type": "string", "enum": ["x"], "x-labels": {"x": "X"}}), "/properties/a/x-labels"),
        (one({"type": "array", "items": {"type": "string"}}), "/properties/a/items"),
        (one({"type": "array"}), "/properties/a/items"),
        (one({"type": "string", "pattern": r"^(a)\1$"}), "/properties/a/pattern"),
        (one({"type": "string", "pattern": "^(?=a)a$"}), "/properties/a/pattern"),
        (one({"type": "string", "pattern": "^((a{99}){99}){99}$"}), "/properties/a/pattern"),
        (one({"type": "string", "pattern": "a"}), "/properties/a/pattern"),
        (one({"type": "string", "pattern": "^a)|(b$"}), "/properties/a/pattern"),
        (one({"type": "string", "x-ui": {"widget": "iframe"}}), "/properties/a/x-ui/widget"),
        (one({"type": "string", "x-ui": {"help": 1}}), "/properties/a/x-ui/help"),
        (one({"type": "string", "x-ui": {"visible": 1}}), "/properties/a/x-ui/visible"),
        (one({"type": "string", "x-ui": {"visible": "1 +"}}), "/properties/a/x-ui/visible"),
        (one({"type": "string", "x-ui": {"visible": "a = 1"}}), "/properties/a/x-ui/visible"),
        ({"type": "object", "properties": {"a b": {"type": "string"}}}, "/properties/a b"),
        ({"type": "object", "properties": {"and": {"type": "string"}}}, "/properties/and"),
        ({"type": "object", "properties": {f"a{n}": {"type": "string"} for n in range(301)}}, "/properties"),
        (one({"type": "string", "title": "长" * 70_000}), ""),
        (one({"type": "number", "maximum": float("nan")}), ""),
    ],
)
def test_what_is_not_a_questionnaire_is_refused_with_its_path(document, path):
    with pytest.raises(refusals.Invalid) as refusal:
        questionnaire.read(document)
    assert refusal.value.field == path
    assert "{" not in str(refusal.value)


def test_a_document_nested_too_deeply_is_refused():
    deep: list = []
    for _ in range(5_000):
        deep = [deep]
    with pytest.raises(refusals.Invalid):
        questionnaire.read(one({"type": "string", "examples": deep}))


def test_a_questionnaire_of_three_hundred_fields_is_read():
    document = {"type": "object", "properties": {f"a{n}": {"type": "string"} for n in range(300)}}
    assert len(questionnaire.read(document).fields) == 300
