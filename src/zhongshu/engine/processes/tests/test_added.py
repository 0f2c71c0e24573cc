"""One more is asked while others are at work."""

import pytest

from zhongshu.engine.processes.rules import advance, happenings
from zhongshu.engine.processes.tests.drawing import END, START, each_of, net, path, task
from zhongshu.engine.processes.tests.running import Run


def whistle(until: str = "", sequential: bool = False) -> Run:
    """A case on which two bodies were called."""
    joined = net(START, task("join", each_of("bodies", until, sequential)), END, path("start", "join", "end"))
    return Run(joined, bodies=[31, 32])


def outer(run: Run) -> int:
    return next(token.id for token in run.marking.tokens if token.progress)


def items(run: Run) -> list[int]:
    return [run.tasks[token].item for token in sorted(run.tasks)]


def test_one_more_is_asked_at_once_and_waited_for() -> None:
    run = whistle()
    run.happens(happenings.TaskAdded(outer(run), 33))
    assert items(run) == [31, 32, 33]
    for body in (31, 32):
        run.do("join", body)
    assert (run.end, items(run)) == (None, [33])
    run.do("join", 33)
    assert run.end == "end"


def test_one_more_counts_in_the_completion_condition() -> None:
    run = whistle("nrOfCompletedInstances / nrOfInstances > 0.5")
    run.happens(happenings.TaskAdded(outer(run), 33))
    run.do("join", 31)
    assert run.end is None
    run.do("join", 33)
    assert (run.end, run.withdrawn) == ("end", ["join"])


def test_who_is_added_to_a_row_comes_last() -> None:
    run = whistle(sequential=True)
    run.happens(happenings.TaskAdded(outer(run), 33))
    for body in (31, 32, 33):
        assert items(run) == [body]
        run.do("join", body)
    assert run.end == "end"


def test_nothing_is_added_to_a_single_task_nor_to_one_that_is_over() -> None:
    run = whistle()
    with pytest.raises(advance.Illegal):
        run.happens(happenings.TaskAdded(run.token("join", 31), 33))
    gone = outer(run)
    for body in (31, 32):
        run.do("join", body)
    with pytest.raises(advance.Illegal):
        run.happens(happenings.TaskAdded(gone, 33))
