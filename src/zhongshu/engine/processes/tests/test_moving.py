"""Running cases that go to another version of their process."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhongshu.engine.processes.rules import bpmn, happenings, moving
from zhongshu.engine.processes.rules import net as nets
from zhongshu.engine.processes.tests import blocks
from zhongshu.engine.processes.tests import drawing as draw
from zhongshu.engine.processes.tests.blocks import parts
from zhongshu.engine.processes.tests.blocks.menu import Menu
from zhongshu.engine.processes.tests.moved import move, questions, verdict
from zhongshu.engine.processes.tests.running import Run


def line(*tasks: str, more: str = "") -> nets.Net:
    """One task after another."""
    return draw.net(draw.START, *map(draw.task, tasks), draw.END, draw.path("start", *tasks, "end"), more)


def fork(*branches: str, last: str = "sum") -> nets.Net:
    """Tasks beside each other between a fork and a join, and one after it."""
    ways = "".join(draw.path("fork", branch, "join") for branch in branches)
    tasks = [draw.task(task) for task in (*branches, last)]
    return draw.net(draw.START, draw.parallel("fork"), draw.parallel("join"), *tasks, draw.END,
                    draw.path("start", "fork"), ways, draw.path("join", last, "end"))  # fmt: skip


def test_a_case_goes_to_the_task_of_the_same_id_and_on_by_the_new_drawing() -> None:
    run = Run(line("accept", "handle"))
    move(run, line("accept", "check", "handle"))
    run.do("accept")
    assert run.open == ["check"]


def test_a_task_that_is_called_otherwise_is_found_by_the_author_s_names_over_several_versions() -> None:
    run = Run(line("accept", "handle"))
    names = moving.chained([{"accept": "receive"}, {"receive": "intake", "old": "new"}])
    assert names == {"accept": "intake", "receive": "intake", "old": "new"}
    move(run, line("intake", "handle"), **names)
    assert run.open == ["intake"]


def test_a_task_that_is_no_more_asks_where_to_and_the_likeliest_comes_first() -> None:
    run = Run(line("inspect", "close"))
    new = line("receive", "inspection", "close")
    assert questions(run, new) == {"inspect": ["to:inspection", "to:receive", "to:close"]}
    move(run, new, {"inspect": "to:inspection"})
    run.do("inspection")
    assert run.open == ["close"]


def test_an_answer_that_is_none_of_those_is_no_answer() -> None:
    assert questions(Run(line("a", "b")), line("b"), {"a": "to:end"}) == {"a": ["to:b"]}


def test_where_nothing_fits_a_case_cannot_move() -> None:
    run = Run(line("a"))
    new = draw.net(draw.START, draw.service("a"), draw.END, draw.path("start", "a", "end"))
    found = verdict(run, new)
    assert isinstance(found, moving.Cannot) and found.sentence.format(**found.gaps) == "新版流程没有能接“a”的环节。"


def test_a_case_that_has_ended_does_not_move() -> None:
    run = Run(line("a"))
    run.do("a")
    assert isinstance(verdict(run, line("a")), moving.Cannot)


def test_a_token_that_waits_at_a_join_goes_on_waiting() -> None:
    run = Run(fork("a", "b"))
    run.do("a")
    move(run, fork("a", "b", last="other"))
    run.do("b")
    assert run.open == ["other"]


def test_a_flow_of_another_name_into_the_join_is_found_by_where_it_comes_from() -> None:
    run = Run(fork("a", "b"))
    run.do("a")
    new = draw.net(draw.START, draw.parallel("fork"), draw.parallel("join"), draw.task("a"), draw.task("b"), draw.END,
                   draw.path("start", "fork", "a"), draw.path("fork", "b", "join", "end"),
                   draw.flow("a", "join", id="renamed"))  # fmt: skip
    move(run, new)
    run.do("b")
    assert run.end == "end"


@pytest.mark.parametrize(("answer", "opened"), [("begin", ["b", "c"]), ("done", ["b"])])
def test_a_branch_that_is_new_is_begun_or_counts_as_done(answer: str, opened: list[str]) -> None:
    run = Run(fork("a", "b"))
    run.do("a")
    new = fork("a", "b", "c")
    assert questions(run, new) == {"+fork-c": ["begin", "done"]}
    move(run, new, {"+fork-c": answer})
    assert run.open == opened
    for task in opened:
        run.do(task)
    assert run.open == ["sum"]


def test_tasks_that_were_in_a_row_and_are_beside_each_other_now_lack_a_branch() -> None:
    run = Run(line("a", "b", "sum"))
    move(run, fork("a", "b"), {"+fork-b": "begin"})
    assert run.open == ["a", "b"]


def test_a_branch_that_is_no_more_is_withdrawn_only_by_choice_and_the_join_goes_on_without_it() -> None:
    run = Run(fork("a", "b", "c"))
    run.do("a")
    run.do("b")
    new = fork("a", "b")
    assert questions(run, new)["c"][-1] == "withdraw"
    move(run, new, {"c": "withdraw"})
    assert (run.open, run.withdrawn) == (["sum"], ["c"])


def test_what_was_beside_each_other_and_is_no_more_is_not_done_twice() -> None:
    run = Run(fork("a", "b"))
    new = line("a", "b", "sum")
    assert questions(run, new) == {"a|b": ["keep:a", "keep:b"]}
    move(run, new, {"a|b": "keep:a"})
    assert (run.open, run.withdrawn) == (["a"], ["b"])


def test_what_waits_at_a_join_that_is_no_more_is_let_go() -> None:
    run = Run(fork("a", "b"))
    run.do("a")
    new = line("a", "b", "sum")
    assert questions(run, new) == {"join<a-join": ["withdraw"]}
    move(run, new, {"join<a-join": "withdraw"})
    assert run.open == ["b"]


def test_not_everything_can_be_withdrawn() -> None:
    run = Run(fork("a", "b"))
    assert isinstance(verdict(run, fork("x", "y"), {"a": "withdraw", "b": "withdraw"}), moving.Asks)


def sub(*tasks: str, id: str = "sub") -> nets.Net:
    inside = draw.scope(id, draw.IN, *map(draw.task, tasks), draw.OUT, draw.path("in", *tasks, "out"))
    return draw.net(draw.START, inside, draw.END, draw.path("start", id, "end"))


def test_inside_a_sub_process_a_task_goes_with_what_holds_it() -> None:
    run = Run(sub("a"))
    move(run, sub("a", "b"))
    run.do("a")
    assert run.open == ["b"]
    assert questions(run, sub("b", id="other")) == {"sub": ["to:other"]}
    move(run, sub("b", id="other"), {"sub": "to:other"})
    run.do("b")
    assert run.end == "end"


def test_a_task_that_left_its_sub_process_has_no_place_of_its_own() -> None:
    run = Run(sub("a"))
    inside = draw.scope("sub", draw.IN, draw.task("b"), draw.OUT, draw.path("in", "b", "out"))
    new = draw.net(draw.START, inside, draw.task("a"), draw.END, draw.path("start", "sub", "a", "end"))
    assert questions(run, new) == {"sub/a": ["to:b"]}


def whistle(sequential: bool = False) -> nets.Net:
    each = draw.task("join", draw.each_of("bodies", sequential=sequential))
    return draw.net(draw.START, each, draw.END, draw.path("start", "join", "end"))


def test_instances_keep_how_far_they_are() -> None:
    run = Run(whistle(), bodies=[1, 2, 3])
    run.do("join", 2)
    move(run, whistle())
    assert [run.tasks[id].item for id in sorted(run.tasks)] == [1, 3]
    run.do("join", 1)
    run.do("join", 3)
    assert run.end == "end"


def test_many_at_once_do_not_become_one_after_the_other() -> None:
    assert isinstance(verdict(Run(whistle(), bodies=[1, 2]), whistle(sequential=True)), moving.Cannot)


def timed(duration: str = "", id: str = "late") -> nets.Net:
    edge = [draw.timer(id, "a", duration), draw.path(id, "end")] if duration else []
    return draw.net(draw.START, draw.task("a"), draw.END, draw.path("start", "a", "end"), *edge)


def test_new_timers_start_those_that_are_gone_end_changed_ones_are_set_anew() -> None:
    run = Run(timed())
    assert move(run, timed("P3D")).set == ((2, "late"),)
    same = move(run, timed("P3D"))
    assert (same.set, same.cancelled, same.kept) == ((), (), ())
    longer = move(run, timed("P5D"))
    assert longer.set == longer.cancelled == ((2, "late"),)
    assert run.timers[2, "late"].wait == timedelta(days=5)
    assert move(run, timed("P5D", "slow"), late="slow").kept == (((2, "late"), (2, "slow")),)
    assert move(run, timed()).cancelled == ((2, "slow"),)
    assert run.timers == {}


def test_a_timer_that_has_rung_does_not_ring_again() -> None:
    def drawn(duration: str) -> nets.Net:
        edge = draw.timer("late", "a", duration, interrupts=False)
        return draw.net(draw.START, draw.task("a"), draw.task("urge"), draw.END, edge,
                        draw.path("start", "a", "end"), draw.path("late", "urge", "end"))  # fmt: skip

    run = Run(drawn("P1D"))
    run.ring("late")
    move(run, drawn("P9D"))
    assert run.timers == {} and run.open == ["a", "urge"]


def stopping(*names: str) -> nets.Net:
    """One task, and for each name an event sub-process that a message of that name starts."""
    flows = {name: draw.path(f"{name}-start", f"{name}-do", f"{name}-end") for name in names}
    answers = [draw.answer(n, draw.message(n), draw.task(f"{n}-do"), flows[n]) for n in names]
    return line("a", more="".join(answers))


def test_the_case_itself_listens_to_what_is_new_until_something_has_interrupted_it() -> None:
    run = Run(line("a"))
    move(run, stopping("halt"))
    run.message("halt")
    assert run.open == ["halt-do"]
    move(run, stopping("halt", "more"))
    assert run.marking.armed == ()


def test_cases_that_stand_alike_have_one_shape_whatever_happened_before() -> None:
    loop = net_of(("loop", ("task", "")))
    once, often = Run(loop, odd=True), Run(loop, odd=True)
    for run, rounds in ((once, 1), (often, 5)):
        for _ in range(rounds):
            run.do(run.open[0])
    assert moving.shape(loop, once.marking) == moving.shape(loop, often.marking)
    three, two = Run(whistle(), bodies=[1, 2, 3]), Run(whistle(), bodies=[1, 2])
    assert moving.shape(three.net, three.marking) == moving.shape(two.net, two.marking)
    assert moving.shape(line("a"), Run(line("a")).marking) != moving.shape(line("b"), Run(line("b")).marking)


PLAIN = Menu(
    leaves={"task": ("", "", parts.LIST), "service": ("",)},
    around=("loop", "edge"),
    between=("sequence", "choice", "fork"),
    rounds=("",),
    ending=(parts.CLOCK,),
    adding=(parts.CLOCK,),
)
"""What the processes are made of that cases are moved between."""
SEEDS = st.integers(0, 2**32)
SAMPLE = settings(max_examples=50, deadline=None, derandomize=True)


def net_of(block: Any) -> nets.Net:
    """The process that consists of a task, a block and a task."""
    return bpmn.read(blocks.drawn(block).xml())


def drawn(random: Random) -> nets.Net:
    """A random process."""
    return net_of(PLAIN.block(random, random.randint(1, 8)))


def step(run: Run, random: Random) -> None:
    """Let one of all that can happen happen."""
    run.data["odd"] = random.random() < 0.4
    possible = [happenings.TaskCompleted(token) for token in sorted(run.tasks)]
    run.happens(random.choice([*possible, *(happenings.TimerFired(*key) for key in sorted(run.timers))]))


def walked(random: Random) -> Run:
    """A case somewhere on its way."""
    run = Run(drawn(random), bodies=["a", "b"], odd=False, hot=False)
    for _ in range(random.randint(0, 12)):
        if not run.end:
            step(run, random)
    return run


def check(run: Run) -> None:
    """What must hold after every step."""
    ids = [token.id for token in run.marking.tokens]
    assert ids == sorted(set(ids)) and all(id < run.marking.next for id in ids)
    assert {token.id for token in run.marking.open_tasks(run.net)} == run.tasks.keys()
    assert (run.end is not None) == run.marking.finished


@SAMPLE
@given(SEEDS)
def test_moving_to_the_same_process_changes_nothing(seed: int) -> None:
    random = Random(seed)
    run = walked(random)
    if not run.end:
        stored, drawn_again = run.stored, replace(run.net)
        same = move(run, drawn_again)
        assert run.stored == stored
        assert (same.withdrawn, same.kept, same.set, same.cancelled) == ((), (), (), ())


@SAMPLE
@given(SEEDS)
def test_a_moved_case_can_end_and_no_task_is_lost_or_doubled(seed: int) -> None:
    random = Random(seed)
    run = walked(random)
    if run.end:
        return
    before, new = dict(run.tasks), drawn(random)
    answers: Mapping[str, str] = {}
    for _ in range(50):
        match verdict(run, new, answers):
            case moving.Asks(asked):
                answers |= {each.key: random.choice(each.options).code for each in asked}  # type: ignore[operator]
            case moving.Cannot():
                return
            case moving.Moves():
                break
    run.data["odd"] = False
    found = move(run, new, answers)
    assert before.keys() - run.tasks.keys() <= {*found.withdrawn}
    for _ in range(400):
        check(run)
        if run.end:
            break
        run.happens(happenings.TaskCompleted(min(run.tasks)))
    assert run.end is not None
