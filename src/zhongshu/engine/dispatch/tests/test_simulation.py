"""Officers in the street in simulated time: what holds under every policy, and what a better one gains."""

import os
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhongshu.engine.dispatch.rules.batch import NOBODY
from zhongshu.engine.dispatch.rules.simulation.crew import Job, Officer
from zhongshu.engine.dispatch.rules.simulation.policies import Batch, NearestFree, NearestWaiting
from zhongshu.engine.dispatch.rules.simulation.results import NEVER, STAGES, figures, share_within
from zhongshu.engine.dispatch.rules.simulation.running import simulate
from zhongshu.engine.dispatch.rules.simulation.streets import Streets
from zhongshu.engine.dispatch.rules.simulation.world import Day, Demand, Event, Stint, World, drawn
from zhongshu.engine.dispatch.rules.travel import RoadGraph

DEEP = os.environ.get("ZHONGSHU_DEEP") == "1"
LAW = settings(max_examples=50 if DEEP else 12, deadline=None, derandomize=True)
POLICIES = (NearestFree(), NearestWaiting(), Batch(), Batch(redirects=False))
STEPS = ("discovered", "accepted", "sent", "reached", "handled", "verifier_sent", "verifier_reached", "closed")


def grid(side=5):
    """Junctions about 200 m apart, no two roads of one length."""
    spots = [(114 + 0.002 * c, 22 + 0.002 * r) for r in range(side) for c in range(side)]
    ends = [(n, n + 1) for n in range(side * side) if (n + 1) % side] + [
        (n, n + side) for n in range(side * (side - 1))
    ]
    return Streets.of(RoadGraph(spots, [(a, b, 200 + 3.7 * n) for n, (a, b) in enumerate(ends)]), speed=4)


GRID = grid()


def line(length=12):
    """Junctions one after another, a minute apart."""
    spots = [(114 + 0.002 * n, 22) for n in range(length)]
    return Streets.of(RoadGraph(spots, [(n, n + 1, 240.0) for n in range(length - 1)]), speed=4)


def small_world(officers, hourly=60.0, streets=GRID):
    return World(streets, (Stint(),) * officers, Demand(hourly, 3 * hourly, ((900.0, 1800.0),), spots=2))


def lived(policy, officers=3, seed=1, hours=0.35):
    world = small_world(officers)
    return world, simulate(world, policy, drawn(world, hours, Random(seed)))


days = given(st.sampled_from(POLICIES), st.integers(2, 6), st.integers(0, 10_000))


@LAW
@days
def test_every_event_is_closed_and_time_never_runs_backwards(policy, officers, seed):
    _, courses = lived(policy, officers, seed)
    for one in courses:
        times = [getattr(one, step) for step in STEPS]
        assert times == sorted(times) and one.is_closed
        assert one.accepted - one.discovered == pytest.approx(
            60
        ) and one.closed - one.verifier_reached == pytest.approx(120)


@LAW
@days
def test_who_handled_an_event_does_not_verify_it(policy, officers, seed):
    _, courses = lived(policy, officers, seed)
    assert all(NOBODY != one.handler != one.verifier != NOBODY for one in courses)


@LAW
@days
def test_nobody_is_in_two_places_or_faster_than_the_streets_allow(policy, officers, seed):
    world, courses = lived(policy, officers, seed)
    for who in range(officers):
        stays = sorted(
            [(one.reached, one.handled, one.junction) for one in courses if one.handler == who]
            + [(one.verifier_reached, one.closed, one.junction) for one in courses if one.verifier == who]
        )
        for (_, left, here), (reached, _, there) in pairwise(stays):
            assert reached - left >= world.streets.seconds[here, there] - 0.01


@LAW
@days
def test_the_same_day_is_lived_the_same_twice(policy, officers, seed):
    assert lived(policy, officers, seed)[1] == lived(policy, officers, seed)[1]


@pytest.mark.parametrize("policy", POLICIES[1:], ids=repr)
def test_where_one_event_comes_at_a_time_every_policy_sends_the_nearest(policy):
    events = tuple(Event(7200.0 * n, Random(n).randrange(len(GRID)), 300.0, False) for n in range(20))
    world, day = small_world(4), Day(events, (0, 6, 12, 18))
    for ours, nearest in zip(simulate(world, policy, day), simulate(world, NearestFree(), day), strict=True):
        for stage in STAGES:
            # A look every ten seconds comes so much later, twice an event.
            assert STAGES[stage](ours) - STAGES[stage](nearest) == pytest.approx(0, abs=20.01 if policy.every else 0.01)
        assert ours.reached - ours.sent == pytest.approx(nearest.reached - nearest.sent)


TWO_AT_ONCE = Day((Event(0.0, 6, 360.0, False), Event(5.0, 2, 360.0, False)), stations=(4, 9))
"""The first event is nearest to the officer whom the second needs: 2 + 7 minutes in turn, 3 + 2 together."""


def test_with_two_officers_and_two_events_the_batch_turns_who_is_on_the_way_and_both_are_closed_sooner():
    world = World(line(), (Stint(), Stint()))
    nearest, batch = (simulate(world, policy, TWO_AT_ONCE) for policy in (NearestFree(), Batch()))
    assert [one.handler for one in nearest] == [0, 1] and [one.handler for one in batch] == [1, 0]
    assert [round(one.reached) for one in nearest] == [60 + 120, 65 + 420]
    # Looked at after 60 and 70 seconds; who is under way turns at the next junction, a minute on.
    assert [round(one.reached) for one in batch] == [70 + 180, 120 + 60 + 120]
    assert [one.switches for one in batch] == [1, 0]
    assert sum(one.closed for one in batch) < sum(one.closed for one in nearest) - 120


@LAW
@given(st.integers(2, 6), st.integers(0, 10_000))
def test_without_redirects_nobody_on_the_way_is_sent_elsewhere(officers, seed):
    world, courses = lived(Batch(redirects=False), officers, seed)
    assert all(one.switches == 0 for one in courses)
    longest = float(world.streets.seconds.max())
    assert all(one.reached - one.sent <= longest + 0.01 for one in courses)


def test_a_job_waits_for_who_is_soon_free_next_to_it_rather_than_drawing_somebody_from_afar():
    events = (Event(0.0, 0, 120.0, False), Event(60.0, 1, 120.0, False))
    world, day = World(line(60), (Stint(), Stint())), Day(events, stations=(0, 59))
    assert simulate(world, NearestFree(), day)[1].handler == 1
    assert simulate(world, Batch(), day)[1].reached == pytest.approx(250, abs=20)


def test_one_officer_alone_handles_but_nobody_verifies():
    for policy in POLICIES:
        _, courses = lived(policy, officers=1)
        assert courses and all(one.handled < NEVER and not one.is_closed for one in courses)
        assert share_within(courses, 20) == 0 and figures(courses).median == 0


def test_off_duty_nobody_is_sent():
    events = tuple(Event(600.0 * n, n % 10, 100.0, False) for n in range(12))
    roster = (Stint(ends=3600.0, station=0), Stint(starts=3600.0, station=9), Stint())
    for policy in POLICIES:
        courses = simulate(World(line(), roster), policy, Day(events, (0, 9, 5)))
        assert all(one.is_closed for one in courses)
        early = {who for one in courses if one.closed < 3600 for who in (one.handler, one.verifier)}
        late = {who for one in courses if one.accepted > 3600 for who in (one.handler, one.verifier)}
        assert (early, late) == ({0, 2}, {1, 2})


def test_what_all_is_given_to_one_officer_is_done_one_after_another():
    class Careless(NearestFree):
        def plan(self, moment):
            return [job % 2 for job in range(len(moment.going))]

    _, courses = lived(Careless())
    assert all(one.handler in (0, 1) for one in courses if one.handled < NEVER)
    with pytest.raises(ValueError, match="at work"):
        Officer(Stint(), 0, job=Job(0.0, 0, 1), at_work=True).set_out(Job(0.0, 1, 2), 0.0, line())


def test_another_roster_meets_the_same_events():
    few, many = (drawn(small_world(officers), 24, Random(7)) for officers in (3, 9))
    assert few.events == many.events and few.stations == many.stations[:3]


def test_the_events_come_as_often_and_take_as_long_as_given():
    day = drawn(World(GRID, ()), 240, Random(7))
    burst = sum(one.in_burst for one in day.events)
    assert burst == pytest.approx(30 * 180, rel=0.05) and len(day.events) - burst == pytest.approx(210 * 60, rel=0.05)
    handling = sorted(one.handling for one in day.events)
    assert handling[len(handling) // 2] == pytest.approx(360, rel=0.05)
    assert handling[int(len(handling) * 0.8413)] / 360 == pytest.approx(2.718**0.6, rel=0.05)


def test_who_is_under_way_can_turn_at_the_next_junction():
    streets = line()
    assert streets.next_turn(0, 5, since=0, at=150) == (3, pytest.approx(180))
    assert streets.next_turn(0, 5, since=0, at=0) == (0, 0)
    assert streets.next_turn(0, 5, since=200, at=150) == (0, 200)


def test_streets_in_pieces_are_refused():
    with pytest.raises(ValueError, match="everywhere"):
        Streets.of(RoadGraph([(114, 22), (114.1, 22), (114.2, 22)], [(0, 1, 10.0)]), speed=4)


def test_the_figures_are_those_of_the_closed_events():
    _, courses = lived(Batch(), officers=6)
    found = figures(courses)
    stages = sum(figures(courses, stage).mean for stage in STAGES if stage != "all")
    assert found.mean == pytest.approx(stages) and found.median <= found.p90 <= found.longest
    assert share_within(courses, found.longest) == 1 and figures([]) == (0, 0, 0, 0)
