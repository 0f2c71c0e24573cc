"""What nobody has reached yet is planned together, for officers who may do it."""

from django.db.models import F

from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.models import Pause
from zhongshu.engine.dispatch import actions as dispatch
from zhongshu.engine.dispatch.models import Position
from zhongshu.engine.messages.models import Message
from zhongshu.registers.people import queries as people


def _waiting(city, number: int):
    """Cases whose officer gave them back, so that they wait in the body's pool."""
    found = []
    for n in range(number):
        opened = city.report(spot=city.spot(n))
        task = opened.tasks[0]
        officer = people.actor(task.assignee, city.now)
        cases.release(opened.case_id, task.token, "车辆故障", by=officer, at=city.now)
        found.append((opened.case_id, task.token, officer.id))
    return found


def test_a_released_task_goes_to_somebody_else_with_reasons(city):
    [(case_id, token, before)] = _waiting(city, 1)
    assert dispatch.plan_together(city.now) == 1
    task = city.held(case_id).task(token)
    assert task.assignee not in (None, before)
    told = [entry for entry in city.trace(case_id) if entry["verb"] == "case.task_assigned"][-1]
    assert told["facts"]["why"]["reasons"][0]["gaps"]["minutes"] >= 0
    assert dispatch.plan_together(city.now) == 0


def test_several_that_wait_are_shared_out_at_once_and_a_second_look_finds_nothing(city):
    waiting = _waiting(city, 4)
    assert dispatch.plan_together(city.now) == 4
    assert all(city.held(case_id).task(token).assignee for case_id, token, _ in waiting)
    assert dispatch.plan_together(city.now) == 0


def test_without_a_fresh_position_a_task_keeps_waiting(city):
    [(case_id, token, _)] = _waiting(city, 1)
    Position.objects.all().delete()
    assert dispatch.plan_together(city.now) == 0
    assert city.held(case_id).task(token).assignee is None


def _on_the_way(city):
    """A case whose officer a rule has sent, and the officer, who now turns out to be far away."""
    opened = city.report(spot=city.spot())
    task = opened.tasks[0]
    Position.objects.filter(account=task.assignee).update(lon=F("lon") + 0.2)
    return opened.case_id, task.token, task.assignee


def test_who_is_on_the_way_is_sent_elsewhere_where_another_is_much_nearer_and_both_are_told(city):
    case_id, token, before = _on_the_way(city)
    assert dispatch.plan_together(city.now) == 1
    after = city.held(case_id).task(token).assignee
    assert after not in (None, before)
    city.react()
    told = dict(Message.objects.filter(case_id=case_id).values_list("template", "account"))
    assert (str(told["task.taken"]), str(told["task.assigned"])) == (before, after)


def test_who_is_there_when_another_is_sent_may_still_do_it_and_the_other_need_not_come(city):
    case_id, token, before = _on_the_way(city)
    dispatch.plan_together(city.now)
    after = city.held(case_id).task(token).assignee
    officer = people.actor(before, city.now)
    done = {"result": "done", "note": "已清理。", "photos": [city.photo(officer)]}
    cases.complete(case_id, token, done, by=officer, at=city.now)
    city.react()
    told = Message.objects.filter(case_id=case_id, template="task.taken").order_by("sent", "id")
    assert [str(account) for account in told.values_list("account", flat=True)] == [before, after]


def test_a_nearer_officer_changes_nothing_for_who_has_arrived_or_was_chosen_by_a_person(city):
    case_id, token, before = _on_the_way(city)
    cases.arrive(case_id, token, None, by=people.actor(before, city.now), at=city.now)
    assert dispatch.plan_together(city.now) == 0
    case_id, token, before = _on_the_way(city)
    cases.assign(case_id, token, before, "熟悉情况", by=city.actor("supervisor"), at=city.now)
    assert dispatch.plan_together(city.now) == 0


def test_while_the_clock_stands_still_nobody_is_sent(city):
    case_id, _, _ = _on_the_way(city)
    Pause.objects.create(case_id=case_id, started=city.now, reason="等待配件", actor=city.actor("supervisor").id)
    assert dispatch.plan_together(city.now) == 0
