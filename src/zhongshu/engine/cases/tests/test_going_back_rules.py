"""Where a case may go back to, and what that does to the tasks beside it: on paper, without a database."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhongshu.base.calendar.rules import SHANGHAI
from zhongshu.base.http.refusals import Conflict
from zhongshu.engine.cases.rules import going_back
from zhongshu.engine.cases.rules import settings as pages
from zhongshu.engine.cases.rules.going_back import Doing
from zhongshu.engine.cases.rules.scenario import Scenario
from zhongshu.engine.cases.rules.signing import FORM
from zhongshu.engine.cases.rules.state import Held, OpenTask
from zhongshu.engine.decisions.rules import feel
from zhongshu.engine.decisions.rules.dmn.folder import Decisions
from zhongshu.engine.processes.rules.advance import advance
from zhongshu.engine.processes.rules.happenings import Started, TaskCompleted
from zhongshu.engine.processes.rules.marking import Marking
from zhongshu.engine.processes.tests.drawing import END, START, each_of, net, parallel, path, task

AT = datetime(2026, 3, 2, 9, tzinfo=SHANGHAI)
PERMIT = net(
    START, task("accept"), parallel("fork"), task("water"), task("sewer"), task("fire"), task("hose"),
    parallel("join"), task("issue"), END,
    path("start", "accept", "fork", "water", "sewer", "join", "issue", "end"), path("fork", "fire", "hose", "join"),
)  # fmt: skip
TASKS = ("accept", "water", "sewer", "fire", "hose", "issue")


def scenario(reopens: int = 30, **returns: Any) -> Scenario:
    """The permit; `returns` says of a task where it may go back to."""
    given = {
        name: pages.TaskSettings(phase="p", name_en="t", role="handler", pool="city", returns=returns.get(name, True))
        for name in TASKS
    }
    page = pages.Settings(
        code="permit", name="许可", name_en="Permit", prefix="XK", process="", form="",
        case=pages.CaseSettings(deadline="5 working_days", responsible="null", reopens=reopens),
        phases={"p": pages.Phase("办理", "Handling")}, tasks=given,
    )  # fmt: skip
    never = feel.compile("false")
    return Scenario("permit", 1, page, PERMIT, FORM, {}, feel.compile("null"), never, {}, Decisions({}))


class Paper:
    """A case on paper: where it stands, and what was done in it."""

    def __init__(self, *done: str) -> None:
        self.doings: list[Doing] = []
        self.held = Held(
            id=UUID(int=1), number="XK1", scenario="permit", version=1, category="01", title="", phase="p", source="",
            opened=AT, due=None, closed=None, place=99, lon=None, lat=None, body=None, reach=(), data={},
            marking=advance(PERMIT, Marking(), Started(), {}).marking, revision=1,
        )  # fmt: skip
        self._open()
        for element in done:
            self.do(element)

    def _open(self) -> None:
        tokens = self.held.marking.open_tasks(PERMIT)
        tasks = [OpenTask(t.id, t.at, "p", "handler", 99, "somebody", AT, None) for t in tokens]
        self.held = replace(self.held, tasks=tuple(tasks), closed=None if tasks else AT)

    def task(self, element: str) -> OpenTask:
        return next(task for task in self.held.tasks if task.element == element)

    def do(self, element: str) -> None:
        token = self.task(element).token
        step = advance(PERMIT, self.held.marking, TaskCompleted(token), {})
        self.doings.append(Doing(token, element, 99, "somebody", AT + timedelta(minutes=token), {}))
        self.held = replace(self.held, marking=step.marking)
        self._open()

    def ways(self, element: str, **returns: Any) -> dict[str, tuple[list[str], list[str]]]:
        """Task → what is withdrawn, what stays."""
        found = going_back.ways(scenario(**returns), self.held, self.task(element), self.doings)
        return {w.to.element: ([t.element for t in w.withdrawn], [t.element for t in w.kept]) for w in found}


def test_a_branch_goes_back_alone_and_the_whole_takes_its_sisters_along() -> None:
    ways = Paper("accept", "water").ways("sewer")
    assert ways == {"water": (["sewer"], ["fire"]), "accept": (["fire", "sewer"], [])}


def test_what_was_done_last_comes_first_and_each_task_once() -> None:
    paper = Paper("accept", "water", "sewer", "fire", "hose")
    assert [*paper.ways("issue")] == ["hose", "sewer", "fire", "water", "accept"]


@pytest.mark.parametrize(("said", "to"), [(False, set()), (("water",), {"water"}), (("hose",), set())])
def test_a_scenario_says_where_a_task_may_go_back_to(said: Any, to: set[str]) -> None:
    assert set(Paper("accept", "water").ways("sewer", sewer=said)) == to


def test_what_followed_is_undone_only_as_a_whole() -> None:
    paper = Paper("accept")
    branches = {task.token for task in paper.held.tasks}
    way = going_back.back(scenario(), paper.held, paper.doings[0], branches)
    assert way and {task.token for task in way.withdrawn} == branches
    assert going_back.back(scenario(), paper.held, paper.doings[0], [*branches][:1]) is None


def test_the_last_of_a_branch_is_undone_while_the_join_waits() -> None:
    paper = Paper("accept", "water", "sewer")
    way = going_back.back(scenario(), paper.held, paper.doings[-1], ())
    assert way and way.withdrawn == () and [task.element for task in way.kept] == ["fire"]


def test_one_answer_of_several_is_not_undone_for_that_would_ask_all_again() -> None:
    asked = net(START, task("answer", each_of("bodies")), task("sum"), END, path("start", "answer", "sum", "end"))
    data, marking = {"bodies": ["a", "b"]}, Marking()
    marking = advance(asked, marking, Started(), data).marking
    for token in marking.open_tasks(asked):
        marking = advance(asked, marking, TaskCompleted(token.id), data).marking
    (after,) = marking.open_tasks(asked)
    waits = OpenTask(after.id, "sum", "p", "handler", 99, None, AT, None)
    held = replace(Paper().held, marking=marking, data=data, tasks=(waits,))
    done = Doing(2, "answer", 99, "somebody", AT, {})
    page = replace(scenario(), net=asked)
    assert going_back.back(page, held, done, [after.id]) is None


def test_what_was_accepted_begun_or_signed_is_not_untouched() -> None:
    held = Paper("accept").held
    first = held.tasks[0]
    assert going_back.untouched(held, [first.token])
    for begun in (replace(first, claimed=AT), replace(first, arrived=AT)):
        assert not going_back.untouched(replace(held, tasks=(begun, *held.tasks[1:])), [first.token])
    signature = replace(first, token=99, signs=first.token)
    assert not going_back.untouched(replace(held, tasks=(*held.tasks, signature)), [first.token])
    assert not going_back.untouched(held, [98])


def test_an_ended_case_is_opened_again_where_something_was_done_within_its_days() -> None:
    paper = Paper("accept", "water", "sewer", "fire", "hose", "issue")
    found = going_back.again(scenario(), paper.held, paper.doings)
    assert {way.to.element for way in found} == {*TASKS} and all(not way.withdrawn for way in found)
    going_back.reopenable(scenario(), paper.held, AT + timedelta(days=30))
    for days, at in ((30, AT + timedelta(days=31)), (0, AT + timedelta(minutes=1))):
        with pytest.raises(Conflict):
            going_back.reopenable(scenario(days), paper.held, at)
    cancelled = replace(paper.held, phase=pages.CANCELLED)
    for held in (Paper("accept").held, replace(Paper("accept").held, closed=AT), cancelled):
        with pytest.raises(Conflict):
            going_back.reopenable(scenario(), held, AT)


@given(st.lists(st.integers(0, 5), max_size=12))
@settings(max_examples=50, deadline=None, derandomize=True)
def test_every_way_back_opens_its_task_keeps_the_rest_and_changes_nothing(choices: list[int]) -> None:
    paper = Paper()
    for choice in choices:
        if not paper.held.tasks:
            return
        paper.do(paper.held.tasks[choice % len(paper.held.tasks)].element)
    for task_ in paper.held.tasks:
        before = paper.held
        for way in going_back.ways(scenario(), paper.held, task_, paper.doings):
            assert {*way.withdrawn} | {*way.kept} == {*before.tasks} and not {*way.withdrawn} & {*way.kept}
            after = advance(PERMIT, before.marking, way.happening, {}).marking.open_tasks(PERMIT)
            kept = {kept.token for kept in way.kept}
            assert [token.at for token in after if token.id not in kept] == [way.to.element]
        assert paper.held == before
