"""Forms as they are typed into and shown: rows that come and go, pages one walks through, what is drawn."""

import pytest
from django.http import QueryDict

from zhongshu.channels.presenters.forms import asked, page, typed, walk
from zhongshu.engine.intake.rules import questionnaire
from zhongshu.main.templatetags import questions

MEMBERS = {
    "type": "array",
    "title": "家庭成员",
    "maxItems": 3,
    "items": {
        "type": "object",
        "required": ["name"],
        "properties": {
            "name": {"type": "string", "title": "姓名"},
            "income": {"type": "number", "title": "收入", "x-ui": {"widget": "amount"}},
            "job": {"type": "string", "title": "工作单位", "x-ui": {"visible": "income > 0"}},
        },
    },
}
FORM = questionnaire.read(
    {
        "type": "object",
        "required": ["phone"],
        "properties": {
            "phone": {"type": "string", "format": "phone", "title": "电话"},
            "members": MEMBERS,
            "total": {"type": "number", "title": "合计", "x-ui": {"computed": "sum(members.income)"}},
        },
    }
)
STEPPED = questionnaire.read(
    {
        "type": "object",
        "properties": {"a": {"type": "boolean"}, "b": {"type": "string"}, "c": {"type": "string"}},
        "required": ["c"],
        "x-ui": {
            "steps": [
                {"name": "one", "title": "一", "groups": [{"name": "g1", "fields": ["a"]}]},
                {"name": "two", "title": "二", "visible": "a", "groups": [{"name": "g2", "fields": ["b"]}]},
                {"name": "three", "title": "三", "groups": [{"name": "g3", "fields": ["c"]}]},
            ]
        },
    }
)
ROWS = "phone=1&members=&members=0&members=7&members.0.name=甲&members.7.name=乙&members.7.income=2"
OWN = (walk.Page("place", ("place",)),)


def test_rows_are_read_in_the_order_they_stand_whatever_their_numbers():
    assert typed.typed(FORM, QueryDict(ROWS)) == {
        "phone": "1",
        "members": [{"name": "甲"}, {"name": "乙", "income": "2"}],
    }


def test_what_is_worked_out_is_never_read():
    assert typed.typed(FORM, QueryDict("total=5")) == {}


@pytest.mark.parametrize(
    ("pressed", "names"),
    [
        ("form-add=members", ["甲", "乙", None]),
        ("form-drop=members.0", ["乙"]),
        ("form-drop=members.7", ["甲"]),
        ("form-drop=members.3", ["甲", "乙"]),
    ],
)
def test_a_row_comes_or_goes_and_nothing_typed_is_lost(pressed, names):
    post = QueryDict(f"{ROWS}&{pressed}")
    turned = typed.turned(FORM, typed.typed(FORM, post), post)
    assert turned is not None
    assert [row.get("name") for row in turned["members"]] == names
    assert turned["phone"] == "1"


def test_no_more_rows_are_added_than_there_may_be():
    full = {"members": [{}, {}, {}]}
    assert typed.turned(FORM, full, QueryDict("form-add=members")) == full


@pytest.mark.parametrize("pressed", ["", "form-add=phone", "form-drop=nothing.1", "send=1"])
def test_other_buttons_change_no_rows(pressed):
    assert typed.turned(FORM, {}, QueryDict(pressed)) is None


def test_rows_of_a_flood_are_cut_off():
    post = QueryDict("&".join(f"members={n}&members.{n}.name=x" for n in range(500)))
    assert len(typed.typed(FORM, post)["members"]) == 4


def _shown(answers, problems=None):
    whole = page.filled(FORM, answers, problems)
    return {each.name: each for step in page.steps(FORM, whole) for group in step.groups for each in group.questions}


def test_a_row_shows_what_its_own_answers_ask_for():
    members = _shown({"members": [{"name": "甲", "income": "3"}, {"name": "乙"}]})["members"]
    hidden = [[inner.hidden for inner in row.questions] for row in members.rows]
    assert hidden == [[False, False, False], [False, False, True]]
    assert [inner.name for inner in members.rows[1].questions] == [
        "members.1.name",
        "members.1.income",
        "members.1.job",
    ]
    assert [inner.required for inner in members.rows[0].questions] == [True, False, False]


def test_a_form_nobody_has_touched_offers_a_first_row():
    members = _shown({})["members"]
    assert [inner.hidden for inner in members.rows[0].questions] == [False, False, True]
    assert members.blank[0].name == "members.__n__.name"


def test_what_is_worked_out_is_shown():
    total = _shown({"members": [{"income": "1.5"}, {"income": "2"}]})["total"]
    assert (total.value, total.template) == ("3.5", "forms/computed.html")


def test_a_problem_in_a_row_says_which_row():
    problems = questionnaire.check(FORM, {"phone": "13800138000", "members": [{"name": "甲"}, {"income": 1}]}).problems
    assert list(problems) == ["members.1.name"]
    assert asked.called(FORM, "members.1.name") == "家庭成员 2 · 姓名"
    html = questions.field(_shown({"members": [{"name": "甲"}, {"income": "1"}]}, problems)["members"])
    assert 'id="field-members.1.name-wrong"' in html


def test_what_was_typed_is_escaped_and_never_kept_for_the_next():
    first, second = ({"phone": said} for said in ('"><script>', "13900139000"))
    drawn = [questions.field(_shown(answers)["phone"]) for answers in (first, second, {})]
    assert "<script>" not in drawn[0]
    assert 'value="13900139000"' in drawn[1]
    assert "13900139000" not in drawn[2]
    assert 'value=""' in drawn[2]


@pytest.mark.parametrize(
    ("answers", "singly", "names"),
    [
        ({}, False, ["one", "three", "place"]),
        ({"a": "true"}, False, ["one", "two", "three", "place"]),
        ({"a": "true"}, True, ["a", "b", "c", "place"]),
    ],
)
def test_pages_are_the_steps_or_in_elder_mode_the_questions(answers, singly, names):
    assert [each.name for each in walk.pages(STEPPED, answers, OWN, singly=singly)] == names


def test_a_form_of_one_step_is_one_page_unless_in_elder_mode():
    assert len(walk.pages(FORM, {}, OWN)) == 1
    singly = walk.pages(FORM, {}, OWN, singly=True)
    assert [each.parts for each in singly] == [("phone",), ("members", "total"), ("place",)]


def _walked(step, going, wrong=()):
    problems = dict.fromkeys(wrong, "错")
    return walk.walk(walk.pages(STEPPED, {"a": "true"}, OWN), step, going, lambda: problems, {})


def test_one_goes_on_only_from_a_page_that_is_right():
    assert _walked("one", "next").step == "two"
    held_up = _walked("three", "next", ["c"])
    assert (held_up.step, dict(held_up.problems)) == ("three", {"c": "错"})
    assert _walked("one", "next", ["c"]).step == "two", "what is wrong further on is no matter yet"
    assert _walked("three", "back", ["c"]).step == "two"
    assert _walked("place", "next").last


def test_sending_leads_to_the_first_page_with_something_wrong():
    pages = walk.pages(STEPPED, {"a": "true"}, OWN)
    assert walk.walk(pages, "place", "send", dict, {"c": "错"}).step == "three"


def test_questions_of_a_step_may_be_shown_as_one_types_but_not_where_each_has_its_page():
    assert page.whole_steps(STEPPED, {"a"})
    assert not page.whole_steps(FORM, {"phone"})
