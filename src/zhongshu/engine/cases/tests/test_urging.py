"""Urging: counted on the task, told to who has it, or to the people it is offered to."""

from datetime import timedelta
from typing import Any

import pytest

from zhongshu.base.http.refusals import Absent, Conflict, Forbidden
from zhongshu.base.permissions.rules import ANONYMOUS
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.queries import lists, one, worklist
from zhongshu.engine.cases.tests.test_supplement import Report
from zhongshu.engine.cases.tests.test_whistle import Whistle
from zhongshu.engine.cases.tests.walks import Walk
from zhongshu.engine.messages.models import Message
from zhongshu.registers.people import queries as people

DAY = timedelta(days=1)


def told(walk: Walk) -> dict[str, Any]:
    """Who was urged, and what they were told."""
    return {str(m.account): m.facts for m in Message.objects.filter(case_id=walk.id, template="task.urged")}


def test_the_shift_urges_the_holder_and_it_is_counted_where_the_task_is_listed(city: Any) -> None:
    walk, supervisor = Walk(city), city.actor("supervisor")
    task, officer = walk.task("handle"), walk.doer("handle")
    cases.urge(walk.id, task.token, "市民在等", by=supervisor, at=city.now)
    cases.urge(walk.id, task.token, "还没有到场", by=supervisor, at=city.now + timedelta(hours=2))
    assert next(row for row in worklist.mine(officer) if row.case_id == walk.id).urged == 2
    assert one.view(walk.id).open_tasks[0].urged == one.view(walk.id).row.urged == 2
    city.react()
    assert set(told(walk)) == {officer.id} and told(walk)[officer.id]["times"] in (1, 2)


def test_the_people_a_task_is_offered_to_are_told_where_nobody_has_it(city: Any) -> None:
    report = Report(city)
    cases.urge_own(report.id, "三天了", by=report.resident, at=city.now)
    city.react()
    able = people.holders("acceptor", report.held.reach, city.now)
    assert set(told(report)) == {str(account.pk) for account in able} != set()


def test_an_applicant_urges_once_a_day_by_account_or_code(city: Any) -> None:
    report = Report(city)
    code = report.opened.query_code
    cases.urge_own(report.id, by=report.resident, at=city.now)
    with pytest.raises(Conflict, match="明天可以再催"):
        cases.urge_own(report.id, code=code, by=ANONYMOUS, at=city.now)
    cases.urge_own(report.id, code=code, by=ANONYMOUS, at=city.now + DAY)
    assert one.view(report.id).row.urged == 2
    with pytest.raises(Absent):
        cases.urge_own(report.id, by=city.actor("leader"), at=city.now)


def test_a_merged_case_is_urged_where_it_went(city: Any) -> None:
    first, second = Walk(city), Report(city, "1101")
    cases.merge(second.id, first.id, "同一堆垃圾", by=city.actor("supervisor"), at=city.now)
    cases.urge_own(second.id, by=second.resident, at=city.now)
    assert one.view(first.id).row.urged == 1
    with pytest.raises(Conflict, match="明天"):
        cases.urge_own(second.id, by=second.resident, at=city.now)


def test_who_does_not_run_the_shift_urges_nobody(city: Any) -> None:
    walk = Walk(city)
    with pytest.raises(Forbidden, match="值班长"):
        cases.urge(walk.id, walk.task("handle").token, "快点", by=city.actor("dispatcher"), at=city.now)


def test_the_blower_of_a_whistle_urges_the_called_bodies(city: Any) -> None:
    walk = Whistle(city)
    cases.urge(walk.id, walk.waiting(walk.bodies[0]).token, "等您到场", by=walk.street, at=city.now)
    city.react()
    assert walk.crew(walk.bodies[0]).id in told(walk) and walk.crew(walk.bodies[1]).id not in told(walk)


def test_one_official_does_not_urge_the_same_task_within_the_hour(city: Any) -> None:
    walk, token = Walk(city), 0
    token = walk.task("handle").token
    cases.urge(walk.id, token, "市民在等", by=city.actor("supervisor"), at=city.now)
    with pytest.raises(Conflict, match="一小时后"):
        cases.urge(walk.id, token, "市民在等", by=city.actor("supervisor"), at=city.now)


def test_while_the_applicant_is_waited_for_nobody_is_urged_and_a_gone_task_says_what_happened(city: Any) -> None:
    report = Report(city)
    token = report.task("accept").token
    report.ask()
    with pytest.raises(Conflict, match="已经挂起"):
        cases.urge_own(report.id, by=report.resident, at=city.now)
    report.answer()
    report.do("accept", accepted=True)
    with pytest.raises(Conflict) as refused:
        cases.urge(report.id, token, "快点", by=city.actor("supervisor"), at=city.now)
    assert refused.value.happened


def test_a_list_of_cases_counts_only_tasks_that_are_open(city: Any) -> None:
    report = Report(city, "1101")
    cases.urge_own(report.id, by=report.resident, at=city.now)
    assert lists.mine(report.resident)[0].row.urged == 1
    report.do("accept", accepted=True)
    assert lists.mine(report.resident)[0].row.urged == 0
