"""What is said before a process is published about branches that do not come together as they went apart."""

import pytest

from zhongshu.engine.processes.rules import bpmn
from zhongshu.engine.processes.tests.drawing import (
    END,
    IN,
    OUT,
    START,
    drawn,
    edge,
    event,
    exclusive,
    flow,
    inclusive,
    message,
    parallel,
    path,
    scope,
    task,
    timer,
)

BRANCHES = (
    START, parallel("fork"), task("a"), task("b"), parallel("join"), END, path("start", "fork", "a", "join", "end"),
    path("fork", "b", "join"),
)  # fmt: skip


def warnings(*elements: str) -> list[str]:
    """The elements of a drawing that are warned of."""
    reading = bpmn.examine(drawn(*elements))
    assert reading.net is not None
    return [each.element_id for each in reading.warnings]


def test_a_reminder_that_ends_by_itself_takes_nothing_from_the_join() -> None:
    remind = (timer("late", "a", interrupts=False), task("urge"), event("endEvent", "urged"))
    assert warnings(*BRANCHES, *remind, path("late", "urge", "urged")) == []


@pytest.mark.parametrize(
    ("way", "warned"),
    [
        (event("endEvent", "way"), ["join"]),
        (event("endEvent", "way", "<bpmn:terminateEventDefinition/>"), []),
        (exclusive("way") + path("way", "last"), ["join"]),
    ],
)
def test_a_branch_that_may_end_or_go_past_its_join_is_warned_of(way: str, warned: list[str]) -> None:
    drawing = (
        START, parallel("fork"), task("a"), exclusive("how", "on"), task("b"), task("last"), parallel("join"), END, way,
        path("start", "fork", "a", "how"), flow("how", "join", id="on"), flow("how", "way", "odd"),
        path("fork", "b", "join", "last", "end"),
    )  # fmt: skip
    assert warnings(*drawing) == warned


def test_a_branch_that_is_not_always_taken_does_not_go_with_a_join_of_all() -> None:
    which = (
        START, inclusive("which", "no"), task("a"), task("b"), parallel("join"), END, path("start", "which"),
        flow("which", "a", "odd"), flow("which", "b", id="no"), path("a", "join", "end"), path("b", "join"),
    )  # fmt: skip
    assert warnings(*which) == ["join"]
    told = (edge("told", "a", message("m"), interrupts=False), path("told", "join"))
    assert "join" in [each.element_id for each in bpmn.examine(drawn(*BRANCHES, *told)).errors]


def test_inclusive_gateways_that_wait_for_each_other_are_warned_of() -> None:
    circle = (
        START, parallel("fork"), inclusive("one"), inclusive("two"), task("a"), task("b"), exclusive("again", "no"),
        exclusive("more", "on"), END, path("start", "fork", "one", "a", "again"), path("fork", "two", "b", "more"),
        flow("again", "two", "odd"), flow("again", "end", id="no"), flow("more", "one", "odd"),
        flow("more", "end", id="on"),
    )  # fmt: skip
    assert warnings(*circle) == ["two"]


def test_what_comes_together_behind_an_event_that_may_happen_twice_is_better_in_a_sub_process() -> None:
    which = (
        inclusive("which", "no"), task("b"), task("c"), inclusive("all"), path("b", "all"), path("c", "all"),
        flow("which", "b", "odd"), flow("which", "c", id="no"),
    )  # fmt: skip
    drawing = (START, task("a"), edge("told", "a", message("m"), interrupts=False), END, path("start", "a", "end"))
    assert warnings(*drawing, *which, path("told", "which"), path("all", "end")) == ["all"]
    inside = scope("answer", IN, *which, OUT, path("in", "which"), path("all", "out"))
    assert warnings(*drawing, inside, path("told", "answer", "end")) == []
