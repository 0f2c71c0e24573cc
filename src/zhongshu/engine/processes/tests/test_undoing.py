"""What has been done is undone, the last thing first."""

import pytest

from zhongshu.engine.processes.rules import bpmn
from zhongshu.engine.processes.tests.drawing import (
    END,
    IN,
    OUT,
    START,
    answer,
    drawn,
    each_of,
    edge,
    error,
    event,
    exclusive,
    flow,
    message,
    net,
    parallel,
    path,
    scope,
    task,
    throw,
    undo,
    undone_by,
)
from zhongshu.engine.processes.tests.running import Run

TRIP = net(
    START, parallel("fork"), task("hotel"), undone_by("hotel", "cancel"), task("train"), undone_by("train", "refund"),
    task("visa"), parallel("join"), exclusive("ok", "yes"), throw("back", undo()), task("tell"), END,
    path("start", "fork", "hotel", "join", "ok"), path("fork", "train", "join"), path("fork", "visa", "join"),
    flow("ok", "back", "failed"), flow("ok", "end", id="yes"), path("back", "tell", "end"),
)  # fmt: skip


def test_all_that_was_done_is_undone_the_last_first_and_then_the_case_goes_on() -> None:
    run = Run(TRIP)
    run.do("train")
    run.do("hotel")
    run.do("visa", failed=True)
    assert run.open == ["cancel"]
    run.do("cancel")
    assert run.open == ["refund"]
    run.do("refund")
    assert run.open == ["tell"]
    run.do("tell")
    assert run.end == "end"


def test_what_was_not_done_is_not_undone() -> None:
    drawing = net(
        START, task("a"), undone_by("a", "un-a"), task("b"), undone_by("b", "un-b"), throw("back", undo("a")),
        throw("again", undo()), END, path("start", "a", "back", "again", "b", "end"),
    )  # fmt: skip
    run = Run(drawing)
    run.do("a")
    assert run.open == ["un-a"]
    run.do("un-a")
    assert run.open == ["b"]


def test_an_answer_undoes_what_the_scope_around_it_has_done() -> None:
    drawing = net(
        START, task("pay"), undone_by("pay", "repay"), task("wait"), END, path("start", "pay", "wait", "end"),
        answer("withdrawn", message("withdrawal"), throw("back", undo()),
               path("withdrawn-start", "back", "withdrawn-end")),
    )  # fmt: skip
    run = Run(drawing)
    run.do("pay")
    run.message("withdrawal")
    assert (run.open, run.withdrawn) == (["repay"], ["wait"])
    run.do("repay")
    assert run.end == "withdrawn-end"


def test_what_an_ended_sub_process_did_can_still_be_undone_and_what_a_broken_one_did_cannot() -> None:
    inside = scope(
        "both", IN, task("a"), undone_by("a", "un-a"), exclusive("ok", "yes"), OUT,
        event("endEvent", "bad", error("e")), path("in", "a", "ok"), flow("ok", "bad", "broken"),
        flow("ok", "out", id="yes"),
    )  # fmt: skip
    drawing = net(
        START, inside, edge("broke", "both", error("e")), throw("back", undo()), END,
        path("start", "both", "back", "end"), path("broke", "back"),
    )  # fmt: skip
    run = Run(drawing)
    run.do("a")
    assert run.open == ["un-a"]
    run = Run(drawing)
    run.do("a", broken=True)
    assert run.end == "end"


def test_a_task_of_several_instances_is_undone_once_when_all_are_done() -> None:
    drawing = net(
        START, task("ask", each_of("bodies")), undone_by("ask", "apologise"), event("endEvent", "end", undo()),
        path("start", "ask", "end"),
    )  # fmt: skip
    run = Run(drawing, bodies=["a", "b"])
    run.do("ask")
    run.do("ask")
    assert run.open == ["apologise"]
    run.do("apologise")
    assert run.end is not None


def test_ten_rounds_are_kept_as_one() -> None:
    drawing = net(
        START, exclusive("again"), task("a"), undone_by("a", "un-a"), exclusive("more", "no"), throw("back", undo()),
        END, path("start", "again", "a", "more"), flow("more", "again", "more"), flow("more", "back", id="no"),
        path("back", "end"),
    )  # fmt: skip
    run = Run(drawing, more=True)
    for _ in range(10):
        run.do("a")
    assert run.marking.kept == ("a",)


@pytest.mark.parametrize(
    ("elements", "found"),
    [
        ((edge("x", "a", undo()),), "x"),
        ((edge("x", "a", undo()), task("b"), path("x", "b", "end")), "x-b"),
        (('<bpmn:userTask id="x" isForCompensation="true"/>',), "x"),
        ((undone_by("a", "b"), path("b", "end")), "b"),
        ((throw("x", undo("a")), path("a", "x", "end")), "x"),
        ((edge("x", "nowhere", undo()),), "x"),
    ],
)
def test_what_undoes_nothing_is_refused(elements: tuple[str, ...], found: str) -> None:
    reading = bpmn.examine(drawn(START, task("a"), *elements, END, path("start", "a", "end")))
    assert found in [each.element_id for each in reading.errors]
