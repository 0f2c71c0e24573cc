"""The order of rules: found by what they read, refused where there is none."""

import pytest

from zhongshu.base.http import refusals
from zhongshu.engine.intake.rules import questionnaire, rounds


def number(**ui):
    return {"type": "number", "x-ui": ui}


def rows(**fields):
    return {"type": "array", "items": {"type": "object", "properties": fields}}


def form(**properties):
    return questionnaire.read({"type": "object", "properties": properties})


def test_a_computed_answer_may_be_used_by_questions_before_and_after_it():
    asked = form(a=number(visible="c = 3"), b=number(), c=number(computed="b + 1"), d=number(computed="c * 2"))
    assert [field.name for field in asked.fields] == ["a", "b", "c", "d"]
    assert rounds.settle(asked, {"a": 7, "b": 2}).answers == {"a": 7, "b": 2, "c": 3, "d": 6}


@pytest.mark.parametrize(
    ("properties", "path", "circle"),
    [
        ({"a": number(computed="a + 1")}, "/properties/a/x-ui/computed", {"a"}),
        ({"a": number(visible="a = 1")}, "/properties/a/x-ui/visible", {"a"}),
        (
            {"a": number(computed="b"), "b": number(visible="c > 1"), "c": number(computed="a")},
            None,
            {"a", "b", "c"},
        ),
        (
            {"r": rows(x=number(computed="total")), "total": number(computed="sum(r.x)")},
            None,
            {"r", "total"},
        ),
        ({"r": rows(x=number(computed="count(r)"))}, "/properties/r/items/properties/x/x-ui/computed", {"r"}),
        (
            {"r": rows(x=number(computed="y"), y=number(computed="x"))},
            None,
            {"x", "y"},
        ),
    ],
)
def test_a_circle_is_refused_with_all_its_names(properties, path, circle):
    with pytest.raises(refusals.Invalid) as refusal:
        form(**properties)
    assert set(refusal.value.gaps["names"].split(" → ")) == circle
    assert refusal.value.field == path or (path is None and refusal.value.field.startswith("/properties/"))


@pytest.mark.parametrize(
    ("properties", "path"),
    [
        ({"a": number(visible="b = 1")}, "/properties/a/x-ui/visible"),
        ({"a": number(required="b = 1")}, "/properties/a/x-ui/required"),
        ({"a": number(computed="b = 1")}, "/properties/a/x-ui/computed"),
        ({"a": number(computed="1 +")}, "/properties/a/x-ui/computed"),
        ({"a": number(required=True)}, "/properties/a/x-ui/required"),
        ({"r": rows(x=number(required="z"))}, "/properties/r/items/properties/x/x-ui/required"),
        ({"r": rows(x=number()), "a": number(visible="x = 1")}, "/properties/a/x-ui/visible"),
    ],
)
def test_a_rule_over_an_unknown_question_is_refused_with_its_path(properties, path):
    with pytest.raises(refusals.Invalid) as refusal:
        form(**properties)
    assert refusal.value.field == path


@pytest.mark.parametrize(
    ("schema", "path"),
    [
        ({"type": "string", "format": "photo", "x-ui": {"computed": "1"}}, "/properties/a/x-ui/computed"),
        ({"type": "string", "x-ui": {"widget": "amount"}}, "/properties/a/x-ui/widget"),
        ({"type": "string", "x-ui": {"accept": ["pdf"]}}, "/properties/a/x-ui/accept"),
        ({"type": "string", "format": "file", "x-ui": {"accept": ["exe"]}}, "/properties/a/x-ui/accept"),
        ({"type": "string", "format": "file", "x-ui": {"accept": [["pdf"]]}}, "/properties/a/x-ui/accept"),
        ({"type": "string", "x-ui": {"source": "person name"}}, "/properties/a/x-ui/source"),
        ({"type": "string", "x-ui": {"unit": "长" * 17}}, "/properties/a/x-ui/unit"),
        ({"type": "string", "minLength": 9, "maxLength": 8}, "/properties/a/minLength"),
        ({"type": "array", "items": {"type": "object"}}, "/properties/a/items/properties"),
        (rows(x=rows(y=number())), "/properties/a/items/properties/x/items"),
        (rows(x={"$ref": "https://example.org/x"}), "/properties/a/items/properties/x/$ref"),
        (rows(**{f"x{n}": number() for n in range(300)}), "/properties"),
    ],
)
def test_what_a_kind_does_not_have_is_refused_with_its_path(schema, path):
    with pytest.raises(refusals.Invalid) as refusal:
        form(a=schema)
    assert refusal.value.field == path


def test_more_rows_than_fifty_are_never_asked():
    (group,) = form(r={**rows(x=number()), "maxItems": 500}).fields
    assert (group.kind, group.many, group.limits["maxItems"]) == ("rows", True, 50)


def test_how_a_question_is_asked_is_told():
    (money, files) = form(
        a={"type": "number", "x-ui": {"widget": "amount"}},
        b={"type": "string", "format": "file", "x-ui": {"accept": ["office", "pdf"], "source": "person.id_copy"}},
    ).fields
    assert (money.kind, money.measured("zh"), money.measured("en")) == ("amount", "元", "CNY")
    assert (files.kind, files.accept, files.source) == ("file", ("pdf", "office"), "person.id_copy")
