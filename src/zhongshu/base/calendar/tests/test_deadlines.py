"""When a term ends, by the law."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhongshu.base.calendar import announced
from zhongshu.base.calendar.rules import (
    SHANGHAI,
    Due,
    Pause,
    Term,
    Unit,
    WorkingDays,
    due,
    elapsed_share,
    recompute,
)

DAYS = WorkingDays.of([*announced.year_of_days(2024), *announced.year_of_days(2025)])
LAW = settings(max_examples=50, deadline=None, derandomize=True)


def at(month: int, day: int, hour: int = 0, minute: int = 0, year: int = 2025) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=SHANGHAI)


def ends(start: datetime, text: str, *pauses: Pause) -> datetime:
    return due(start, Term.parse(text), DAYS, pauses).at


def test_the_day_of_filing_is_not_counted_and_the_last_day_is_full():
    assert ends(at(3, 3, 9), "5 working_days") == datetime(2025, 3, 10, 23, 59, 59, tzinfo=SHANGHAI)


def test_a_make_up_sunday_counts_and_the_spring_festival_does_not():
    # 2025: 26 January (Sunday) and 8 February (Saturday) are worked, 28 January to 4 February are off.
    assert ends(at(1, 24, 10), "1 working_days").date() == date(2025, 1, 26)
    assert ends(at(1, 24, 10), "4 working_days").date() == date(2025, 2, 6)
    assert ends(at(2, 6, 10), "2 working_days").date() == date(2025, 2, 8)


def test_calendar_days_that_end_in_a_holiday_end_on_the_first_working_day_after_it():
    assert ends(at(9, 25, 10), "7 calendar_days").date() == date(2025, 10, 9)
    assert ends(at(3, 3, 10), "7 calendar_days").date() == date(2025, 3, 10)


def test_hours_run_through_the_night_and_the_weekend():
    assert ends(at(3, 7, 20), "48 hours") == at(3, 9, 20)
    assert ends(at(3, 7, 20), "30 minutes") == at(3, 7, 20, 30)


def test_where_business_hours_are_kept_the_last_day_ends_with_them():
    found = due(at(3, 3, 9), Term.parse("1 working_days"), DAYS, closes=time(17, 30))
    assert found.at == at(3, 4, 17, 30)


def test_start_in_another_zone_is_read_as_shanghai_time():
    utc = datetime.fromisoformat("2025-03-03T17:00:00+00:00")
    assert ends(utc, "1 working_days").date() == date(2025, 3, 5)


def test_a_deadline_in_a_year_not_announced_is_provisional_and_firm_once_it_is():
    start, term = at(12, 29, 9, year=2025), Term.parse("3 working_days")
    before = due(start, term, DAYS)
    assert before.provisional and before.at.date() == date(2026, 1, 1)
    announced_too = WorkingDays.of([*announced.year_of_days(2025), *announced.year_of_days(2026)])
    after = recompute(before, start, term, announced_too)
    assert after == Due(datetime(2026, 1, 4, 23, 59, 59, tzinfo=SHANGHAI))
    assert recompute(after, start, term, announced_too) is None


def test_waiting_for_the_applicant_takes_the_days_after_the_pause_opens_up_to_its_end():
    pause = Pause(at(3, 4, 15), at(3, 6, 9), "补正")
    assert ends(at(3, 3, 9), "5 working_days", pause).date() == date(2025, 3, 12)


def test_a_pause_within_one_day_takes_nothing_from_days_but_all_from_hours():
    pause = Pause(at(3, 4, 10), at(3, 4, 15), "检测")
    assert ends(at(3, 3, 9), "5 working_days", pause) == ends(at(3, 3, 9), "5 working_days")
    assert ends(at(3, 4, 9), "4 hours", pause) == at(3, 4, 18)


def test_overlapping_pauses_count_once():
    one, other = Pause(at(3, 4, 10), at(3, 4, 15)), Pause(at(3, 4, 12), at(3, 4, 16))
    assert ends(at(3, 4, 9), "4 hours", one, other) == at(3, 4, 19)


def test_an_open_pause_stops_the_term_and_has_lasted_until_the_moment_of_asking():
    pauses = [Pause(at(3, 4, 10))]
    term = Term.parse("4 hours")
    assert due(at(3, 4, 9), term, DAYS, pauses) == Due(at(3, 4, 13), stopped=True)
    assert due(at(3, 4, 9), term, DAYS, pauses, until=at(3, 4, 12)) == Due(at(3, 4, 15), stopped=True)
    assert not due(at(3, 3, 9), term, DAYS, pauses).stopped


def test_the_share_used_stands_still_while_paused_and_passes_one_when_late():
    start, end, pauses = at(3, 4, 9), at(3, 4, 15), [Pause(at(3, 4, 10), at(3, 4, 12))]
    assert elapsed_share(start, end, at(3, 4, 8), pauses) == 0
    assert elapsed_share(start, end, at(3, 4, 10), pauses) == 0.25
    assert elapsed_share(start, end, at(3, 4, 12), pauses) == 0.25
    assert elapsed_share(start, end, at(3, 4, 15), pauses) == 1
    assert elapsed_share(start, end, at(3, 4, 19), pauses) == 2
    assert elapsed_share(start, end, at(3, 4, 14), [Pause(at(3, 4, 12))]) == 0.5


def test_a_term_with_no_length_is_either_ahead_or_used_up():
    assert elapsed_share(at(3, 4), at(3, 4), at(3, 3)) == 0
    assert elapsed_share(at(3, 4), at(3, 4), at(3, 4)) == 1


def test_a_pause_that_ends_before_it_starts_is_refused():
    with pytest.raises(ValueError, match="before it starts"):
        Pause(at(3, 4), at(3, 3))


# Laws

moments = st.integers(0, 400 * 24 * 60).map(lambda minutes: at(1, 1, year=2024) + timedelta(minutes=minutes))
terms = st.builds(Term, st.integers(0, 60), st.sampled_from(Unit))
day_terms = st.builds(Term, st.integers(0, 60), st.sampled_from([Unit.WORKING_DAYS, Unit.CALENDAR_DAYS]))
pauses = st.builds(
    lambda started, minutes: Pause(started, started + timedelta(minutes=minutes)),
    moments,
    st.integers(0, 20 * 24 * 60),
)
ledgers = st.lists(pauses, max_size=5)


@LAW
@given(moments, terms, ledgers)
def test_a_longer_term_never_ends_earlier(start, term, ledger):
    longer = Term(term.amount + 1, term.unit)
    assert due(start, longer, DAYS, ledger).at >= due(start, term, DAYS, ledger).at >= start.replace(second=0)


@LAW
@given(moments, terms, ledgers, pauses)
def test_one_more_pause_never_ends_it_earlier(start, term, ledger, more):
    assert due(start, term, DAYS, [*ledger, more]).at >= due(start, term, DAYS, ledger).at


@LAW
@given(moments, day_terms, ledgers)
def test_a_term_in_days_ends_on_a_working_day(start, term, ledger):
    assert DAYS.works(due(start, term, DAYS, ledger).at.date())


@LAW
@given(moments, terms, ledgers, moments)
def test_a_pause_of_no_length_changes_nothing(start, term, ledger, moment):
    assert due(start, term, DAYS, [*ledger, Pause(moment, moment)]) == due(start, term, DAYS, ledger)


@LAW
@given(moments, terms, ledgers, pauses, st.floats(0, 1))
def test_a_pause_cut_in_two_is_the_same_pause(start, term, ledger, pause, where):
    cut = pause.started + (pause.ended - pause.started) * where
    halves = [Pause(cut, pause.ended), Pause(pause.started, cut)]
    assert due(start, term, DAYS, [*ledger, *halves]) == due(start, term, DAYS, [*ledger, pause])


@LAW
@given(moments, st.builds(Term, st.integers(1, 500), st.sampled_from([Unit.MINUTES, Unit.HOURS])), ledgers)
def test_at_its_deadline_a_term_is_used_up_exactly(start, term, ledger):
    end = due(start, term, DAYS, ledger).at
    assert elapsed_share(start, end, end, ledger) == 1
