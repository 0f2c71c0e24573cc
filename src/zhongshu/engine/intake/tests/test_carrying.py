"""A newer version of a form: what still fits is kept, what does not is named."""

import copy

from hypothesis import given, settings

from zhongshu.engine.intake.rules import carrying, questionnaire
from zhongshu.engine.intake.tests.family import DOCUMENT, FAMILY, SENT
from zhongshu.engine.intake.tests.test_rounds import FORMS


def newer(**changes):
    document = copy.deepcopy(DOCUMENT)
    del document["x-ui"]
    document["properties"] = {name: part for name, part in (document["properties"] | changes).items() if part}
    document["required"] = ["name", "members"]
    return questionnaire.read(document)


def row(**changes):
    members = copy.deepcopy(DOCUMENT["properties"]["members"])
    parts = members["items"]["properties"] | changes
    members["items"]["properties"] = {name: part for name, part in parts.items() if part}
    return members


def told(named):
    return [(each.path, each.field.title, each.typed) for each in named]


def test_the_same_form_takes_everything_as_it_was_typed():
    carried = carrying.carry(FAMILY, FAMILY, SENT)
    assert carried.answers == SENT
    assert (carried.lost, carried.added, carried.changed) == ((), (), ())


def test_what_was_typed_half_is_kept_where_nothing_has_changed():
    assert carrying.carry(FAMILY, newer(), {"rent": "一千"}).answers == {"rent": "一千"}


def test_an_answer_whose_question_is_gone_is_named():
    carried = carrying.carry(
        FAMILY, newer(purpose=None, members=row(works=None, income={"type": "number"}, greeting=None)), SENT
    )
    assert told(carried.lost) == [
        ("purpose", "用途", "看病"),
        ("members.0.works", "有工作", "true"),
        ("members.0.income", "月收入", "1,200.50"),
    ]
    assert carried.answers["members.0.name"] == "李四"


def test_an_answer_to_a_changed_question_is_kept_if_it_fits():
    short = newer(name={"type": "string", "title": "申请人姓名", "maxLength": 2})
    kept, lost = carrying.carry(FAMILY, short, {"name": "张三"}), carrying.carry(FAMILY, short, {"name": "欧阳三"})
    assert (kept.answers, told(kept.changed)) == ({"name": "张三"}, [("name", "申请人姓名", None)])
    assert (lost.answers, told(lost.lost)) == ({}, [("name", "申请人", "欧阳三")])


def test_an_answer_that_is_now_worked_out_is_named_as_lost():
    counted = newer(rent={"type": "number", "x-ui": {"computed": "1"}})
    assert told(carrying.carry(FAMILY, counted, {"rented": "on", "rent": "5"}).lost) == [("rent", "月租金", "5")]


def test_rows_that_have_no_room_any_more_are_named():
    one = newer(members={**row(), "maxItems": 1})
    assert [each.path for each in carrying.carry(FAMILY, one, SENT).lost] == [
        "members.1.name",
        "members.1.born",
        "members.1.income",
    ]


def test_what_is_asked_for_the_first_time_is_named_if_it_is_asked():
    asked = {"type": "string", "title": "电话", "format": "phone"}
    hidden = {"type": "string", "x-ui": {"visible": "is defined(rent)"}}
    carried = carrying.carry(FAMILY, newer(phone=asked, landlord=hidden, members=row(age={"type": "integer"})), SENT)
    assert told(carried.added) == [("members.age", "age", None), ("phone", "电话", None)]


@settings(max_examples=50, deadline=None, derandomize=True)
@given(FORMS)
def test_everything_typed_is_kept_or_named(sent):
    new = newer(
        purpose=None,
        name={"type": "string", "maxLength": 1},
        members={**row(works=None, income={"type": "number"}, greeting=None), "maxItems": 2},
    )
    carried = carrying.carry(FAMILY, new, sent)
    computed = {path for path in sent if path == "total" or path.endswith("greeting")}
    typed = {path: text for path, text in sent.items() if text and path not in computed}
    assert carried.answers | {each.path: each.typed for each in carried.lost} == typed
