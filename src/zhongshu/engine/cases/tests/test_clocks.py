"""The clock of a case: asked for by one, granted by another; what it stood still does not count."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from zhongshu.base.approvals import actions as approvals
from zhongshu.base.approvals import queries as waiting
from zhongshu.base.http.refusals import Conflict, Forbidden, Invalid
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.queries import clocks
from zhongshu.engine.cases.tests.walks import Walk

DAY = timedelta(days=1)


def granted(city: Any, walk: Walk, at: datetime) -> None:
    """Somebody else than who asked grants what waits about the case."""
    (proposal,) = [one for one in waiting.about(str(walk.id)) if one.decided is None]
    approvals.decide(proposal.pk, True, "同意", by=city.actor("supervisor"), at=at)


def suspended(city: Any, walk: Walk, at: datetime) -> None:
    cases.ask_suspend(walk.id, "等待产权单位开挖许可", by=walk.doer("handle"), at=at)
    granted(city, walk, at)


def test_a_suspended_case_is_not_due_and_goes_on_with_the_time_it_lost(city: Any) -> None:
    walk = Walk(city, category="0214")  # four hours on the clock
    opened = walk.task("handle").opened
    before = walk.task("handle").due
    suspended(city, walk, opened + timedelta(hours=1))
    assert walk.task("handle").due is None and walk.held.due is None
    assert cases.raise_alarms(opened + 9 * DAY) == 0
    cases.resume(walk.id, by=walk.doer("handle"), at=opened + timedelta(hours=6))
    assert walk.task("handle").due == before + timedelta(hours=5)
    assert [v for v in walk.verbs if v in ("case.suspended", "case.resumed")] == ["case.suspended", "case.resumed"]


def test_asking_alone_changes_nothing_and_is_seen_on_the_case(city: Any) -> None:
    walk = Walk(city)
    due = walk.task("handle").due
    cases.ask_suspend(walk.id, "等待许可", by=walk.doer("handle"), at=city.now)
    assert walk.task("handle").due == due and clocks.stopped(walk.id) is None
    assert walk.verbs[-1] == "case.suspension_asked"
    with pytest.raises(Conflict, match="在等待审批"):
        cases.ask_suspend(walk.id, "等待许可", by=walk.doer("handle"), at=city.now)


def test_more_time_is_granted_in_the_unit_of_the_term_and_warns_anew(city: Any) -> None:
    walk = Walk(city, category="0214")
    task = walk.task("handle")
    late = task.opened + timedelta(hours=3, minutes=30)
    cases.raise_alarms(late)
    cases.ask_extend(walk.id, task.token, 4, "要等备件", by=walk.doer("handle"), at=late)
    granted(city, walk, late)
    assert walk.task("handle").due == task.due + timedelta(hours=4)
    assert walk.held.due is not None and walk.held.due >= walk.task("handle").due
    before = walk.verbs.count("case.warned")
    cases.raise_alarms(task.opened + timedelta(hours=6, minutes=30))
    assert walk.verbs.count("case.warned") == before + 1


def test_timers_stand_still_too(city: Any) -> None:
    walk = Walk(city)
    suspended(city, walk, city.now)
    assert cases.fire_due_timers(city.now + 30 * DAY) == 0


@pytest.mark.parametrize("amount", [0, -1, 5, 10**9])
def test_more_time_than_the_term_itself_is_refused(city: Any, amount: int) -> None:
    walk = Walk(city, category="0214")
    with pytest.raises(Invalid, match="不超过原定期限"):
        cases.ask_extend(walk.id, walk.task("handle").token, amount, "要等备件", by=walk.doer("handle"), at=city.now)


def test_who_has_no_part_in_the_case_asks_for_nothing(city: Any) -> None:
    walk = Walk(city)
    with pytest.raises(Forbidden, match="正在办理的人员或值班长"):
        cases.ask_suspend(walk.id, "等待许可", by=city.actor("leader"), at=city.now)


def test_what_is_closed_before_the_decision_is_not_suspended(city: Any) -> None:
    walk = Walk(city)
    cases.ask_suspend(walk.id, "等待许可", by=walk.doer("handle"), at=city.now)
    walk.do("handle", result="done", note="已清理。")
    walk.do("verify", passed=True)
    walk.do("close")
    with pytest.raises(Conflict, match="已经办结"):
        granted(city, walk, city.now)


def test_only_a_stopped_clock_goes_on(city: Any) -> None:
    walk = Walk(city)
    with pytest.raises(Conflict, match="没有挂起"):
        cases.resume(walk.id, by=walk.doer("handle"), at=city.now)


def test_nothing_is_finished_while_the_clock_stands_still(city: Any) -> None:
    walk = Walk(city)
    suspended(city, walk, city.now)
    with pytest.raises(Conflict, match="已经挂起"):
        walk.do("handle", result="done", note="已清理。")
    cases.resume(walk.id, by=walk.doer("handle"), at=city.now + timedelta(hours=1))
    walk.do("handle", result="done", note="已清理。")
    assert walk.open == ["verify"]
