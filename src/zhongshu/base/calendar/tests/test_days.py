"""Days, their kinds, and terms as they are written."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import settings as sample
from hypothesis import strategies as st

from zhongshu.base.calendar import announced
from zhongshu.base.calendar.rules import Day, Kind, Term, Unit, WorkingDays, weekday_year


def test_the_kinds_of_days_in_the_week_before_spring_festival():
    days = {day.on: day for day in announced.year_of_days(2025)}
    assert days[date(2025, 1, 25)].kind is Kind.REST
    assert days[date(2025, 1, 26)].kind is Kind.MAKE_UP
    assert days[date(2025, 1, 27)].kind is Kind.WORKING
    assert days[date(2025, 1, 28)].kind is Kind.HOLIDAY
    assert (days[date(2025, 1, 28)].name, days[date(2025, 1, 28)].name_en) == ("春节", "Spring Festival")


def test_a_year_nobody_announced_goes_by_weekday_and_says_so():
    days = announced.year_of_days(2199)
    assert len(days) == 365 and not any(day.official for day in days)
    assert all(day.working == (day.on.weekday() < 5) for day in days)
    assert WorkingDays.of(days).provisional(date(2199, 1, 1), date(2199, 1, 2))


def test_a_year_is_official_only_when_every_day_of_it_is():
    year = announced.year_of_days(2024)
    assert not WorkingDays.of(year).provisional(date(2024, 1, 1), date(2024, 12, 31))
    assert WorkingDays.of(year[1:]).provisional(date(2024, 1, 1), date(2024, 1, 1))
    assert WorkingDays.of(year).provisional(date(2024, 12, 31), date(2025, 1, 1))


def test_one_local_day_does_not_make_its_year_official():
    festival = Day(date(2030, 3, 4), False, "侨乡节")
    days = WorkingDays.of([*(d for d in weekday_year(2030) if d.on != festival.on), festival])
    assert not days.works(festival.on) and days.provisional(festival.on, festival.on)
    assert days.next_working(festival.on) == date(2030, 3, 5)


@pytest.mark.parametrize("text", ["30 minutes", "4 hours", "5 working_days", "7 calendar_days"])
def test_a_term_reads_and_writes_the_same(text):
    assert str(Term.parse(text)) == text


def test_one_hour_may_be_written_in_the_singular():
    assert Term.parse(" 1 hour ") == Term(1, Unit.HOURS)


@pytest.mark.parametrize("text", ["", "5", "days", "-1 hours", "5 weeks", "1.5 hours", "99999999 hours", "٥ hours"])
def test_what_is_not_a_term_is_refused(text):
    with pytest.raises(ValueError, match="Not a term"):
        Term.parse(text)


@sample(max_examples=50, deadline=None, derandomize=True)
@given(st.builds(Term, st.integers(0, 36_500), st.sampled_from(Unit)))
def test_every_term_comes_back_from_json(term):
    assert Term.parse(str(term)) == term
