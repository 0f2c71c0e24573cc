"""A roster tried on the cases a body really had."""

from typing import Any

import pytest

from zhongshu.base.calendar.rules import SHANGHAI
from zhongshu.base.http.refusals import Absent, Conflict, Invalid
from zhongshu.base.journal import queries as journal
from zhongshu.engine.cases.models import Case
from zhongshu.engine.dispatch import actions, queries
from zhongshu.engine.dispatch.models import Shift
from zhongshu.engine.dispatch.queries import officers, tried
from zhongshu.engine.dispatch.rules.rosters import WEEK
from zhongshu.engine.dispatch.rules.simulation import past
from zhongshu.engine.dispatch.tests.busy import DAY, HOUR, Busy, happened_at

pytestmark = pytest.mark.django_db


def test_the_first_shift_of_a_day_brings_somebody_to_what_nobody_came_to(city: Any) -> None:
    busy = Busy(city)
    found = busy.tried(busy.turn())
    assert found.before and found.after and found.more and found.events == past.FEWEST
    assert found.days[:2] == tuple((busy.midnight - n * WEEK).date() for n in (1, 2))
    assert found.before.never == past.FEWEST and found.before.median is None
    assert found.after.never == 0 and found.after.median is not None
    assert not Shift.objects.filter(account=busy.crew[0].pk).exists()
    assert journal.trace("account", str(busy.crew[0].pk)) == []


def test_a_second_officer_is_compared_with_the_roster_as_planned_and_cutting_is_the_reverse(city: Any) -> None:
    busy = Busy(city)
    busy.planned(busy.turn())
    more = busy.tried(busy.turn(officer=1))
    (second,) = busy.planned(busy.turn(officer=1))
    turn, less = actions.try_cut(second.pk, by=city.actor("supervisor"), at=city.now)
    assert turn == busy.turn(officer=1) and not less.more
    assert (less.before, less.after) == (more.after, more.before)
    assert Shift.objects.filter(pk=second.pk, ends=turn.ends).exists()


def test_a_running_shift_is_only_cut_from_now_on(city: Any) -> None:
    busy = Busy(city)
    running = Shift.objects.create(
        account=busy.crew[0].pk, place=busy.crew[0].body.place, starts=city.now - HOUR, ends=city.now + HOUR
    )
    assert len(actions.try_cut(running.pk, by=city.actor("supervisor"), at=city.now)[1].days) == 4
    Shift.objects.filter(pk=running.pk).update(starts=city.now - 300 * DAY)
    days = actions.try_cut(running.pk, by=city.actor("supervisor"), at=city.now)[1].days
    assert days[0] == (city.now - WEEK).astimezone(SHANGHAI).date()
    with pytest.raises(Conflict, match="已经结束"):
        actions.try_cut(running.pk, by=city.actor("supervisor"), at=city.now + 2 * HOUR)


def test_of_too_few_cases_no_figures_are_told(city: Any) -> None:
    busy = Busy(city, past.FEWEST - 1)
    found = busy.tried(busy.turn())
    assert found.events == past.FEWEST - 1 and found.before is None and found.after is None


def test_other_weekdays_and_other_bodies_are_not_among_the_cases(city: Any) -> None:
    busy = Busy(city, 6)
    case = Case.objects.filter(body=busy.body).order_by("opened")[0]
    happened_at(case.pk, busy.midnight - WEEK - DAY)
    assert busy.tried(busy.turn()).events == 5
    Case.objects.filter(pk=case.pk).update(body=busy.body + 1)
    happened_at(case.pk, busy.midnight - WEEK + 9 * HOUR)
    assert busy.tried(busy.turn()).events == 5


def test_a_shift_over_midnight_is_tried_on_both_days(city: Any) -> None:
    busy = Busy(city, 2)
    case = Case.objects.filter(body=busy.body).order_by("opened")[0]
    happened_at(case.pk, busy.midnight - WEEK + DAY + 2 * HOUR)
    assert busy.tried(busy.turn(hours=8)).events == 1 and busy.tried(busy.turn(20, 8)).events == 2


def test_of_more_cases_than_are_tried_the_newest_whole_days_are(city: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    busy = Busy(city, 22)
    monkeypatch.setattr(tried, "MOST_EVENTS", 15)
    monkeypatch.setattr(past, "FEWEST", 5)
    found = busy.tried(busy.turn())
    assert (found.events, found.full, found.days) == (11, True, ((busy.midnight - WEEK).date(),))
    monkeypatch.setattr(tried, "MOST_EVENTS", 8)
    assert busy.tried(busy.turn()).events == 8


def test_a_try_is_refused_as_the_shift_would_be(city: Any) -> None:
    busy = Busy(city, 1)
    with pytest.raises(Invalid) as refused:
        busy.tried(busy.turn(hours=25))
    assert refused.value.field == "ends"
    busy.planned(busy.turn())
    with pytest.raises(Invalid, match="时间重叠"):
        busy.tried(busy.turn(10))
    with pytest.raises(Absent):
        busy.tried(busy.turn(24), by="leader")


def test_who_does_not_handle_is_not_tried(city: Any) -> None:
    busy = Busy(city, 1)
    busy.crew[0].grants.update(role="verifier")
    with pytest.raises(Invalid, match="没有处置岗位"):
        busy.tried(busy.turn())


def test_without_roads_it_is_said_so_and_of_a_large_city_only_a_part_is_held(
    city: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    busy, whole = Busy(city), len(queries.roads())
    expected = busy.tried(busy.turn())
    monkeypatch.setattr(officers, "MOST_JUNCTIONS", whole - 1)
    officers._map.forget()
    part = officers.map_around([city.spot()])
    assert part is not None and 0 < len(part.roads) < whole
    assert busy.tried(busy.turn()).after.never == expected.after.never
    monkeypatch.setattr(officers, "MOST_JUNCTIONS", 1)
    with pytest.raises(Invalid, match="没有路网"):
        busy.tried(busy.turn())


def test_a_try_costs_the_same_few_statements_however_many_cases(city: Any, django_assert_max_num_queries: Any) -> None:
    busy = Busy(city)
    by, turn = city.actor("supervisor"), busy.turn()
    actions.try_shift(busy.body, turn, by=by, at=city.now)
    with django_assert_max_num_queries(7):
        actions.try_shift(busy.body, turn, by=by, at=city.now)
