"""Rosters: shifts planned, cut short and copied; the rule for copying, and the verbs on the database."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhongshu.base.calendar.rules import SHANGHAI
from zhongshu.base.http.refusals import Absent, Conflict, Invalid
from zhongshu.base.journal import queries as journal
from zhongshu.base.permissions.rules import SYSTEM
from zhongshu.engine.dispatch import actions
from zhongshu.engine.dispatch.models import Shift
from zhongshu.engine.dispatch.queries import rosters as queries
from zhongshu.engine.dispatch.rules.rosters import WEEK, Turn, copied
from zhongshu.registers.people import actions as people

MONDAY = datetime(2026, 11, 23, tzinfo=SHANGHAI)
HOUR = timedelta(hours=1)


def turn(account: str = "a", hour: float = 8, hours: float = 8, **more: Any) -> Turn:
    starts = MONDAY + hour * HOUR
    return replace(Turn(account, 9901, (), starts, starts + hours * HOUR), **more)


def test_a_week_is_copied_but_for_who_left_what_is_over_and_what_meets_a_shift() -> None:
    before = [turn("a"), turn("a", 24), turn("gone"), turn("b", 8), turn("b", 48)]
    present = [turn("b", 7 * 24 + 10, 1)]
    made = copied(before, present, {"a", "b"}, at=MONDAY + WEEK + 20 * HOUR)
    assert [(one.account, one.starts - MONDAY - WEEK) for one in made] == [("a", 24 * HOUR), ("b", 48 * HOUR)]


turns = st.lists(
    st.builds(turn, account=st.sampled_from("ab"), hour=st.integers(0, 167), hours=st.integers(1, 24)), max_size=8
)


@settings(max_examples=50, deadline=None, derandomize=True)
@given(before=turns, present=turns)
def test_a_copy_never_overlaps_and_copying_again_adds_nothing(before: list[Turn], present: list[Turn]) -> None:
    made = copied(before, present, {"a", "b"}, MONDAY)
    for number, one in enumerate(made):
        assert not any(one.meets(other) for other in (*present, *made[:number]))
    assert copied(before, [*present, *made], {"a", "b"}, MONDAY) == ()


@pytest.fixture
def officer(city: Any) -> Any:
    """An officer of a district body without a shift."""
    account = city.account("officer061")
    Shift.objects.filter(account=account.pk).delete()
    return account


def planned(city: Any, officer: Any, hour: float = 1, hours: float = 8, by: str = "supervisor", **more: Any) -> Any:
    starts = city.now + hour * HOUR
    made = Turn(str(officer.pk), officer.body.place, (), starts, starts + hours * HOUR)
    return actions.plan_shift(officer.body_id, replace(made, **more), by=city.actor(by), at=city.now)


def test_a_planned_shift_is_on_the_roster_and_in_the_journal(city: Any, officer: Any) -> None:
    shift = planned(city, officer, skills=("11",))
    (found,) = [one for one in queries.shifts(officer.body_id, city.now, city.now + WEEK) if one.id == shift.pk]
    assert (found.name, found.skills, found.why) == (officer.name, ("11",), None)
    assert journal.trace("account", str(officer.pk))[-1].verb == "dispatch.shift_planned"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"hours": 0}, "ends"),
        ({"hours": 25}, "ends"),
        ({"hour": -9}, "starts"),
        ({"place": 9999}, "place"),
        ({"skills": ("77",)}, "skills"),
        ({"account": "00000000-0000-0000-0000-000000000009"}, "account"),
    ],
)
def test_a_shift_that_cannot_be_is_refused_by_field(city: Any, officer: Any, wrong: Any, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        planned(city, officer, **wrong)
    assert refused.value.field == field and not Shift.objects.filter(account=officer.pk).exists()


def test_shifts_of_one_officer_may_touch_but_not_overlap(city: Any, officer: Any) -> None:
    planned(city, officer, 1, 8)
    with pytest.raises(Invalid, match="时间重叠"):
        planned(city, officer, 8.5, 2)
    planned(city, officer, 9, 8)
    assert Shift.objects.filter(account=officer.pk).count() == 2


def test_a_running_shift_is_cut_short_a_coming_one_taken_back_and_one_that_is_over_left(
    city: Any, officer: Any
) -> None:
    now = city.now

    def cut(shift: Any, later: timedelta) -> None:
        actions.cut_shift(shift.pk, by=city.actor("supervisor"), at=now + later)

    running, coming = planned(city, officer, 1, 8), planned(city, officer, 24, 8)
    cut(running, 2 * HOUR)
    cut(coming, 2 * HOUR)
    assert [shift.ends for shift in Shift.objects.filter(account=officer.pk)] == [now + 2 * HOUR]
    with pytest.raises(Conflict, match="已经结束"):
        cut(running, 3 * HOUR)
    with pytest.raises(Absent):
        cut(coming, 3 * HOUR)
    verbs = [entry.verb for entry in journal.trace("account", str(officer.pk))]
    assert verbs[-2:] == ["dispatch.shift_ended", "dispatch.shift_cancelled"]


def test_a_roster_is_only_for_who_may_plan_for_the_body(city: Any, officer: Any) -> None:
    shift = planned(city, officer)
    district = str(officer.body.place)[:6]
    number = next(n for n in (1, 2, 3) if not district.endswith(f"{n:02}"))
    for login in (f"supervisor{number}1", "leader", "officer061"):
        with pytest.raises(Absent):
            planned(city, officer, 24, by=login)
        with pytest.raises(Absent):
            actions.cut_shift(shift.pk, by=city.actor(login), at=city.now)
        with pytest.raises(Absent):
            actions.copy_week(officer.body_id, MONDAY, by=city.actor(login), at=city.now)


def test_last_week_is_copied_in_one_entry_and_again_adds_nothing(city: Any, officer: Any) -> None:
    monday = (city.now - timedelta(days=city.now.weekday())).replace(hour=0, minute=0, second=0, microsecond=0) + WEEK
    for day in (2, 4):
        starts = monday - WEEK + timedelta(days=day, hours=8)
        Shift.objects.create(account=officer.pk, place=officer.body.place, starts=starts, ends=starts + 8 * HOUR)
    supervisor = city.actor("supervisor")
    assert actions.copy_week(officer.body_id, monday, by=supervisor, at=city.now).made == 2
    assert actions.copy_week(officer.body_id, monday, by=supervisor, at=city.now).made == 0
    assert Shift.objects.filter(account=officer.pk, starts__gte=monday).count() == 2
    assert [entry.verb for entry in journal.trace("roster", str(officer.body_id))] == ["dispatch.week_copied"]


def test_shifts_nobody_will_stand_are_found_with_why(city: Any, officer: Any) -> None:
    def why() -> list[str | None]:
        found = queries.broken([officer.body_id], city.now)
        return [one.why for one in found if one.account == str(officer.pk)]

    shift = planned(city, officer)
    assert why() == []
    Shift.objects.filter(pk=shift.pk).update(place=990199)
    assert why() == ["place"]
    for grant in officer.grants.all():
        people.end_grant(grant, by=SYSTEM, at=city.now)
    assert why() == ["seat"]
    people.close_account(officer, by=SYSTEM, at=city.now)
    assert why() == ["closed"]
