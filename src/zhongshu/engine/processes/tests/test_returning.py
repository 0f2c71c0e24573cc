"""Going back to earlier tasks: what is withdrawn, what stays, and that the case can end all the same."""

import pytest

from zhongshu.engine.processes.rules import advance, bpmn, happenings
from zhongshu.engine.processes.tests.drawing import (
    END,
    IN,
    OUT,
    START,
    answer,
    call,
    drawn,
    each_of,
    event,
    exclusive,
    flow,
    inclusive,
    message,
    net,
    parallel,
    path,
    scope,
    task,
    throw,
    timer,
    undo,
    undone_by,
)
from zhongshu.engine.processes.tests.running import Run

PERMIT = net(
    START, task("accept"), parallel("fork"), task("water"), task("sewer"), task("fire"), task("hose"),
    parallel("join"), task("decide"), task("issue"), END,
    path("start", "accept", "fork", "water", "sewer", "join", "decide", "issue", "end"),
    path("fork", "fire", "hose", "join"),
)  # fmt: skip


def at(*done: str) -> Run:
    """The permit after those tasks."""
    run = Run(PERMIT)
    for element in done:
        run.do(element)
    return run


def finish(run: Run) -> list[str]:
    """Do whatever is open until the case ends; what was done."""
    done = []
    while run.open:
        done.append(run.open[0])
        run.do(run.open[0])
    assert run.end == "end"
    return done


def test_back_before_the_branches_withdraws_the_sisters_and_they_come_again() -> None:
    run = at("accept", "water")
    run.back("sewer", "accept")
    assert (run.open, sorted(run.withdrawn)) == (["accept"], ["fire", "sewer"])
    assert sorted(finish(run)) == sorted(["accept", "water", "sewer", "fire", "hose", "decide", "issue"])


def test_back_within_a_branch_leaves_the_sisters_alone() -> None:
    run = at("accept", "water", "fire")
    run.back("sewer", "water")
    assert (sorted(run.open), run.withdrawn) == (["hose", "water"], ["sewer"])
    run.do("hose")
    run.back("water", "water")
    assert sorted(finish(run)) == sorted(["water", "sewer", "decide", "issue"])


def test_back_into_one_branch_after_the_join_leaves_the_other_done() -> None:
    run = at("accept", "water", "sewer", "fire", "hose", "decide")
    run.back("issue", "fire")
    assert (run.open, run.withdrawn) == (["fire"], ["issue"])
    assert finish(run) == ["fire", "hose", "decide", "issue"]


def test_back_into_a_sister_begins_that_branch_anew_and_keeps_ones_own() -> None:
    run = at("accept", "water", "fire", "hose")
    run.back("sewer", "fire")
    assert (sorted(run.open), run.withdrawn) == (["fire", "sewer"], [])
    assert sorted(finish(run)) == sorted(["sewer", "fire", "hose", "decide", "issue"])


def test_back_and_back_again_leaves_one_of_each() -> None:
    run = at("accept", "water", "sewer", "fire", "hose")
    for to in ("water", "accept"):
        run.back(run.open[0], to)
    assert run.open == ["accept"]
    assert len(finish(run)) == 7


def test_a_loop_may_be_left_backwards_to_what_was_done_in_it() -> None:
    drawing = net(
        START, task("apply"), exclusive("again"), task("check"), exclusive("good", "yes"), task("supplement"),
        task("issue"), END, path("start", "apply", "again", "check", "good"), flow("good", "supplement", "poor"),
        flow("good", "issue", id="yes"), path("supplement", "again"), path("issue", "end"),
    )  # fmt: skip
    run = Run(drawing)
    run.do("apply")
    run.do("check", poor=True)
    run.do("supplement")
    run.back("check", "supplement")
    assert run.open == ["supplement"]
    run.do("supplement")
    run.do("check", poor=False)
    run.back("issue", "apply")
    assert finish(run) == ["apply", "check", "issue"]


def test_back_from_one_of_several_instances_withdraws_them_all() -> None:
    drawing = net(
        START, task("ask"), task("answer", each_of("bodies")), END, path("start", "ask", "answer", "end"),
    )  # fmt: skip
    run = Run(drawing, bodies=["a", "b", "c"])
    run.do("ask")
    run.do("answer", "b")
    run.happens(happenings.Returned(run.token("answer", "c"), "ask"))
    assert (run.open, run.withdrawn) == (["ask"], ["answer", "answer"])
    run.do("ask")
    assert len(run.open) == 3
    for item in "abc":
        run.do("answer", item)
    assert run.end == "end"


def test_back_out_of_a_sub_process_and_back_into_one_that_has_ended() -> None:
    inner = (
        IN, parallel("split"), task("read"), task("count"), parallel("merge"), task("sign"),
        OUT, path("in", "split", "read", "merge", "sign", "out"), path("split", "count", "merge"),
    )  # fmt: skip
    drawing = net(
        START, task("ask"), scope("review", *inner), timer("late", "review", interrupts=False), task("urge"),
        task("issue"), END, path("start", "ask", "review", "issue", "end"), path("late", "urge", "end"),
    )  # fmt: skip
    run = Run(drawing)
    run.do("ask")
    run.do("read")
    run.back("count", "ask")
    assert (run.open, run.timers) == (["ask"], {})
    for element in ("ask", "read", "count", "sign"):
        run.do(element)
    run.back("issue", "count")
    assert (run.open, [timer for _, timer in run.timers]) == (["count"], ["late"])
    assert finish(run) == ["count", "sign", "issue"]


def test_an_inclusive_join_waits_for_the_one_that_went_back() -> None:
    drawing = net(
        START, inclusive("which", "no"), task("a"), task("b"), task("c"), inclusive("all"), task("sum"), END,
        path("start", "which"), flow("which", "a", "true"), flow("which", "b", "true"), flow("which", "c", id="no"),
        path("a", "all"), path("b", "all"), path("c", "all", "sum", "end"),
    )  # fmt: skip
    run = Run(drawing)
    run.do("a")
    run.do("b")
    run.back("sum", "a")
    assert run.open == ["a"]
    assert finish(run) == ["a", "sum"]


REMINDED = net(
    START, task("accept"), parallel("fork"), task("water"), timer("late", "water", interrupts=False), task("urge"),
    task("fire"), parallel("join"), task("decide"), END, event("endEvent", "urged"),
    path("start", "accept", "fork", "water", "join", "decide", "end"), path("fork", "fire", "join"),
    path("late", "urge", "urged"),
    answer("asked", message("question"), task("reply"), path("asked-start", "reply", "asked-end"), interrupts=False),
    answer("gone", message("withdrawal"), task("store"), path("gone-start", "store", "gone-end")),
)  # fmt: skip


@pytest.mark.parametrize("here", ["decide", "urge"])
def test_a_reminder_that_is_left_over_does_not_keep_its_branch_under_way(here: str) -> None:
    run = Run(REMINDED)
    run.do("accept")
    run.ring("late")
    run.do("water")
    run.do("fire")
    assert run.open == ["urge", "decide"]
    run.back(here, "water")
    assert (run.open, sorted(run.withdrawn)) == (["water"], ["decide", "urge"])
    assert finish(run) == ["water", "decide"]


def test_an_answer_beside_the_work_changes_nothing_about_what_goes_back() -> None:
    run = Run(REMINDED)
    for element in ("accept", "water", "fire"):
        run.do(element)
    run.message("question")
    run.back("decide", "water")
    assert (sorted(run.open), run.withdrawn) == (["reply", "water"], ["decide"])
    run.do("reply")
    assert finish(run) == ["water", "decide"]


def test_back_from_what_took_the_place_of_the_work_lets_it_go_on_and_be_interrupted_again() -> None:
    run = Run(REMINDED)
    run.do("accept")
    run.message("withdrawal")
    assert run.open == ["store"]
    run.back("store", "water")
    assert run.open == ["water"]
    run.message("question")
    run.do("reply")
    run.message("withdrawal")
    run.back("store", "accept")
    assert sorted(finish(run)) == ["accept", "decide", "fire", "water"]


def test_a_signature_goes_with_the_task_that_goes_back() -> None:
    run = at("accept", "water")
    run.happens(happenings.SignerAdded(run.token("sewer")))
    run.happens(happenings.Returned(max(run.tasks), "water"))
    assert sorted(run.open) == ["fire", "water"]


def test_a_case_that_has_ended_goes_on_where_it_is_opened_again() -> None:
    run = at("accept", "water", "sewer", "fire", "hose", "decide", "issue")
    run.end = None
    run.happens(happenings.Reopened("fire"))
    assert run.open == ["fire"]
    assert finish(run) == ["fire", "hose", "decide", "issue"]
    with pytest.raises(advance.Illegal):
        at("accept").happens(happenings.Reopened("accept"))


def test_back_from_what_undoes_stops_the_undoing() -> None:
    drawing = net(
        START, task("ask"), task("book"), undone_by("book", "cancel"), throw("back", undo()), task("tell"), END,
        path("start", "ask", "book", "back", "tell", "end"),
    )  # fmt: skip
    run = Run(drawing)
    run.do("ask")
    run.do("book")
    assert run.open == ["cancel"]
    run.back("cancel", "book")
    assert (run.open, run.withdrawn) == (["book"], ["cancel"])
    assert finish(run) == ["book", "cancel", "tell"]


def test_what_is_no_task_or_lies_elsewhere_is_refused() -> None:
    drawing = net(
        START, task("a"), timer("late", "a", interrupts=False), task("urge"), task("b"), END,
        path("start", "a", "b", "end"), path("late", "urge", "end"),
    )  # fmt: skip
    run = Run(drawing)
    run.ring("late")
    run.do("a")
    run.do("urge")
    for to in ("urge", "late", "end", "nothing"):
        with pytest.raises(advance.Illegal):
            run.back("b", to)
    assert run.open == ["b"]


def test_nothing_goes_back_out_of_a_process_that_is_called_from_two_places() -> None:
    inside = (IN, task("read"), OUT, path("in", "read", "out"))
    other = bpmn.read(drawn(*inside).replace(b"pothole", b"check"))
    drawing = bpmn.read(
        drawn(START, call("one", "check"), call("two", "check"), task("sum"), END,
              path("start", "one", "two", "sum", "end")),
        {"check": other},
    )  # fmt: skip
    run = Run(drawing)
    run.do("read")
    run.do("read")
    with pytest.raises(advance.Illegal):
        run.back("sum", "read")
