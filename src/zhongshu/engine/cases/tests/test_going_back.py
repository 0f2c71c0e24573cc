"""A case goes back: returned, recalled, opened again; what follows is withdrawn, what was filled in stays."""

from datetime import timedelta
from typing import Any

import pytest

from zhongshu.base.http.refusals import Conflict, Forbidden, Invalid
from zhongshu.base.journal import queries as journal
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.queries import clocks, one
from zhongshu.engine.cases.queries.doings import doings
from zhongshu.engine.cases.tests.test_whistle import Whistle
from zhongshu.engine.cases.tests.walks import Walk
from zhongshu.engine.messages.models import Message


def last(walk: Walk) -> Any:
    return journal.trace("case", str(walk.id))[-1]


def token(walk: Walk, element: str) -> int:
    """The token of a task that was done."""
    return next(doing.token for doing in doings(walk.id) if doing.element == element)


def back(walk: Walk, here: str, to: str, by: Any = None, **more: Any) -> Any:
    """Return the case from an open task, by whoever has it."""
    task = walk.task(here)
    doer = by or walk.doer(here)
    if task.assignee is None and by is None:
        cases.claim(walk.id, task.token, by=doer, at=walk.city.now)
    return cases.send_back(walk.id, task.token, to, "照片看不清，请重拍。", by=doer, at=walk.city.now, **more)


@pytest.fixture
def handled(city: Any) -> Walk:
    """A case that waits to be verified."""
    walk = Walk(city)
    walk.do("handle", note="已清扫。", result="done")
    return walk


@pytest.fixture
def closed(handled: Walk) -> Walk:
    """A case that was verified and closed."""
    handled.do("verify", passed=True)
    handled.do("close")
    assert handled.held.closed
    return handled


def test_a_case_goes_back_to_who_did_the_task_and_what_they_filled_in_stays(handled: Walk) -> None:
    doer = handled.held.data["handle"]["by"]
    change = back(handled, "verify", "handle")
    assert (handled.open, handled.held.phase) == (["handle"], "handling")
    assert change.opened[0].assignee == doer and handled.held.data["handle"]["note"] == "已清扫。"
    facts = last(handled).facts
    assert (facts["task"], facts["back_to"], facts["reason"]) == ("verify", "handle", "照片看不清，请重拍。")
    assert [task["element"] for task in facts["withdrawn"]] == ["verify"] and facts["kept"] == []


def test_what_will_happen_is_told_before_and_nothing_is_done(handled: Walk) -> None:
    verifier, task = handled.doer("verify"), handled.task("verify")
    cases.claim(handled.id, task.token, by=verifier, at=handled.city.now)
    before = handled.held
    ways = cases.ways_back(handled.id, task.token, by=verifier, at=handled.city.now)
    assert [(way.to.element, [gone.element for gone in way.withdrawn], way.kept) for way in ways] == [
        ("handle", ["verify"], ())
    ]
    assert handled.held.revision == before.revision and handled.open == ["verify"]


def test_a_body_called_by_a_whistle_may_return_it_and_the_others_are_withdrawn_and_told(city: Any) -> None:
    walk = Whistle(city)
    first, second, third = walk.bodies
    walk.answer(second)
    crew = walk.crew(first)
    task = walk.waiting(first)
    cases.claim(walk.id, task.token, by=crew, at=city.now)
    change = cases.send_back(walk.id, task.token, "handle", "点名有误，请重新选定。", by=crew, at=city.now)
    assert walk.open == ["handle"] and change.opened[0].assignee == walk.street.id
    assert {body: call.state for body, call in walk.calls().items()} == {
        first: "off", second: "answered", third: "off"
    }  # fmt: skip
    city.react()
    told = set(Message.objects.filter(case_id=walk.id, template="task.no_longer").values_list("account", flat=True))
    assert walk.crew(third).id in {str(account) for account in told}
    assert not Message.objects.filter(case_id=walk.id, template="whistle.over").exists()


def test_a_case_goes_back_to_who_called_bodies_not_to_what_they_answered(city: Any) -> None:
    walk = Whistle(city)
    for body in walk.bodies:
        walk.answer(body)
    walk.do("handle", walk.street, result="done")
    supervisor = city.actor("supervisor")
    ways = cases.ways_back(walk.id, walk.task("verify").token, by=supervisor, at=city.now)
    assert [way.to.element for way in ways] == ["handle"]


def test_who_has_to_do_it_again_is_told_why(handled: Walk) -> None:
    doer = handled.held.data["handle"]["by"]
    back(handled, "verify", "handle")
    handled.city.react()
    message = Message.objects.get(case_id=handled.id, template="task.returned")
    assert str(message.account) == doer and message.facts["reason"] == "照片看不清，请重拍。"


def test_only_who_has_the_task_or_runs_the_shift_returns_it(handled: Walk) -> None:
    task, at = handled.task("verify"), handled.city.now
    with pytest.raises(Forbidden):
        cases.send_back(handled.id, task.token, "handle", "请重办。", by=handled.doer("verify"), at=at)
    supervisor = handled.city.actor("supervisor")
    assert cases.send_back(handled.id, task.token, "handle", "请重办。", by=supervisor, at=at).phase == "handling"


def test_no_reason_no_such_task_and_a_task_that_is_over_are_refused(handled: Walk) -> None:
    city, task = handled.city, handled.task("verify")
    supervisor, revision = city.actor("supervisor"), handled.held.revision
    with pytest.raises(Invalid):
        cases.send_back(handled.id, task.token, "handle", " ", by=supervisor, at=city.now)
    for to in ("close", "verify", "nothing", "signature"):
        with pytest.raises(Conflict):
            cases.send_back(handled.id, task.token, to, "请重办。", by=supervisor, at=city.now)
    assert handled.open == ["verify"]
    handled.do("verify", passed=True)
    with pytest.raises(Conflict) as moved:
        cases.send_back(handled.id, task.token, "handle", "请重办。", revision=revision, by=supervisor, at=city.now)
    assert [entry["verb"] for entry in moved.value.happened] == ["case.task_completed"]


def test_a_task_that_came_back_goes_to_its_pool_when_its_doer_may_not_any_more(handled: Walk) -> None:
    from zhongshu.registers.people.models import Grant

    Grant.objects.filter(account_id=handled.held.data["handle"]["by"], role="handler").delete()
    change = back(handled, "verify", "handle", by=handled.city.actor("supervisor"))
    assert change.opened[0].assignee is None


def test_one_takes_back_what_one_has_just_done(handled: Walk) -> None:
    by = handled.actor(handled.held.data["handle"]["by"])
    cases.recall(handled.id, token(handled, "handle"), "漏传照片。", by=by, at=handled.city.now)
    assert handled.open == ["handle"] and handled.task("handle").assignee == by.id
    assert last(handled).verb == "case.recalled"
    handled.do("handle", by, note="已清扫，补传照片。", result="done")
    assert handled.open == ["verify"]


def test_nobody_takes_back_what_others_have_begun_or_what_is_not_theirs(handled: Walk) -> None:
    city, done = handled.city, token(handled, "handle")
    by, verifier = handled.actor(handled.held.data["handle"]["by"]), handled.doer("verify")
    with pytest.raises(Forbidden):
        cases.recall(handled.id, done, "漏传照片。", by=verifier, at=city.now)
    cases.claim(handled.id, handled.task("verify").token, by=verifier, at=city.now)
    with pytest.raises(Conflict) as begun:
        cases.recall(handled.id, done, "漏传照片。", by=by, at=city.now)
    assert [entry["verb"] for entry in begun.value.happened] == ["case.task_claimed"]


def test_a_whistle_is_taken_back_while_no_body_has_come(city: Any) -> None:
    walk = Whistle(city)
    cases.recall(walk.id, token(walk, "handle"), "点错单位。", by=walk.street, at=city.now)
    assert walk.open == ["handle"] and {call.state for call in walk.calls().values()} == {"off"}


def test_a_closed_case_is_opened_again_where_it_was_done(closed: Walk) -> None:
    city, ended = closed.city, closed.held.closed
    assert ended is not None
    due, later = closed.held.due, ended + timedelta(days=3)
    supervisor = city.actor("supervisor")
    assert {way.to.element for way in cases.ways_again(closed.id, by=supervisor, at=later)} == {
        "handle", "verify", "close"
    }  # fmt: skip
    change = cases.reopen(closed.id, "handle", "回访时居民反映仍未清理。", by=supervisor, at=later)
    held = closed.held
    assert (held.closed, held.phase, closed.open) == (None, "handling", ["handle"])
    assert change.opened[0].assignee == held.data["handle"]["by"]
    assert held.due is not None and due is not None and held.due >= max(due, held.tasks[0].due)
    assert [(pause.started, pause.ended) for pause in clocks.pauses(closed.id)] == [(ended, later)]
    assert set(closed.rows("cases_reach", "running")) == {(True,)}
    closed.do("handle", note="重新清扫。", result="done")
    closed.do("verify", passed=True)
    closed.do("close")
    assert closed.held.closed and set(closed.rows("cases_reach", "running")) == {(False,)}


def test_a_running_a_merged_and_a_long_closed_case_are_not_opened_again(closed: Walk) -> None:
    city, supervisor = closed.city, closed.city.actor("supervisor")
    running, merged = Walk(city), Walk(city, spot=city.spot(1))
    cases.merge(merged.id, running.id, "同一件事。", by=supervisor, at=city.now)
    for walk in (running, merged):
        with pytest.raises(Conflict):
            cases.reopen(walk.id, "handle", "请重办。", by=supervisor, at=city.now)
    ended = closed.held.closed
    assert ended is not None
    with pytest.raises(Conflict):
        cases.reopen(closed.id, "handle", "请重办。", by=supervisor, at=ended + timedelta(days=31))
    with pytest.raises(Forbidden):
        cases.reopen(closed.id, "handle", "请重办。", by=city.actor("acceptor"), at=ended)


def test_whoever_told_of_a_case_hears_that_it_goes_on(city: Any) -> None:
    walk = Walk(city, source="resident", by="resident", account=city.actor("resident").id)
    supervisor = city.actor("supervisor")
    walk.do("accept", accepted=False, reason="不属于城市管理。")
    assert walk.held.closed
    cases.reopen(walk.id, "accept", "复核后应当受理。", by=supervisor, at=city.now + timedelta(hours=1))
    city.react()
    told = Message.objects.filter(case_id=walk.id, template="case.reopened")
    assert [str(message.account) for message in told] == [str(city.account("resident").pk)]
    assert one.view(walk.id).row.closed is None
