"""Tasks that wait in bodies' pools are handed out together, to officers who may do them."""

from zhongshu.engine.cases import actions as cases
from zhongshu.engine.dispatch import actions as dispatch
from zhongshu.engine.dispatch.models import Position
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
    assert dispatch.assign_waiting(city.now) == 1
    task = city.held(case_id).task(token)
    assert task.assignee not in (None, before)
    told = [entry for entry in city.trace(case_id) if entry["verb"] == "case.task_assigned"][-1]
    assert told["facts"]["why"]["reasons"][0]["gaps"]["minutes"] >= 0


def test_several_that_wait_are_shared_out_at_once_and_a_second_look_finds_nothing(city):
    waiting = _waiting(city, 4)
    assert dispatch.assign_waiting(city.now) == 4
    assert all(city.held(case_id).task(token).assignee for case_id, token, _ in waiting)
    assert dispatch.assign_waiting(city.now) == 0


def test_without_a_fresh_position_a_task_keeps_waiting(city):
    [(case_id, token, _)] = _waiting(city, 1)
    Position.objects.all().delete()
    assert dispatch.assign_waiting(city.now) == 0
    assert city.held(case_id).task(token).assignee is None
