"""Lists show exactly what the check of one case lets through, whatever grants somebody holds."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhongshu.base.http.refusals import Forbidden
from zhongshu.base.permissions.rules import Actor, Grant, Scope
from zhongshu.engine.cases.actions import step
from zhongshu.engine.cases.queries import lists, worklist
from zhongshu.engine.cases.rules import checks
from zhongshu.engine.cases.rules.state import Held
from zhongshu.engine.cases.tests.walks import Walk
from zhongshu.registers.people.models import Body
from zhongshu.registers.places import queries as places

LAW = settings(max_examples=100, deadline=None, derandomize=True)


@pytest.fixture
def cases(city: Any) -> list[Held]:
    """Cases in several places and phases, some with a whistle out, some closed, some without a body."""
    walks = []
    for number in range(12):
        category, source = ("1101", "1601", "0101")[number % 3], ("patrol", "resident")[number % 4 == 3]
        spot = city.spot(number * 7)
        walks.append(Walk(city, category=category, source=source, spot=spot))
    for walk in walks[1:4]:
        if walk.open == ["handle"] and walk.held.category == "1601":
            other = Body.objects.filter(kind="bureau").exclude(pk=walk.held.body).order_by("-pk")[0]
            walk.do("handle", result="whistle", request="联合夜查。", first=other.pk)
    for walk in walks[4:8]:
        if walk.open == ["handle"]:
            walk.do("handle", result="not_ours", reason="不属于我单位职责。")
    walks[3].do("accept", accepted=False, reason="不属于受理范围。")
    return [walk.held for walk in walks]


def bodies_of(cases: list[Held]) -> st.SearchStrategy[int | None]:
    keys = sorted({-key for held in cases for key in held.reach if key < 0})
    return st.none() | st.sampled_from(keys)


def places_of(cases: list[Held]) -> st.SearchStrategy[int | None]:
    keys = sorted({key for held in cases for key in held.reach if key > 0})
    return st.none() | st.sampled_from(keys)


def test_a_list_holds_exactly_the_cases_its_scope_covers(cases: list[Held]) -> None:
    pairs = st.lists(st.tuples(bodies_of(cases), places_of(cases)), max_size=3)

    @LAW
    @given(pairs, st.booleans(), places_of(cases))
    def law(pairs: list[tuple[int | None, int | None]], running: bool, under: int | None) -> None:
        scope = Scope(tuple(dict.fromkeys(pairs)))
        expected = {
            held.number
            for held in cases
            if scope.covers(held.reach) and not (running and held.closed) and (under is None or under in held.reach)
        }
        rows = lists.page(scope, places.root(), running=running, under=under)
        assert {row.number for row in rows} == expected and len(rows) == len(expected)
        assert rows == sorted(rows, key=lambda row: (row.opened, row.id), reverse=True)
        first = lists.page(scope, places.root(), running=running, under=under, limit=2)
        after = lists.After(first[-1].opened, first[-1].id) if first else None
        rest = lists.page(scope, places.root(), running=running, under=under, after=after) if after else []
        assert [*first, *rest] == rows

    law()


def test_what_is_offered_is_exactly_what_one_may_take(city: Any, cases: list[Held]) -> None:
    bodies, places = bodies_of(cases), places_of(cases)

    def held_by(role: str) -> st.SearchStrategy[tuple[str, list[Grant]]]:
        grants = st.builds(Grant, role=st.sampled_from([role, role, role, "leader"]), body=bodies, place=places)
        return st.tuples(st.just(role), st.lists(grants, min_size=1, max_size=3))

    free = [(held, task) for held in cases for task in held.tasks if task.assignee is None]
    assert {task.role for _, task in free} == {"handler", "acceptor", "dispatcher"}

    @LAW
    @given(st.sampled_from(["handler", "acceptor", "dispatcher"]).flatmap(held_by))
    def law(held: tuple[str, list[Grant]]) -> None:
        role, grants = held
        actor = Actor("019a0000-0000-7000-8000-000000000001", "赵清", "staff", grants=tuple(grants))
        expected = {(held.id, task.token) for held, task in free if task.role == role and may(actor, held, task)}
        offered = worklist.offered(actor, role, city.now)
        assert {(row.case_id, row.token) for row in offered} == expected and len(offered) == len(expected)

    def may(actor: Actor, held: Held, task: Any) -> bool:
        try:
            checks.allowed(actor, step.reach_of_task(held, task), task, city.now)
        except Forbidden:
            return False
        return True

    law()


def test_whoever_may_take_a_task_has_the_case_in_their_reach(cases: list[Held]) -> None:
    for held in cases:
        assert all(set(step.reach_of_task(held, task)) <= set(held.reach) for task in held.tasks)


def test_one_s_own_tasks_are_those_assigned(city: Any, cases: list[Held]) -> None:
    for held in cases:
        for task in (task for task in held.tasks if task.assignee):
            own = worklist.mine(Actor(str(task.assignee), "赵清", "staff"))
            assert (held.id, task.token) in {(row.case_id, row.token) for row in own}
            assert {str(row.assignee) for row in own} == {task.assignee}
