"""The way of a patrol: what counts of it, who lets it be kept, who may look."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhongshu.base.calendar.rules import SHANGHAI
from zhongshu.base.http.refusals import Absent, Conflict, Invalid
from zhongshu.base.journal import queries as journal
from zhongshu.engine.dispatch.actions import tracks as actions
from zhongshu.engine.dispatch.models import Shift, Track
from zhongshu.engine.dispatch.queries import tracks as queries
from zhongshu.engine.dispatch.rules import tracks as rules
from zhongshu.engine.dispatch.rules.tracks import Point

AT = datetime(2026, 3, 2, 9, 0, tzinfo=SHANGHAI)
STEP = 0.0005  # some 56 m to the north
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def walk(number: int, every: int = 60, lat: float = 29.9) -> list[Point]:
    return [Point(AT + n * timedelta(seconds=every), 121.5, round(lat + n * STEP, 6)) for n in range(number)]


def test_a_walk_is_as_long_as_its_steps() -> None:
    assert rules.length(walk(11)) == pytest.approx(10 * 55.6, rel=0.01)


def test_a_jump_and_a_long_silence_are_no_way() -> None:
    jump = [Point(AT, 121.5, 29.9), Point(AT + MINUTE, 122.5, 29.9), Point(AT + 2 * MINUTE, 122.5, 29.9)]
    silence = [Point(AT, 121.5, 29.9), Point(AT + HOUR, 121.51, 29.9)]
    assert rules.length(jump) == rules.length(silence) == 0


@settings(max_examples=50, deadline=None, derandomize=True)
@given(cut=st.integers(0, 20), shift=st.integers(-20, 20))
def test_points_sent_again_change_nothing_even_some_seconds_apart(cut: int, shift: int) -> None:
    points = walk(20)
    late = [Point(p.at + timedelta(seconds=shift), p.lon, p.lat) for p in points[:cut]]
    assert rules.merged(points, late) == points


def test_coarse_points_are_left_out_and_the_rest_put_in_order() -> None:
    rows = [[60, 121.5, 29.9, 8.0], [120, 121.5, 29.9, 400.0], [180, 121.5, 29.8, 8.0]]
    assert [point.lat for point in rules.read(rows, AT)] == [29.8, 29.9]


@pytest.mark.parametrize(
    "rows",
    [None, {}, [], [[1, 2, 3]], [[1, 200.0, 0, 1]], [[-5, 1, 1, 1]], [["1", 1, 1, 1]], [[1, float("nan"), 1, 1]],
     [[1, 1, 1, True]], [[0, 1, 1, 1]] * 501],
)  # fmt: skip
def test_what_is_no_way_is_refused(rows: object) -> None:
    with pytest.raises(Invalid):
        rules.read(rows, AT)


@pytest.fixture
def officer(city: Any) -> Any:
    """An officer whose shift began two hours ago."""
    account = city.account("officer061")
    Shift.objects.filter(account=account.pk).delete()
    Shift.objects.create(
        account=account.pk, place=account.body.place, starts=city.now - 2 * HOUR, ends=city.now + 6 * HOUR
    )
    return account


def agreed(city: Any, officer: Any) -> Shift:
    """The running shift, whose officer agreed an hour ago."""
    actions.agree("begin", by=city.actor(officer.login), at=city.now - HOUR)
    return Shift.objects.get(account=officer.pk)


def rows(city: Any, number: int = 30) -> list[list[float]]:
    lon, lat = city.spot()
    return [[60 * n, round(lon, 6), round(lat + n * STEP / 10, 6), 8.0] for n in range(number)]


def test_a_way_is_kept_once_with_its_distance_and_cells(city: Any, officer: Any) -> None:
    shift, by, now, sent = agreed(city, officer), city.actor(officer.login), city.now, rows(city)
    for again in (0, 3):
        moved = [[ago + again, *place] for ago, *place in sent]
        assert actions.keep(shift.pk, moved, by=by, at=now + timedelta(seconds=again)) == 30
    way = queries.own(shift.pk, by)
    assert sum(len(hour.points) for hour in way.hours) == 30 and Track.objects.count() <= 2
    assert way.metres > 0 and way.cells and len(way.lines) == 1


def test_nothing_counts_from_before_the_consent_or_after_it_ended(city: Any, officer: Any) -> None:
    by, now = city.actor(officer.login), city.now
    shift = Shift.objects.get(account=officer.pk)
    with pytest.raises(Conflict, match="没有同意"):
        actions.keep(shift.pk, rows(city), by=by, at=now)
    actions.agree("begin", by=by, at=now - 10.5 * MINUTE)
    actions.agree("stop", by=by, at=now - 4.5 * MINUTE)
    assert actions.keep(shift.pk, rows(city), by=by, at=now) == 6
    verbs = [entry.verb for entry in journal.trace("account", by.id)][-2:]
    assert verbs == ["dispatch.track_agreed", "dispatch.track_stopped"]


def test_off_duty_there_is_nothing_to_agree_to(city: Any, officer: Any) -> None:
    Shift.objects.filter(account=officer.pk).delete()
    with pytest.raises(Conflict, match="不在班"):
        actions.agree("begin", by=city.actor(officer.login), at=city.now)


def test_another_officer_neither_adds_to_a_way_nor_sees_it(city: Any, officer: Any) -> None:
    shift, other = agreed(city, officer), city.actor("officer011")
    with pytest.raises(Absent):
        actions.keep(shift.pk, rows(city), by=other, at=city.now)
    with pytest.raises(Absent):
        queries.own(shift.pk, other)


def test_who_plans_the_roster_looks_for_a_purpose_and_on_record(city: Any, officer: Any) -> None:
    shift, supervisor = agreed(city, officer), city.actor("supervisor")
    actions.keep(shift.pk, rows(city), by=city.actor(officer.login), at=city.now)
    with pytest.raises(Invalid) as refused:
        actions.look(shift.pk, " ", by=supervisor, at=city.now)
    assert refused.value.field == "purpose" and journal.trace("look", str(officer.pk)) == []
    assert actions.look(shift.pk, "核实巡查里程", by=supervisor, at=city.now).metres > 0
    (entry,) = journal.trace("look", str(officer.pk))
    assert (entry.actor, entry.facts["purpose"]) == (supervisor.id, "核实巡查里程")
    for login in ("leader", "officer011"):
        with pytest.raises(Absent):
            actions.look(shift.pk, "看看", by=city.actor(login), at=city.now)


def test_points_are_forgotten_in_time_and_the_distance_stays(city: Any, officer: Any) -> None:
    shift, by = agreed(city, officer), city.actor(officer.login)
    actions.keep(shift.pk, rows(city), by=by, at=city.now)
    far = queries.own(shift.pk, by).metres
    assert actions.forget(city.now) == 0
    hours = Track.objects.count()
    assert actions.forget(city.now + queries.KEPT + 2 * HOUR) == hours
    way = queries.own(shift.pk, by)
    assert way.lines == [] and way.metres == far and way.cells
    assert actions.forget(city.now + queries.KEPT + 2 * HOUR) == 0
