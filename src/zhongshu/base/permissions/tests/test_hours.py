"""Hours of the week, at their edges."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhongshu.base.permissions import hours
from zhongshu.base.permissions.rules import Grant

LAW = settings(max_examples=50, deadline=None, derandomize=True)
MONDAY = datetime(2026, 3, 2, tzinfo=hours.SHANGHAI)
OFFICE = hours.weekly(range(5), time(9), time(17, 30))
NIGHT = hours.weekly([6], time(22), time(6))

clock = st.builds(time, st.integers(0, 23), st.integers(0, 59))
weeks = st.builds(hours.weekly, st.sets(st.integers(0, 6), min_size=1), clock, clock)


def moment(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of the week that begins on MONDAY."""
    return MONDAY + timedelta(days=day, hours=hour, minutes=minute)


@pytest.mark.parametrize(
    ("at", "inside"),
    [
        (moment(0, 8, 59), False), (moment(0, 9), True), (moment(4, 17, 29), True), (moment(4, 17, 30), False),
        (moment(5, 12), False),
    ],
)  # fmt: skip
def test_the_first_minute_is_inside_and_the_last_is_not(at: datetime, inside: bool) -> None:
    assert hours.within(OFFICE, at) is inside


@pytest.mark.parametrize(
    ("at", "inside"),
    [
        (moment(6, 21, 59), False), (moment(6, 22), True), (moment(6, 23, 59), True), (moment(7, 0), True),
        (moment(7, 5, 59), True), (moment(7, 6), False), (moment(1, 3), False),
    ],
)  # fmt: skip
def test_a_sunday_night_shift_ends_on_monday_morning(at: datetime, inside: bool) -> None:
    assert hours.within(NIGHT, at) is inside


def test_the_hours_are_those_of_shanghai_wherever_one_asks_from() -> None:
    assert hours.within(OFFICE, datetime(2026, 3, 2, 1, tzinfo=UTC))
    assert not hours.within(OFFICE, datetime(2026, 3, 2, 10, tzinfo=UTC))


def test_the_whole_day_of_every_day_is_always() -> None:
    assert hours.weekly(range(7), time(8), time(8)) == hours.ALWAYS


@given(weeks)
@LAW
def test_hours_are_sound_and_their_stretches_make_them_again(found: hours.Hours) -> None:
    assert hours.sound(found)
    assert not found or hours.joined(hours.stretches(found)) == found


@given(st.integers(0, 6), clock, clock, st.integers(0, hours.WEEK - 1))
@LAW
def test_a_day_s_hours_are_read_as_plainly_as_they_are_said(day: int, start: time, end: time, minute: int) -> None:
    at, first = MONDAY + timedelta(minutes=minute), moment(day, start.hour, start.minute)
    last = moment(day + (end <= start), end.hour, end.minute)
    inside = first <= at < last or first <= at + timedelta(days=7) < last
    assert hours.within(hours.weekly([day], start, end), at) is inside


@pytest.mark.parametrize("bounds", [(1,), (5, 5), (9, 3), (-1, 4), (0, hours.WEEK + 1)])
def test_what_are_no_bounds_is_seen(bounds: tuple[int, ...]) -> None:
    assert not hours.sound(bounds)


def test_a_grant_counts_only_within_its_hours() -> None:
    grant = Grant("handler", hours=OFFICE)
    assert grant.holds(moment(0, 9)) and not grant.holds(moment(0, 18))
