"""Deadlines warn before they break, say when they do, and climb the organisation until somebody acts."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import msgspec
import pytest

from zhongshu.base.permissions.rules import SYSTEM
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.queries import scenarios
from zhongshu.engine.cases.rules import alarms
from zhongshu.engine.cases.tests.walks import Walk
from zhongshu.engine.messages.models import Message
from zhongshu.registers.people import actions as granting
from zhongshu.registers.people.models import Body


def clock(walk: Walk) -> tuple[datetime, timedelta]:
    """When the task of handling was opened, and its term."""
    task = walk.task("handle")
    assert task.due is not None
    return task.opened, task.due - task.opened


def told(walk: Walk, template: str) -> list[str]:
    found = Message.objects.filter(case_id=walk.id, template=template)
    return sorted(str(message.account) for message in found)


def test_who_has_the_task_is_warned_before_the_deadline_and_once(city: Any) -> None:
    walk = Walk(city)
    opened, term = clock(walk)
    assert cases.raise_alarms(opened + 0.79 * term) == 0
    assert cases.raise_alarms(opened + 0.81 * term) == 1
    assert cases.raise_alarms(opened + 0.82 * term) == 0
    city.react()
    assert told(walk, "task.warned") == [walk.task("handle").assignee]
    assert walk.verbs[-1] == "case.warned"


def test_at_the_deadline_the_shift_s_supervisors_hear_too(city: Any) -> None:
    walk = Walk(city)
    opened, term = clock(walk)
    cases.raise_alarms(opened + term)
    city.react()
    assert set(told(walk, "task.late")) >= {walk.task("handle").assignee, str(city.account("supervisor").pk)}
    assert told(walk, "task.warned") == []


def test_what_stays_late_climbs_from_the_body_to_the_heads_above_it(city: Any) -> None:
    walk = Walk(city)
    opened, term = clock(walk)
    body = Body.objects.get(pk=walk.held.body)
    head = city.account("acceptor")
    granting.give_grant(head, "leader", body=body, by=SYSTEM, at=city.now - timedelta(days=1))
    cases.raise_alarms(opened + term)
    cases.raise_alarms(opened + 1.6 * term)
    city.react()
    assert told(walk, "task.escalated") == [str(head.pk)]
    levels = len(body.lineage)
    for step in range(2, levels + 6):
        cases.raise_alarms(opened + (1.1 + step / 2) * term)
    assert [verb for verb in walk.verbs if verb == "case.escalated"].count("case.escalated") >= levels


def test_a_finished_task_and_a_closed_case_are_silent(city: Any) -> None:
    walk = Walk(city)
    opened, term = clock(walk)
    walk.do("handle", result="done", note="已清理。")
    walk.do("verify", passed=True)
    walk.do("close")
    assert cases.raise_alarms(opened + 9 * term) == 0


def test_the_case_s_own_deadline_speaks_too(city: Any) -> None:
    walk = Walk(city)
    held = walk.held
    assert held.due is not None
    cases.raise_alarms(held.due + timedelta(minutes=1))
    city.react()
    assert told(walk, "case.late") != [] and walk.verbs.count("case.late") >= 1


def test_a_scenario_says_when_its_alarms_come_and_who_hears_them(city: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    walk = Walk(city)
    opened, term = clock(walk)
    given = alarms.Alarms(warned=("dispatcher",), late=("holder",), step=2)
    settings = msgspec.structs.replace(scenarios.of(walk.held).settings, alarms=given)
    changed = replace(scenarios.of(walk.held), settings=settings)
    monkeypatch.setattr(scenarios, "version", lambda code, number: changed)
    cases.raise_alarms(opened + 0.81 * term)
    cases.raise_alarms(opened + term)
    city.react()
    assert str(city.account("dispatcher").pk) in told(walk, "task.warned")
    assert walk.task("handle").assignee not in told(walk, "task.warned")
    assert told(walk, "task.late") == [walk.task("handle").assignee]
    assert cases.raise_alarms(opened + 2.9 * term) == 0
    assert cases.raise_alarms(opened + 3.1 * term) >= 1
