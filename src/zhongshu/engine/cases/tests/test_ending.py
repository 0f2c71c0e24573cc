"""A case may end before its process does: taken back, cancelled, or a false alarm; in one way."""

from datetime import timedelta
from typing import Any

import pytest

from zhongshu.base.http.refusals import Absent, Conflict, Forbidden, Invalid
from zhongshu.base.permissions.rules import ANONYMOUS
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.queries import clocks, supplement
from zhongshu.engine.cases.tests.test_supplement import Report
from zhongshu.engine.cases.tests.test_whistle import Whistle
from zhongshu.engine.cases.tests.walks import Walk
from zhongshu.engine.messages.models import Message


def told(walk: Walk, template: str) -> set[str]:
    return {str(message.account) for message in Message.objects.filter(case_id=walk.id, template=template)}


def left(walk: Walk) -> tuple[Any, ...]:
    """What still waits on a case: open tasks, tokens, timers, and whether it counts as running anywhere."""
    running = [row for row in walk.rows("cases_reach", "running") if row[0]]
    return walk.open, walk.held.marking.tokens, walk.rows("cases_timer", "token"), running


def test_the_account_that_told_takes_its_case_back(city: Any) -> None:
    report = Report(city)
    cases.withdraw(report.id, "噪声已停止", by=report.resident, at=city.now)
    assert report.held.phase == "withdrawn" and report.held.closed and left(report) == ([], (), [], [])
    assert report.verbs[-1] == "case.withdrawn"
    city.react()
    assert told(report, "case.withdrawn") == {report.resident.id}


def test_so_does_who_has_its_query_code_and_nobody_else(city: Any) -> None:
    report = Report(city, account=None)
    with pytest.raises(Absent):
        cases.withdraw(report.id, "不需要了", by=report.resident, at=city.now)
    with pytest.raises(Absent):
        cases.withdraw(report.id, "不需要了", code=" ", by=ANONYMOUS, at=city.now)
    cases.withdraw(report.id, "不需要了", code=report.opened.query_code, by=ANONYMOUS, at=city.now)
    assert report.held.phase == "withdrawn"


def test_what_was_decided_or_closed_is_not_taken_back(city: Any) -> None:
    report = Report(city, "1101")
    for element, answers in (("accept", {"accepted": True}), ("file", {"filed": True})):
        report.do(element, **answers)
    report.do("handle", result="done", note="已清理。")
    report.do("verify", passed=True)
    with pytest.raises(Conflict, match="已经作出决定"):
        cases.withdraw(report.id, "不需要了", by=report.resident, at=city.now)
    report.do("close")
    with pytest.raises(Conflict, match="已经办结"):
        cases.withdraw(report.id, "不需要了", by=report.resident, at=city.now)


def test_a_verdict_that_sends_it_back_decides_nothing(city: Any) -> None:
    report = Report(city, "1101")
    for element, answers in (("accept", {"accepted": True}), ("file", {"filed": True})):
        report.do(element, **answers)
    report.do("handle", result="done", note="已清理。")
    report.do("verify", passed=False, note="还有垃圾。")
    cases.withdraw(report.id, "我自己清了", by=report.resident, at=city.now)
    assert report.held.phase == "withdrawn"


def test_what_others_told_of_too_is_not_one_person_s_to_end(city: Any) -> None:
    report, leader = Report(city), city.actor("leader")
    mine = cases.Follower(key="follow-00000002", source="resident", account=report.resident.id)
    cases.follow(report.id, mine, by=report.resident, at=city.now)
    theirs = cases.Follower(key="follow-00000003", source="resident", account=leader.id)
    cases.follow(report.id, theirs, by=leader, at=city.now)
    with pytest.raises(Conflict, match="还有其他人"):
        cases.withdraw(report.id, "不需要了", by=report.resident, at=city.now)


def test_telling_twice_is_still_one_person(city: Any) -> None:
    report = Report(city)
    again = cases.Follower(key="follow-00000004", source="resident", account=report.resident.id)
    cases.follow(report.id, again, by=report.resident, at=city.now)
    cases.withdraw(report.id, "不需要了", by=report.resident, at=city.now)
    assert report.held.closed


def test_without_a_reason_nothing_is_taken_back(city: Any) -> None:
    report = Report(city)
    with pytest.raises(Invalid, match="请写明原因"):
        cases.withdraw(report.id, " ", by=report.resident, at=city.now)
    assert report.held.closed is None


def test_a_clock_that_stood_still_and_a_list_that_waited_end_with_the_case(city: Any) -> None:
    report = Report(city)
    report.ask()
    cases.withdraw(report.id, "不办了", by=report.resident, at=city.now + timedelta(days=1))
    assert clocks.stopped(report.id) is None and clocks.pauses(report.id)[0].ended
    assert supplement.of_case(report.id)[0].ending == "dropped"


def test_the_shift_cancels_with_a_reason_and_everybody_hears_of_it(city: Any) -> None:
    report = Report(city, "1101")
    report.do("accept", accepted=True)
    report.do("file", filed=True)
    officer = report.doer("handle").id
    with pytest.raises(Forbidden, match="值班长"):
        cases.cancel(report.id, "重复登记", by=city.actor("dispatcher"), at=city.now)
    cases.cancel(report.id, "重复登记", by=city.actor("supervisor"), at=city.now)
    assert report.held.phase == "cancelled" and left(report) == ([], (), [], [])
    city.react()
    assert told(report, "task.cancelled") == {officer} and told(report, "case.cancelled") == {report.resident.id}


def test_who_cancels_too_late_is_told_what_happened(city: Any) -> None:
    report, supervisor = Report(city), city.actor("supervisor")
    revision = report.held.revision
    cases.withdraw(report.id, "不办了", by=report.resident, at=city.now)
    with pytest.raises(Conflict) as refused:
        cases.cancel(report.id, "重复登记", revision=revision, by=supervisor, at=city.now)
    assert [step["verb"] for step in refused.value.happened] == ["case.withdrawn"]


def test_bodies_that_were_called_need_not_come_any_more(city: Any) -> None:
    walk = Whistle(city)
    crew = walk.crew(walk.bodies[0]).id
    cases.cancel(walk.id, "现场已散", by=city.actor("supervisor"), at=city.now)
    city.react()
    assert crew in told(walk, "whistle.over") and crew not in told(walk, "task.cancelled")


def test_who_told_of_a_merged_case_hears_of_the_end_of_the_other(city: Any) -> None:
    first, second = Walk(city), Report(city, "1101")
    cases.merge(second.id, first.id, "同一堆垃圾", by=city.actor("supervisor"), at=city.now)
    cases.cancel(first.id, "不属实", by=city.actor("supervisor"), at=city.now)
    city.react()
    assert told(second, "case.cancelled") == {second.resident.id}
