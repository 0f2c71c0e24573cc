"""Alarms and the rows behind a number: they agree with each other and stay within their ancestors."""

from datetime import timedelta
from typing import Any

import pytest

from zhongshu.base.calendar import clock
from zhongshu.engine.cases.queries import behind, overdue
from zhongshu.engine.cases.queries.behind import Number
from zhongshu.engine.cases.queries.lists import After

pytestmark = pytest.mark.django_db
LONG_AGO = timedelta(days=40)


def opened(city: Any, *, ago: timedelta = timedelta()) -> Any:
    """A case a resident told of some time ago, as it is held."""
    with clock.at(city.now - ago):
        return city.held(city.report(source="resident", by="resident").case_id)


def dispatched(city: Any) -> Any:
    """A case that a body has, as it is held."""
    return city.held(city.report(source="patrol").case_id)


def test_running_cases_past_their_deadline_are_late_the_newest_deadline_first(city: Any) -> None:
    old = opened(city, ago=LONG_AGO)
    newer = opened(city, ago=LONG_AGO - timedelta(days=5))
    opened(city)
    found = overdue.late([990101], city.now)
    assert [row.number for row in found.rows] == [newer.number, old.number]
    assert (found.count, found.more) == (2, False)


def test_nothing_late_is_a_count_of_nothing(city: Any) -> None:
    opened(city)
    assert overdue.late([9901], city.now) == overdue.Late(0, False, [])


def test_late_cases_lie_under_every_ancestor_asked_for(city: Any) -> None:
    held, later = dispatched(city), city.now + LONG_AGO
    body, *_ = (key for key in held.reach if key < 0)
    assert overdue.late([held.place, body], later).count == 1
    assert overdue.late([held.place + 1, body], later).count == 0
    assert overdue.late([held.place, -999_999], later).count == 0


def test_counting_ends_where_it_says_so(city: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(overdue, "MOST", 2)
    for _ in range(3):
        opened(city, ago=LONG_AGO)
    found = overdue.late([9901], city.now, limit=1)
    assert (found.count, found.more, len(found.rows)) == (2, True, 1)


def test_the_rows_behind_an_alarm_are_the_late_cases(city: Any) -> None:
    late = [opened(city, ago=LONG_AGO).number for _ in range(3)]
    opened(city)
    found = behind.rows([9901], Number("overdue", city.now))
    assert sorted(row.number for row in found) == sorted(late)


def test_the_rows_of_a_phase_are_those_now_in_it(city: Any) -> None:
    waiting, handled = opened(city), dispatched(city)
    assert [row.number for row in behind.rows([9901], Number("phase", city.now, waiting.phase))] == [waiting.number]
    assert [row.number for row in behind.rows([9901], Number("phase", city.now, handled.phase))] == [handled.number]


def test_a_day_begins_and_ends_at_midnight_in_shanghai(city: Any) -> None:
    midnight = (city.now - timedelta(days=3)).replace(hour=0, minute=0, second=0, microsecond=0)
    numbers = []
    for moment in (midnight - timedelta(seconds=1), midnight, midnight + timedelta(hours=23, minutes=59)):
        with clock.at(moment):
            numbers.append(city.report().number)
    found = behind.rows([9901], Number("opened", city.now, day=midnight.date()))
    assert {row.number for row in found} == set(numbers[1:])


def test_closed_and_closed_late_are_told_apart(city: Any) -> None:
    early, late = opened(city), opened(city, ago=LONG_AGO)
    for held in (early, late):
        city_refuses(city, held)
    closed = behind.rows([9901], Number("closed", city.now, day=city.now.date()))
    assert {row.number for row in closed} == {early.number, late.number}
    assert [row.number for row in behind.rows([9901], Number("late", city.now, day=city.now.date()))] == [late.number]


def city_refuses(city: Any, held: Any) -> None:
    """The report is not taken up, which ends its case."""
    from zhongshu.engine.cases import actions as cases

    refused = {"accepted": False, "reason": "不属于受理范围。"}
    cases.complete(held.id, held.tasks[0].token, refused, by=city.actor("acceptor"), at=city.now)


def test_pages_follow_one_another_without_gap_or_repetition(city: Any) -> None:
    for _ in range(5):
        opened(city)
    number = Number("opened", city.now, day=city.now.date())
    whole = [row.number for row in behind.rows([9901], number)]
    first = behind.rows([9901], number, limit=2)
    rest = behind.rows([9901], number, After(first[-1].opened, first[-1].id))
    assert [row.number for row in [*first, *rest]] == whole and len(set(whole)) == 5
