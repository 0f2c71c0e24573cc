"""A questionnaire made question by question."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from zhongshu.base.http.refusals import Absent, Conflict, Invalid
from zhongshu.engine.intake.rules import questionnaire
from zhongshu.engine.studio.rules.editing.questions import kinds, layout, panel, paths, verbs
from zhongshu.engine.studio.rules.editing.questions.panel import Option, Panel

few = settings(max_examples=50, deadline=None, derandomize=True)
titles = some.text(alphabet="意见人数a1 ？_", min_size=1, max_size=8).filter(str.strip)
texts = some.sampled_from(["", "说明", "More"])
panels = some.builds(
    Panel,
    kind=some.sampled_from(sorted(set(kinds.KINDS) - {"rows"})),
    title=titles.map(str.strip),
    title_en=texts,
    help=texts,
    help_en=texts,
    required=some.booleans(),
    options=some.just((Option("a", "甲", "A"), Option("乙", "乙"))),
    least=some.sampled_from(["", "1"]),
    most=some.sampled_from(["", "3"]),
    unit=texts,
    source=some.sampled_from(["", "person.name"]),
)


def _asked(*questions):
    document = verbs.new("征求意见", "Consultation")
    for kind, title in questions:
        document, _ = verbs.add(document, kind, title)
    return document


def test_a_question_takes_its_name_from_its_title():
    document, path = verbs.add(_asked(), "text", "单位意见（必填）")
    assert path == "单位意见_必填"
    assert verbs.add(document, "text", "单位意见（必填）")[1] == "单位意见_必填_2"


@pytest.mark.parametrize("title", ["for", "12 人", "？？", "true", "date and time", "不 是"])
@pytest.mark.parametrize("kind", ["text", "choice"])
def test_whatever_it_is_called_a_question_can_be_read(title, kind):
    document, path = verbs.add(_asked(), kind, title)
    assert [field.name for field in questionnaire.read(document).fields] == [path]
    assert panel.read(document, path).title == title


@few
@given(panels)
def test_what_is_written_is_what_is_read(said):
    document, path = verbs.add(_asked(), "text", "题目")
    kind = kinds.KINDS[said.kind]
    written = panel.write(document, path, said)
    again = panel.read(written, path)
    expected = {part: getattr(said, part) for part in Panel.__slots__}
    expected |= {} if kind.chosen else {"options": ()}
    expected |= {} if kind.least else {"least": "", "most": ""}
    assert {part: getattr(again, part) for part in Panel.__slots__} == expected
    assert panel.write(written, path, again) == written
    assert paths.schema(document, path)["type"] == "string", "the document it was given is as it was"


def test_what_the_panel_does_not_show_is_kept():
    document = _asked(("text", "编号"))
    document["properties"]["编号"]["pattern"] = "^[0-9]+$"
    document["$comment"] = "as agreed"
    written = panel.write(document, "编号", Panel("text", "受理编号", required=True))
    assert written["properties"]["编号"]["pattern"] == "^[0-9]+$"
    assert written["$comment"] == "as agreed"
    assert written["required"] == ["编号"]


@pytest.mark.parametrize(
    ("said", "part"),
    [
        (Panel("riddle", "题目"), "kind"),
        (Panel("text", " "), "title"),
        (Panel("choice", "题目"), "options"),
        (Panel("number", "题目", least="many"), "least"),
        (Panel("integer", "题目", most="1.5"), "most"),
        (Panel("number", "题目", most="1e400"), "most"),
        (Panel("number", "题目", least="3", most="2"), "least"),
    ],
)
def test_what_cannot_be_so_is_said_beside_its_part(said, part):
    with pytest.raises(Invalid) as refused:
        panel.write(_asked(("text", "题目")), "题目", said)
    assert refused.value.field == part


def test_options_are_typed_one_a_line():
    typed = "同意 | Agree\n\n不同意|Disagree|no\n弃权"
    assert panel.options(typed) == (
        Option("同意", "同意", "Agree"),
        Option("no", "不同意", "Disagree"),
        Option("弃权", "弃权"),
    )
    assert panel.options(panel.lines(panel.options(typed))) == panel.options(typed)


@pytest.mark.parametrize("typed", ["同意\n同意", "| Agree"])
def test_options_that_cannot_be_told_apart_are_refused(typed):
    with pytest.raises(Invalid):
        panel.options(typed)


def test_a_question_that_a_rule_reads_is_not_removed():
    document = _asked(("boolean", "有意见"), ("text", "意见"))
    document = panel.write(document, "意见", Panel("text", "意见", visible="有意见 = true"))
    with pytest.raises(Conflict):
        verbs.remove(document, "有意见")
    assert verbs.remove(verbs.remove(document, "意见"), "有意见")["properties"] == {}


def test_a_question_of_a_repeating_group_is_read_through_its_list():
    document = _asked(("rows", "家庭成员"), ("number", "合计"))
    document, income = verbs.add(document, "number", "收入", group="家庭成员")
    document = panel.write(document, "合计", Panel("number", "合计", computed="sum(家庭成员.收入)"))
    assert verbs.users(document, income) == ["合计"]
    assert verbs.users(document, "家庭成员.名称") == []


def test_a_repeating_group_keeps_a_question_and_holds_no_other_group():
    document = _asked(("rows", "成员"))
    with pytest.raises(Conflict):
        verbs.remove(document, "成员.名称")
    with pytest.raises(Invalid):
        verbs.add(document, "rows", "孩子", group="成员")
    with pytest.raises(Absent):
        verbs.add(document, "text", "学校", group="孩子")


def test_questions_move_up_and_down():
    document = _asked(("text", "一"), ("text", "二"), ("text", "三"))
    assert layout.sequence(layout.moved(document, "三", -1)) == ["一", "三", "二"]
    assert layout.sequence(layout.moved(document, "三", -9)) == ["三", "一", "二"]
    assert layout.sequence(layout.moved(document, "三", 1)) == ["一", "二", "三"]


def test_steps_take_in_the_questions_and_let_them_pass_on():
    document = layout.step_added(_asked(("text", "一"), ("text", "二")), "材料")
    first, second = (step["name"] for step in document["x-ui"]["steps"])
    document = layout.moved(document, "二", 1)
    assert [step["groups"][0]["fields"] for step in document["x-ui"]["steps"]] == [["一"], ["二"]]
    document = layout.said(document, second, layout.StepPanel("材料", "Papers", visible='一 = "有"'))
    assert layout.read(document, second) == layout.StepPanel("材料", "Papers", visible='一 = "有"')
    with pytest.raises(Conflict):
        verbs.remove(document, "一")
    assert layout.sequence(layout.removed(document, first)) == ["一", "二"]
    assert "steps" not in layout.removed(document, first)["x-ui"]


def test_groups_of_a_step_come_and_go():
    document = layout.step_added(_asked(("text", "一"), ("text", "二")), "材料")
    document = layout.group_added(document, "step_1", "联系人")
    document = layout.moved(document, "二", 1)
    assert [group["fields"] for group in document["x-ui"]["steps"][0]["groups"]] == [["一"], ["二"]]
    document = layout.removed(document, document["x-ui"]["steps"][0]["groups"][0]["name"])
    assert document["x-ui"]["steps"][0]["groups"][0]["fields"] == ["一", "二"]
    with pytest.raises(Conflict):
        layout.removed(document, document["x-ui"]["steps"][0]["groups"][0]["name"])


@few
@given(some.data())
def test_no_way_of_editing_loses_a_question_or_asks_one_twice(data):
    document, expected = _asked(("text", "甲")), {"甲"}
    for _ in range(data.draw(some.integers(1, 12))):
        verb = data.draw(some.sampled_from(["add", "move", "remove", "step", "group", "unstep"]))
        names = layout.sequence(document)
        parts = [part for step in document["x-ui"].get("steps", ()) for part in [step, *step["groups"]]]
        if verb == "add":
            document, path = verbs.add(document, "text", "题", after=data.draw(some.sampled_from(["", *names])))
            expected.add(path)
        elif verb == "move" and names:
            document = layout.moved(document, data.draw(some.sampled_from(names)), data.draw(some.integers(-3, 3)))
        elif verb == "remove" and len(names) > 1:
            document = verbs.remove(document, gone := data.draw(some.sampled_from(names)))
            expected.discard(gone)
        elif verb == "step":
            document = layout.step_added(document, "又一步")
        elif verb == "group" and parts:
            document = layout.group_added(document, document["x-ui"]["steps"][0]["name"], "又一组")
        elif verb == "unstep" and parts:
            try:
                document = layout.removed(document, data.draw(some.sampled_from(parts))["name"])
            except Conflict:
                continue
        assert sorted(layout.sequence(document)) == sorted(expected) == sorted(document["properties"])
