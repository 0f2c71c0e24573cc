"""A process changed row by row, as an author does who does not draw."""

from collections.abc import Callable

import pytest

from zhongshu.engine.processes.rules import bpmn, editing
from zhongshu.engine.processes.rules.bpmn import diagrams, document
from zhongshu.engine.processes.rules.bpmn.document import Document
from zhongshu.engine.processes.tests import drawing as draw

PLAIN = (draw.START, draw.task("accept"), draw.task("close"), draw.END, draw.path("start", "accept", "close", "end"))


def plain() -> Document:
    return document.load(draw.drawn(*PLAIN))


def told(kept: Document) -> list[str]:
    """The table as a page would show it, without what is at rest."""
    return ["  " * row.depth + row.id for row in editing.table(kept).rows]


def ways(kept: Document, id: str) -> list[tuple[str, str, bool]]:
    row = editing.table(kept).row(id)
    assert row is not None
    return [(way.to, "default" if way.default else way.condition, way.back) for way in row.ways]


def approval() -> Document:
    """accept → approved? → yes: issue → close; no: close."""
    kept = editing.add_decision(plain(), "accept", "同意吗", "accept.passed = true", id="approved")
    flow = editing.table(kept.document).row("approved").ways[1].flow  # type: ignore[union-attr]
    return editing.add_task(kept.document, flow, "发证", id="issue").document


def test_rows_come_in_reading_order_indented_by_branch() -> None:
    kept = approval()
    assert told(kept) == ["start", "accept", "approved", "  issue", "close", "end"]
    assert ways(kept, "approved") == [("close", "default", False), ("issue", "accept.passed = true", False)]
    bpmn.read(document.write(kept))


def test_a_way_that_ends_early_is_told_before_the_longer_one() -> None:
    kept = editing.add_ending(approval(), "approved", "不予受理", "accept.refused = true", id="refused").document
    assert told(kept) == ["start", "accept", "approved", "  issue", "  refused", "close", "end"]


def test_branches_go_apart_and_come_together_again() -> None:
    made = editing.add_parallel(plain(), "accept", ["消防意见", "环保意见"], id="ask")
    assert told(made.document) == ["start", "accept", "ask", "  task", "  task_2", "ask_join", "close", "end"]
    assert set(made.came) == {"task", "task_2"}
    fork = editing.table(made.document).row("ask")
    assert fork is not None
    one = editing.remove(made.document, "ask", keep=fork.ways[1].flow)
    assert told(one.document) == ["start", "accept", "task_2", "close", "end"]
    assert one.went == ("task",)


def test_a_loop_back_is_seen_as_such() -> None:
    kept = editing.connect_back(plain(), "close", "accept", "合格吗", "close.passed = false", id="good").document
    assert told(kept) == ["start", "accept", "close", "good", "end"]
    assert ways(kept, "good") == [("end", "default", False), ("accept", "close.passed = false", True)]


def test_a_step_taking_too_long_is_ended_or_goes_on_beside() -> None:
    over = editing.add_timer(plain(), "accept", "超时", "5 working_days", id="late").document
    beside = editing.add_timer(over, "accept", "催办", "PT4H", interrupts=False, id="urge").document
    urged = editing.add_task(beside, "urge", "督办", id="urging").document
    assert told(urged) == ["start", "accept", "  urge", "  urging", "  end_2", "  late", "close", "end"]
    row, late, urge = (editing.table(urged).row(id) for id in ("accept", "late", "urge"))
    assert row and late and urge
    assert row.edges == ("urge", "late")
    assert (late.on, late.event, late.interrupts) == ("accept", editing.Event("timer", "5 working_days"), True)
    assert (urge.event, urge.interrupts) == (editing.Event("timer", "PT4H"), False)
    without = editing.remove(urged, "accept")
    assert told(without.document) == ["start", "close", "end"]
    assert set(without.went) == {"accept", "urging"}


def test_a_task_for_each_of_a_list() -> None:
    kept = editing.do_for_each(
        plain(), "accept", "answers.bodies", "body", until="nrOfCompletedInstances >= 3"
    ).document
    row = editing.table(kept).row("accept")
    assert row and row.repeat == editing.Repeat("each", "answers.bodies", "body", False, "nrOfCompletedInstances >= 3")
    turn = editing.do_for_each(kept, "accept", "answers.bodies", "body", in_turn=True).document
    again = editing.table(turn).row("accept")
    assert again and again.repeat == editing.Repeat("each", "answers.bodies", "body", True)
    once = editing.table(editing.do_once(turn, "accept").document).row("accept")
    assert once and once.repeat is None


def test_a_step_moves_into_a_branch_and_out_of_it() -> None:
    kept = editing.add_task(approval(), "close", "归档", id="filed").document
    inside = editing.move(kept, "filed", "issue").document
    assert told(inside) == ["start", "accept", "approved", "  issue", "  filed", "close", "end"]
    assert told(editing.move(inside, "issue", "start").document) == [
        "start", "issue", "accept", "approved", "  filed", "close", "end",
    ]  # fmt: skip


def test_conditions_the_default_and_waits_are_changed_where_they_stand() -> None:
    kept = approval()
    default, issue = (way.flow for way in editing.table(kept).row("approved").ways)  # type: ignore[union-attr]
    turned = editing.set_default(kept, issue, otherwise="accept.passed = false").document
    assert ways(turned, "approved") == [("close", "accept.passed = false", False), ("issue", "default", False)]
    changed = editing.set_condition(turned, default, "accept.passed != true").document
    assert ways(changed, "approved")[0] == ("close", "accept.passed != true", False)
    waiting = editing.add_wait(changed, "start", "等三天", "P3D", id="rest").document
    day = editing.set_wait(waiting, "rest", "answers.by").document
    row = editing.table(day).row("rest")
    assert row and row.event == editing.Event("timer", "answers.by")
    assert b"<bpmn:timeDate>answers.by" in document.write(day)
    named = editing.name_way(day, issue, "同意").document
    assert editing.table(named).row("approved").ways[1].name == "同意"  # type: ignore[union-attr]


REFUSED: dict[str, Callable[[Document], editing.Edited]] = {
    "流程里没有“gone”，可能刚被删去，请刷新后重试。": lambda kept: editing.add_task(kept, "gone", "甲"),
    "“同意吗”后面有 2 条路，请选定是哪一条。": lambda kept: editing.add_task(kept, "approved", "甲"),
    "“end”是结束，后面不能再接环节。": lambda kept: editing.add_task(kept, "end", "甲"),
    "请写名称（1 至 100 个字）。": lambda kept: editing.add_task(kept, "accept", "  "),
    "文字里有不能识别的字符，请删去后重试。": lambda kept: editing.add_parallel(kept, "accept", ["一", "二\x00"]),
    "标识“close”已经用过，请换一个。": lambda kept: editing.add_task(kept, "accept", "甲", id="close"),
    "标识“../x”只能用小写字母、数字和下划线，以字母开头。": lambda kept: editing.add_task(
        kept, "accept", "甲", id="../x"
    ),
    "这样改，流程就不能执行了。“是”：表达式“1 +”读不懂：表达式没有写完，请补上后面的内容。": lambda kept: (
        editing.add_decision(kept, "accept", "急吗", "1 +")
    ),
    "“急吗”这条路要写条件，例如 approve.passed = false。": lambda kept: editing.add_decision(
        kept, "accept", "急吗", ""
    ),
    "并行的分支应当有 2 至 20 条。": lambda kept: editing.add_parallel(kept, "accept", ["一"]),
    "“accept”后面还有“同意吗”，要在这里结束，请先加判断点。": lambda kept: editing.add_ending(kept, "accept", "完"),
    "“accept”不是判断点，也不是并行分支，请先加一个。": lambda kept: editing.add_way(kept, "accept", "end"),
    "“同意吗”上不能设超时，只有环节和子流程可以。": lambda kept: editing.add_timer(kept, "approved", "慢", "P3D"),
    "“accept”等的不是时间。": lambda kept: editing.set_wait(kept, "accept", "P3D"),
    "“start”是开始，不能删去。": lambda kept: editing.remove(kept, "start"),
    "“start-accept”不是从“同意吗”出去的路。": lambda kept: editing.remove(kept, "approved", keep="start-accept"),
    "“start”后面只有这一条路，不能删去。": lambda kept: editing.remove_way(kept, "start-accept"),
    "“end”不能整个移动，请移动它前后的环节。": lambda kept: editing.move(kept, "end", "start"),
    "“同意吗”不能整个移动，请移动它前后的环节。": lambda kept: editing.move(kept, "approved", "start"),
    "“同意吗”不能逐个办理，只有环节和子流程可以。": lambda kept: editing.do_for_each(kept, "approved", "x", "y"),
}


@pytest.mark.parametrize(("sentence", "edit"), REFUSED.items())
def test_what_does_not_fit_is_refused_in_words_that_name_the_element(
    sentence: str, edit: Callable[[Document], editing.Edited]
) -> None:
    with pytest.raises(editing.Refused) as refused:
        edit(approval())
    assert str(refused.value) == sentence


def test_an_edit_that_would_break_the_process_is_refused_with_the_reason() -> None:
    with pytest.raises(editing.Refused, match="走不到") as refused:
        editing.lead(plain(), "start-accept", "close")
    assert "accept" in str(refused.value)


def test_a_decision_whose_ways_hold_steps_is_not_removed_unsaid() -> None:
    kept = approval()
    flow = editing.table(kept).row("approved").ways[1].flow  # type: ignore[union-attr]
    with pytest.raises(editing.Refused) as refused:
        editing.remove(kept, "approved")
    assert str(refused.value) == "“同意吗”的路上还有“发证”等环节，请选定留下哪一条路。"
    assert told(editing.remove(kept, "approved", keep=flow).document) == ["start", "accept", "issue", "close", "end"]
    assert told(editing.remove_way(kept, flow).document) == ["start", "accept", "approved", "close", "end"]


def test_new_steps_lie_in_the_lane_of_those_before_them_and_the_file_names_its_flows_as_before() -> None:
    lanes = '<bpmn:laneSet id="lanes"><bpmn:lane id="street" name="街道"><bpmn:flowNodeRef>accept</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>'  # noqa: E501
    ends = "<bpmn:incoming>start-accept</bpmn:incoming><bpmn:outgoing>accept-close</bpmn:outgoing>"
    kept = document.load(draw.drawn(lanes, draw.START, draw.task("accept", ends), *PLAIN[2:]))
    added = editing.add_task(kept, "accept", "踏勘", id="visit").document
    row, element = editing.table(added).row("visit"), added.element("visit")
    assert row and row.lanes == ("街道",)
    assert element is not None
    assert [part.text for part in element] == ["accept-close", "visit-close"]
    assert bpmn.read(document.write(added)).lanes["visit"] == ("街道",)


def test_a_drawing_stays_while_only_words_change_and_shows_what_is_new() -> None:
    kept = diagrams.complete(plain())
    renamed = editing.rename(kept, "accept", "受理").document
    assert document.write(renamed) == document.write(document.rename(kept, "accept", "受理"))
    added = document.write(editing.add_task(kept, "accept", "踏勘", id="visit").document)
    assert b'bpmnElement="visit"' in added and b'bpmnElement="accept-visit"' not in added
