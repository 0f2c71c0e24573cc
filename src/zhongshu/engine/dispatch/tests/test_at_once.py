"""Two at once: changes of the table that meet at a crossing, shifts of one officer that overlap."""

from datetime import timedelta
from typing import Any

from zhongshu.base.approvals import actions as approvals
from zhongshu.engine.dispatch import actions
from zhongshu.engine.dispatch.models import Responsibility, Shift, Version
from zhongshu.engine.dispatch.rules.rosters import Turn
from zhongshu.engine.dispatch.rules.table import Change

HOUR = timedelta(hours=1)


def test_of_two_approvals_that_meet_at_a_crossing_one_is_told_so(committed_city: Any, at_once: Any) -> None:
    city, written = committed_city, Responsibility.objects.filter(category="11")[0]
    new = [Change(code, written.place, None, written.body) for code in ("1101", "1102")]
    supervisor, leader = city.actor("supervisor"), city.actor("leader")
    pair = [actions.propose_change(changes, "职能调整。", by=supervisor, at=city.now) for changes in (new[:1], new)]
    decide = [lambda one=one: approvals.decide(one.pk, True, "", by=leader, at=city.now + HOUR) for one in pair]
    outcomes = at_once(*decide)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Conflict", "Proposal"]
    assert Responsibility.objects.filter(category="1101", place=written.place).count() == 1
    assert Version.objects.count() == 1


def test_of_two_that_plan_overlapping_shifts_one_is_told_so(committed_city: Any, at_once: Any) -> None:
    city, officer = committed_city, committed_city.account("officer061")
    Shift.objects.filter(account=officer.pk).delete()
    supervisor, now = city.actor("supervisor"), city.now

    def plan(hour: int) -> Any:
        starts = now + hour * HOUR
        turn = Turn(str(officer.pk), officer.body.place, (), starts, starts + 8 * HOUR)
        return actions.plan_shift(officer.body_id, turn, by=supervisor, at=now)

    outcomes = at_once(lambda: plan(1), lambda: plan(2))
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Invalid", "Shift"]
