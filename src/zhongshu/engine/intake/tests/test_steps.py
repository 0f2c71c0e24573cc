"""Steps and groups: every question stands in exactly one."""

import pytest

from zhongshu.base.http import refusals
from zhongshu.engine.intake.rules import questionnaire
from zhongshu.engine.intake.tests.family import FAMILY

TWO = {"a": {"type": "string"}, "b": {"type": "string"}}


def read(steps, **ui):
    return questionnaire.read({"type": "object", "title": "表", "properties": TWO, "x-ui": {"steps": steps, **ui}})


def step(*fields, name="s", group="g", **more):
    return {"name": name, "groups": [{"name": group, "fields": list(fields)}], **more}


def test_a_form_without_steps_is_one_step_with_one_group():
    (whole,) = questionnaire.read({"type": "object", "title": "表", "properties": TWO}).steps
    assert (whole.title, whole.visible, whole.fields) == ("表", None, ("a", "b"))


def test_the_steps_say_in_which_order_is_asked():
    form = read([step("b", name="one", group="x", title="一", help="先", help_en="first"), step("a")])
    assert [field.name for field in form.fields] == ["b", "a"]
    assert [(s.name, s.title, s.title_en, s.help, s.help_en) for s in form.steps] == [
        ("one", "一", "一", "先", "first"),
        ("s", "", "", "", ""),
    ]


@pytest.mark.parametrize(
    ("steps", "path"),
    [
        ([], "/x-ui/steps"),
        (1, "/x-ui/steps"),
        (["a"], "/x-ui/steps/0"),
        ([step("a")], "/x-ui/steps"),
        ([step("a", "b"), step("a", name="t", group="h")], "/x-ui/steps"),
        ([step("a"), step("b", group="h")], "/x-ui/steps"),
        ([step("a"), step("b", name="t")], "/x-ui/steps"),
        ([step("a", "b", "c")], "/x-ui/steps/0/groups/0/fields"),
        ([step("a", 1)], "/x-ui/steps/0/groups/0/fields"),
        ([step("a", ["b"])], "/x-ui/steps/0/groups/0/fields"),
        ([step("a", "b", name="no name")], "/x-ui/steps/0/name"),
        ([step("a", "b", colour=1)], "/x-ui/steps/0/colour"),
        ([step("a", "b", visible="c = 1")], "/x-ui/steps/0/visible"),
        ([step("a", "b", visible='a = "1"')], "/x-ui/steps/0/visible"),
        ([{"name": "s"}], "/x-ui/steps/0/groups"),
        ([{"name": "s", "groups": [{"name": "g"}]}], "/x-ui/steps/0/groups/0/fields"),
    ],
)
def test_steps_that_cannot_be_walked_are_refused_with_their_path(steps, path):
    with pytest.raises(refusals.Invalid) as refusal:
        read(steps)
    assert refusal.value.field == path


def test_an_order_beside_steps_is_refused():
    with pytest.raises(refusals.Invalid) as refusal:
        read([step("a", "b")], order=["a"])
    assert refusal.value.field == "/x-ui/order"


def test_a_question_is_found_by_its_path():
    assert [getattr(FAMILY.named(path), "title", None) for path in ("rent", "members", "members.0.income")] == [
        "月租金",
        "家庭成员",
        "月收入",
    ]
    strange = ("x", "members.0", "members.income", "members.x.income", "rent.0.x", "members.0.income.0", "")
    assert not any(FAMILY.named(path) for path in strange)
