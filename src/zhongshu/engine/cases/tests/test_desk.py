"""What a dispatch desk has before it, and taking a task back from its body."""

from datetime import timedelta
from typing import Any

import pytest

from zhongshu.base.http.refusals import Absent, Conflict, Forbidden, Invalid
from zhongshu.base.permissions.rules import Scope
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.models import Case, Pause, Task
from zhongshu.engine.cases.queries import desk
from zhongshu.engine.cases.queries.desk import KINDS, Desk, Kind
from zhongshu.engine.cases.queries.lists import After
from zhongshu.engine.cases.tests.walks import Walk
from zhongshu.registers.people.models import Body
from zhongshu.registers.places import queries as places

EVERYTHING = Scope(((None, None),))


def before(city: Any, scope: Scope = EVERYTHING) -> Desk:
    return desk.desk(scope, places.root(), city.now)


def waiting(city: Any, number: int = 0) -> Walk:
    """A case that waits for an officer of its body."""
    walk = Walk(city, spot=city.spot(number * 5))
    Task.objects.filter(case_id=walk.id).update(assignee=None)
    return walk


@pytest.fixture
def five_of_each(city: Any) -> list[Walk]:
    """Five cases that wait for an officer, are late and stand still, and five that wait for a dispatcher."""
    walks = [waiting(city, number) for number in range(10)]
    for number, walk in enumerate(walks[:5]):
        late = city.now - timedelta(hours=number // 2 + 1)
        Task.objects.filter(case_id=walk.id).update(due=late)
        Pause.objects.create(case_id=walk.id, started=late, reason="等待鉴定", actor=city.account("leader").pk)
    for walk in walks[5:]:
        cases.take_back(walk.id, walk.task("handle").token, "职责有误", by=city.actor("dispatcher"), at=city.now)
    return walks


def in_pages(of: Desk, kind: Kind) -> list[str]:
    """The numbers of a kind, read two at a time."""
    found: list[str] = []
    after: After | None = None
    while True:
        rows = desk.page(of, kind, after, 3)
        found += [row.number for row in rows[:2]]
        following = desk.following(rows, 2)
        if not following:
            return found
        after = After.parse(following)


def test_pages_of_every_kind_hold_each_case_once(city: Any, five_of_each: list[Walk]) -> None:
    of = before(city)
    first, last = ({walk.held.number for walk in part} for part in (five_of_each[:5], five_of_each[5:]))
    expected = {"person": last, "officer": first, "running": first | last, "late": first, "suspended": first}
    for kind in KINDS:
        found = in_pages(of, kind)
        assert sorted(found) == sorted(expected[kind]), kind
        assert found == [row.number for row in desk.page(of, kind)], kind
    assert desk.counts(of) == {"person": 5, "officer": 5, "late": 5, "suspended": 5}


def test_a_desk_shows_its_own_scope_alone(city: Any, five_of_each: list[Walk]) -> None:
    held = five_of_each[0].held
    body = held.body
    for scope in (Scope(()), Scope(((None, 999999),)), Scope(((10**9, held.place),))):
        of = before(city, scope)
        assert all(desk.page(of, kind) == [] for kind in KINDS) and not any(desk.counts(of).values())
    for pair in ((None, held.place), (body, None), (body, held.place)):
        scope = Scope((pair,))
        inside = {walk.held.number for walk in five_of_each if scope.covers(walk.held.reach)}
        assert {row.number for row in desk.page(before(city, scope), "running")} == inside


def test_a_case_late_itself_is_told_once(city: Any) -> None:
    walk = waiting(city)
    Case.objects.filter(pk=walk.id).update(due=city.now - timedelta(hours=1))
    Task.objects.filter(case_id=walk.id).update(due=city.now - timedelta(hours=2))
    assert [row.number for row in desk.page(before(city), "late")] == [walk.held.number]


def test_a_desk_asks_the_same_few_statements(
    city: Any, five_of_each: list[Walk], django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(2):
        of = before(city)
    with django_assert_num_queries(1):
        desk.counts(of)
    for kind in KINDS:
        with django_assert_num_queries(2):
            desk.page(of, kind)


def test_what_is_taken_back_counts_against_the_body_and_waits_for_a_dispatcher(city: Any) -> None:
    walk = waiting(city)
    body = walk.held.body
    cases.take_back(walk.id, walk.task("handle").token, "不是本单位的设施", by=city.actor("supervisor"), at=city.now)
    assert walk.open == ["choose"]
    entry = city.trace(walk.id)[-1]
    outcome = {"result": "not_ours", "reason": "不是本单位的设施"}
    assert (entry["facts"]["outcome"], entry["facts"]["before"]) == (outcome, body)


def test_a_redirected_case_is_another_bodys_or_stays_as_it_was(city: Any) -> None:
    walk, by = waiting(city), city.actor("dispatcher")
    token, body = walk.task("handle").token, walk.held.body
    with pytest.raises(Invalid):
        cases.redirect(walk.id, token, 10**9, "道路由区里养护", by=by, at=city.now)
    assert (walk.open, walk.held.body) == (["handle"], body)
    other = Body.objects.filter(kind="bureau", ended=None).exclude(pk=body).order_by("pk")[0]
    cases.redirect(walk.id, token, other.pk, "道路由区里养护", by=by, at=city.now)
    assert (walk.open, walk.held.body, walk.task("handle").pool) == (["handle"], other.pk, -other.pk)


def test_a_task_is_taken_back_by_who_dispatches_and_from_where_the_drawing_allows_it(city: Any) -> None:
    walk = waiting(city)
    token, by = walk.task("handle").token, city.actor("dispatcher")
    with pytest.raises(Forbidden):
        cases.take_back(walk.id, token, "职责有误", by=city.actor("acceptor"), at=city.now)
    with pytest.raises(Absent):
        cases.take_back(walk.id, token, "职责有误", by=city.actor("resident"), at=city.now)
    cases.take_back(walk.id, token, "职责有误", by=by, at=city.now)
    with pytest.raises(Conflict) as moved:
        cases.take_back(walk.id, token, "职责有误", revision=1, by=by, at=city.now)
    assert [entry["verb"] for entry in moved.value.happened] == ["case.task_completed"]
    with pytest.raises(Conflict):
        cases.take_back(walk.id, walk.task("choose").token, "职责有误", by=by, at=city.now)


def test_a_dispatcher_gives_out_what_nobody_has_and_only_that(city: Any) -> None:
    walk, by = waiting(city), city.actor("dispatcher")
    token, first, second = walk.task("handle").token, walk.doer("handle", 0), walk.doer("handle", 1)
    cases.assign(walk.id, token, first.id, "就近处置", instead_of="", by=by, at=city.now)
    with pytest.raises(Conflict):
        cases.assign(walk.id, token, second.id, "就近处置", instead_of="", by=by, at=city.now)
    with pytest.raises(Forbidden):
        cases.assign(walk.id, token, second.id, "就近处置", by=by, at=city.now)
    assert walk.task("handle").assignee == first.id
