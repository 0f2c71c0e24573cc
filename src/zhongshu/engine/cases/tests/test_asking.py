"""An official asks twelve bodies by Friday: three answer, one is urged, Friday passes, who asked collects what came."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from zhongshu.base.calendar.rules import SHANGHAI
from zhongshu.base.http.refusals import Conflict, Forbidden, Invalid
from zhongshu.base.permissions import rules as permissions
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.queries import answers
from zhongshu.engine.cases.queries.unreached import unreached
from zhongshu.engine.cases.tests.asked import Asking, bureaus
from zhongshu.engine.messages.models import Message


def told(asking: Asking, template: str) -> set[str]:
    return {str(message.account) for message in Message.objects.filter(case_id=asking.id, template=template)}


def friday(city: Any) -> datetime:
    """The end of office hours on the Friday after next."""
    day = city.now.astimezone(SHANGHAI).date()
    day += timedelta(days=(4 - day.weekday()) % 7 + 7)
    return datetime(day.year, day.month, day.day, 18, tzinfo=SHANGHAI)


def test_twelve_bodies_are_asked_by_friday_three_answer_and_who_asked_collects(city: Any) -> None:
    by = friday(city)
    asking = Asking(city, by=by.date().isoformat())
    waiting = asking.held.tasks
    assert {-task.pool for task in waiting} == set(asking.bodies) and {task.due for task in waiting} == {by}
    assert asking.held.title == "夜间施工怎么管" and asking.held.body == asking.by.body
    for body in asking.bodies[:3]:
        asking.answer(body, note=f"单位{body}同意")
    cases.urge(asking.id, asking.token(asking.bodies[3]), "请于周五前答复。", by=asking.by, at=city.now)
    assert cases.fire_due_timers(by + timedelta(minutes=1)) == 1
    assert [task.element for task in asking.held.tasks] == ["collect"]
    round_ = answers.rounds(asking.id, asking.scenario)[0]
    assert [row.state for row in round_.rows].count("answered") == round_.came == 3
    assert {row.body for row in round_.rows if row.state == "missing"} == set(asking.bodies[3:])
    assert {row.outcome["note"] for row in round_.rows if row.outcome} == {f"单位{b}同意" for b in asking.bodies[:3]}
    cases.complete(asking.id, asking.held.tasks[0].token, {}, by=asking.by, at=by + timedelta(hours=1))
    assert asking.held.closed is not None
    assert asking.verbs == [
        "case.opened", *["case.task_completed"] * 3, "case.urged", "case.timer_fired", "case.task_completed",
    ]  # fmt: skip


def test_entries_tell_who_was_asked_who_answered_and_who_did_not(city: Any) -> None:
    asking = Asking(city, 4, by=friday(city).date().isoformat())
    asking.answer(asking.bodies[0])
    cases.fire_due_timers(friday(city) + timedelta(minutes=1))
    assert [one["body"] for one in asking.facts("case.opened")["asked"]] == asking.bodies
    assert asking.facts("case.task_completed")["answered_for"] == asking.bodies[0]
    assert {one["body"] for one in asking.facts("case.timer_fired")["unasked"]} == set(asking.bodies[1:])


def test_bodies_hear_that_they_are_asked_and_that_it_is_over_and_the_starter_that_it_ended(city: Any) -> None:
    asking = Asking(city, 3, by=friday(city).date().isoformat())
    asking.answer(asking.bodies[0])
    cases.fire_due_timers(friday(city) + timedelta(minutes=1))
    cases.complete(asking.id, asking.held.tasks[0].token, {}, by=asking.by, at=friday(city) + timedelta(hours=1))
    city.react()
    assert told(asking, "asking.asked") and told(asking, "asking.over")
    assert told(asking, "start.ended") == {asking.by.id}
    assert not told(asking, "case.opened") and not told(asking, "case.closed")


def test_twelve_tasks_are_written_in_the_statement_of_the_case(city: Any) -> None:
    asking = Asking(city, 2)
    asking.bodies = bureaus(2)
    with CaptureQueriesContext(
        connection,
    ) as few:
        asking.start("asking-two", "2099-01-01")
    asking.bodies = bureaus(12)
    with CaptureQueriesContext(connection) as many:
        opened = asking.start("asking-twelve", "2099-01-01")
    assert len(opened.tasks) == 12
    writing = [query for query in many.captured_queries if "INSERT INTO cases_task" in query["sql"]]
    assert len(writing) == 1 and len(many) == len(few)


def test_a_body_is_added_and_another_dropped_while_it_runs(city: Any) -> None:
    asking = Asking(city, 3)
    more = next(body for body in bureaus(6) if body not in asking.bodies)
    cases.ask_body(asking.id, "ask", more, "漏了这个单位。", by=asking.by, at=city.now)
    cases.drop_body(asking.id, asking.token(asking.bodies[0]), "与其无关。", by=asking.by, at=city.now)
    round_ = answers.rounds(asking.id, asking.scenario)[0]
    states = {row.body: row.state for row in round_.rows}
    assert states[more] == "open" and states[asking.bodies[0]] == "dropped" and round_.asked == 3
    assert asking.held.data["ask"]["asked"] == [*asking.bodies[1:], more]
    city.react()
    assert told(asking, "asking.dropped")
    with pytest.raises(Invalid, match="已经在征询名单里"):
        cases.ask_body(asking.id, "ask", more, "再加一次。", by=asking.by, at=city.now)


def test_dropping_the_last_body_that_is_awaited_ends_the_asking(city: Any) -> None:
    asking = Asking(city, 2)
    asking.answer(asking.bodies[0])
    cases.drop_body(asking.id, asking.token(asking.bodies[1]), "不再需要。", by=asking.by, at=city.now)
    assert [task.element for task in asking.held.tasks] == ["collect"]


def test_all_who_are_missing_are_urged_at_once_and_again_only_after_an_hour(city: Any) -> None:
    asking = Asking(city, 3)
    asking.answer(asking.bodies[0])
    cases.urge(asking.id, asking.token(asking.bodies[1]), "请尽快答复。", by=asking.by, at=city.now)
    assert cases.urge_missing(asking.id, "ask", "请尽快答复。", by=asking.by, at=city.now) == 1
    with pytest.raises(Conflict, match="一小时"):
        cases.urge_missing(asking.id, "ask", "请尽快答复。", by=asking.by, at=city.now)
    later = city.now + timedelta(hours=1)
    assert cases.urge_missing(asking.id, "ask", "请尽快答复。", by=asking.by, at=later) == 2
    urged = {row.body: row.urged for row in answers.rounds(asking.id, asking.scenario)[0].rows}
    assert urged == dict(zip(asking.bodies, (0, 2, 2), strict=True))


def test_who_asks_without_running_the_shift_urges_adds_and_drops_too(city: Any) -> None:
    asking = Asking(city, 3, who="officer061", roles='"handler"')
    assert not permissions.may(asking.by, "case.assign", asking.held.reach, city.now)
    assert cases.urge_missing(asking.id, "ask", "请尽快答复。", by=asking.by, at=city.now) == 3
    cases.drop_body(asking.id, asking.token(asking.bodies[0]), "与其无关。", by=asking.by, at=city.now)
    assert asking.facts("case.body_dropped")["asked_body"] == asking.bodies[0]


def test_an_asking_ends_when_its_condition_is_met_and_the_others_are_let_go(city: Any) -> None:
    asking = Asking(city, 4, until="count(ask.answered) >= 2 or ask.agree = false")
    asking.answer(asking.bodies[0])
    assert len(asking.held.tasks) == 3
    asking.answer(asking.bodies[1])
    assert [task.element for task in asking.held.tasks] == ["collect"]
    assert {one["body"] for one in asking.facts("case.task_completed")["unasked"]} == set(asking.bodies[2:])


def test_only_who_asks_or_runs_the_shift_adds_and_drops_bodies(city: Any) -> None:
    asking = Asking(city, 2)
    somebody = asking.crew(asking.bodies[1])
    with pytest.raises(Forbidden):
        cases.drop_body(asking.id, asking.token(asking.bodies[1]), "不想答复。", by=somebody, at=city.now)
    asking.answer(asking.bodies[0])
    asking.answer(asking.bodies[1])
    with pytest.raises(Conflict, match="没有在征询"):
        cases.ask_body(asking.id, "ask", bureaus(3)[2], "再问一个。", by=asking.by, at=city.now)


def test_a_day_that_is_over_is_refused_beside_its_question(city: Any) -> None:
    from zhongshu.engine.intake.rules.questionnaire import Unfit

    asking = Asking(city, 2)
    with pytest.raises(Unfit) as refused:
        asking.start("asking-too-late", "2020-01-01")
    assert set(refused.value.problems) == {"by"}


def test_sending_a_start_twice_opens_one_case(city: Any) -> None:
    asking = Asking(city, 2)
    again = asking.start("asking-once", "2099-01-01")
    assert again.again and again.case_id == asking.id


def test_a_suspended_case_keeps_the_day_that_was_answered(city: Any) -> None:
    from zhongshu.engine.cases.actions import clocks

    asking = Asking(city, 2, by=friday(city).date().isoformat())
    clocks.stop(asking.held, "等上级答复", asking.by, city.now)
    assert {task.due for task in asking.held.tasks} == {None}
    clocks.go_on(asking.held, city.now + timedelta(hours=3))
    assert {task.due for task in asking.held.tasks} == {friday(city)}


def test_a_question_to_bodies_is_not_handed_out_as_work_in_the_street(city: Any) -> None:
    asking = Asking(city, 3, by=friday(city).date().isoformat())
    assert asking.id not in {task.case_id for task in unreached("handler", 1_000)}
