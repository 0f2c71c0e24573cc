"""The table of days: loading, local days, and who sees them when."""

from datetime import UTC, date, datetime, timedelta

import pytest

from zhongshu.base.calendar import actions, queries
from zhongshu.base.calendar.models import Day, Edition

pytestmark = pytest.mark.django_db
AT = datetime(2025, 1, 2, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _fresh():
    queries.forget()
    yield
    queries.forget()


def load(year):
    return actions.load_year(year, by="a", at=AT)


def test_a_loaded_year_is_seen_at_once_and_loading_again_changes_nothing():
    assert queries.working_days().works(date(2025, 10, 1))
    change = load(2025)
    assert change.official and len(change.days) == 365
    assert not queries.working_days().works(date(2025, 10, 1))
    assert load(2025).days == ()
    assert Edition.objects.count() == 1


def test_a_year_not_announced_is_kept_as_provisional():
    change = load(2199)
    assert not change.official
    assert queries.working_days().provisional(date(2199, 1, 1), date(2199, 1, 1))
    assert Day.objects.filter(official=False).count() == 365


def test_a_local_day_outlives_a_later_load():
    festival = date(2025, 3, 4)
    assert actions.set_local_day(festival, False, "侨乡节", by="a", at=AT).days[0].on == festival
    load(2025)
    assert not queries.working_days().works(festival)
    assert actions.set_local_day(festival, False, "侨乡节", by="a", at=AT).days == ()


def test_a_provisional_year_becomes_official_where_it_differs(monkeypatch):
    load(2025)
    Day.objects.filter(on__gte=date(2025, 10, 1), on__lte=date(2025, 10, 8)).update(working=True, official=False)
    assert {day.on.month for day in load(2025).days} == {10}
    assert not queries.working_days().provisional(date(2025, 1, 1), date(2025, 12, 31))


def test_the_snapshot_asks_nothing_within_a_minute(django_assert_num_queries):
    queries.working_days()
    with django_assert_num_queries(0):
        queries.working_days()


def test_another_process_sees_a_change_when_it_next_looks(monkeypatch, django_assert_num_queries):
    queries.working_days()
    Day.objects.create(on=date(2025, 3, 4), working=False, official=True, source="local")
    Edition.objects.create(what="day", by="b", at=AT + timedelta(hours=1))
    monkeypatch.setattr(queries, "CHECKED_EVERY", 0.0)
    with django_assert_num_queries(2):
        assert not queries.working_days().works(date(2025, 3, 4))
    with django_assert_num_queries(1):
        queries.working_days()


@pytest.mark.parametrize("year", [1948, 2201])
def test_a_year_out_of_bounds_is_refused(year):
    with pytest.raises(ValueError, match=str(year)):
        load(year)
