"""A change of the responsibility table tried for how long events would wait, body by body."""

from datetime import datetime
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhongshu.base.calendar.rules import SHANGHAI
from zhongshu.engine.dispatch import actions
from zhongshu.engine.dispatch.models import Responsibility, Shift
from zhongshu.engine.dispatch.queries import paces
from zhongshu.engine.dispatch.rules.loads import loads, newest_days
from zhongshu.engine.dispatch.rules.simulation import past
from zhongshu.engine.dispatch.rules.simulation.past import Happened
from zhongshu.engine.dispatch.rules.table import Change
from zhongshu.engine.dispatch.rules.trial import Decided, Event, Trial
from zhongshu.engine.dispatch.tests.busy import DAY, HOUR, Busy
from zhongshu.registers.people.models import Account, Body
from zhongshu.registers.places import queries as places

MIDNIGHT = datetime(2026, 11, 22, tzinfo=SHANGHAI)
OFFICE, TEAM = 1, 2


def event(number: str, body: int, days: float = 0.5) -> Happened:
    return Happened(number, body, "1101", 990101001, MIDNIGHT - days * DAY, (114.0, 22.0), None)


def decided(number: str, before: int | None, after: int | None) -> Decided:
    return Decided(Event(number, "1101", 990101001, before), before, after)


def test_what_was_tried_goes_by_the_tables_and_all_else_stays_with_whom_it_was() -> None:
    own = [event("A", OFFICE), event("B", OFFICE), event("C", TEAM)]
    found = [decided("A", OFFICE, TEAM), decided("D", TEAM, TEAM), decided("E", None, TEAM)]
    office, team = loads((OFFICE, TEAM), own, [event("A", OFFICE), event("D", OFFICE), event("E", TEAM)], found)
    assert [[one.case for one in part] for part in (office.before, office.after)] == [["B", "A"], ["B"]]
    assert [[one.case for one in part] for part in (team.before, team.after)] == [["C", "D"], ["C", "A", "D", "E"]]


days = st.lists(st.floats(0.01, 9), max_size=12)


@settings(max_examples=50, deadline=None, derandomize=True)
@given(days, st.integers(0, 12))
def test_the_newest_whole_days_are_kept_as_long_as_they_are_not_too_many(ago: list[float], most: int) -> None:
    own = [event(str(number), OFFICE, one) for number, one in enumerate(ago)]
    (kept,) = newest_days(loads([OFFICE], own, [], []), MIDNIGHT, MIDNIGHT - 7 * DAY, most)
    assert kept.before == kept.after and len(kept.before) <= most
    whole = {one.at.date() for one in kept.before}
    assert all(one in kept.before for one in own if one.at.date() in whole)
    assert all(one.at >= MIDNIGHT - 7 * DAY for one in kept.before)


@pytest.fixture
def busy(city: Any) -> Busy:
    """A body with cases, whose officers stood twelve hours on every day of the last week."""
    found = Busy(city, past.FEWEST + 2)
    for days_ago in range(1, 8):
        starts = found.midnight - (days_ago + 1) * DAY + 8 * HOUR
        Shift.objects.bulk_create(
            Shift(account=one.pk, place=one.body.place, starts=starts, ends=starts + 12 * HOUR) for one in found.crew
        )
    return found


def change(city: Any) -> Change:
    row = Responsibility.objects.get(category="11", place=places.locate(*city.spot()).path[3], ends=None)
    other = Body.objects.filter(kind="bureau").exclude(pk=row.body).order_by("pk")[0]
    return Change(row.category, row.place, row.pk, other.pk)


@pytest.mark.django_db
def test_the_body_that_loses_its_events_and_the_one_that_gets_them_are_told(city: Any, busy: Busy) -> None:
    moved = change(city)
    Shift.objects.filter(account__in=Account.objects.filter(body=moved.body).values("pk")).delete()
    found = paces.try_out([moved], city.now)
    of_body = {one.body: one for one in found.pace}
    loses, gets = of_body[busy.body], of_body[moved.body]
    assert loses.before and loses.after and not loses.why
    assert (loses.before.events, loses.before.never) == (past.FEWEST + 2, 0) and loses.before.median is not None
    assert (loses.after.events, loses.after.median) == (0, None)
    assert (gets.why, gets.before) == ("roster", None)


@pytest.mark.django_db
def test_of_few_events_only_so_much_is_told_and_what_moves_nothing_tells_nothing(city: Any) -> None:
    city.report(spot=city.spot())
    Busy(city, 2)
    assert {one.why for one in paces.try_out([change(city)], city.now).pace} == {"few"}
    unmoved = Change("14", places.locate(*city.spot()).path[3], None, change(city).body)
    assert paces.try_out([unmoved], city.now).pace == ()


@pytest.mark.django_db
def test_the_approver_sees_what_the_proposer_saw(city: Any, busy: Busy) -> None:
    seen = paces.try_out([change(city)], city.now)
    proposal = actions.propose_change([change(city)], "机构职能调整。", by=city.actor("supervisor"), at=city.now)
    proposal.refresh_from_db()
    assert msgspec.convert(proposal.body["trial"], Trial).pace == seen.pace != ()


def test_a_trial_from_before_there_were_paces_is_read_all_the_same() -> None:
    assert msgspec.convert({"events": 1, "moved": 0, "lines": [], "examples": []}, Trial).pace == ()


@pytest.mark.django_db
def test_trying_costs_the_same_few_statements(city: Any, busy: Busy, django_assert_max_num_queries: Any) -> None:
    wanted = change(city)
    paces.try_out([wanted], city.now)
    with django_assert_max_num_queries(7):
        paces.try_out([wanted], city.now)
