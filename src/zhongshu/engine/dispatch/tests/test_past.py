"""Days of the past lived again under a roster that is only thought of."""

from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from zhongshu.base.calendar.rules import SHANGHAI
from zhongshu.engine.dispatch.rules.rosters import WEEK, Turn
from zhongshu.engine.dispatch.rules.simulation import past
from zhongshu.engine.dispatch.rules.simulation.moments import Moment
from zhongshu.engine.dispatch.rules.simulation.past import Happened, Map, Past
from zhongshu.engine.dispatch.rules.simulation.policies import Batch
from zhongshu.engine.dispatch.rules.simulation.running import simulate
from zhongshu.engine.dispatch.rules.simulation.world import Day, Event, Stint, World
from zhongshu.engine.dispatch.rules.travel import RoadGraph

LAW = settings(max_examples=50, deadline=None, derandomize=True)
MONDAY = datetime(2026, 11, 16, tzinfo=SHANGHAI)
HOUR = timedelta(hours=1)
DISTRICT, STREET, OTHER = 990101, 990101001, 990101002
SPOTS = [(114 + 0.002 * n, 22.0) for n in range(10)]
MAP = Map.of(RoadGraph([*SPOTS, (115.0, 23.0)], [(n, n + 1, 240.0) for n in range(9)]), speed=4.0)
STATIONS = {DISTRICT: SPOTS[0], STREET: SPOTS[5]}


def event(number=0, hour=9.0, spot=3, category="1101", place=STREET, handling: float | None = 600.0):
    return Happened(f"C{number:03}", 1, category, place, MONDAY + hour * HOUR, SPOTS[spot], handling)


def turn(starts=8.0, ends=20.0, place=DISTRICT, skills=(), account="a"):
    return Turn(account, place, skills, MONDAY + starts * HOUR, MONDAY + ends * HOUR)


def lived(events, *turns):
    return past.lived([Past(MONDAY, MONDAY + 24 * HOUR, tuple(events), turns)], MAP, STATIONS)


def test_an_officer_on_shift_comes_by_the_roads_and_handling_takes_what_it_took():
    (one,) = lived([event()], turn())
    assert one.reached - one.sent == 180 and one.handled - one.reached == 600 and one.closed == one.handled
    assert one.sent - one.discovered <= past.LOOK and one.discovered == 9 * 3600


def test_what_is_not_known_of_handling_is_its_default_and_what_took_for_ever_is_cut():
    unknown, long = (lived([event(handling=seconds)], turn())[0] for seconds in (None, 9e9))
    assert unknown.handled - unknown.reached == past.SERVICE.handling_median
    assert long.handled - long.reached == past.LONGEST


def test_before_the_shift_it_waits_and_after_it_nobody_comes():
    early, late = lived([event(1, 6), event(2, 21)], turn())
    assert early.sent == 8 * 3600 and late.reached == past.NEVER
    told = past.told([early, late])
    assert (told.events, told.never, told.p90) == (2, 1, None)


def test_a_shift_serves_its_place_and_a_skill_that_is_lacking_only_costs():
    elsewhere = event(place=OTHER)
    assert lived([elsewhere], turn(place=STREET))[0].reached == past.NEVER
    assert lived([elsewhere], turn(place=DISTRICT))[0].reached < past.NEVER
    unskilled, skilled = turn(skills=("14",), account="a"), turn(place=STREET, skills=("11",), account="b")
    (one,) = lived([event(spot=0)], unskilled, skilled)
    assert one.handler == 1
    assert lived([event(spot=0)], unskilled)[0].handler == 0


class Counted:
    """The product's rule, counting how often it is asked."""

    every, redirects, asked = 10.0, True, 0

    def plan(self, moment: Moment) -> list[int]:
        self.asked += 1
        return Batch().plan(moment)


def test_a_policy_is_not_asked_while_nobody_could_be_sent_and_asked_as_soon_as_somebody_could():
    mine, others = Stint(3600.0, 7200.0, serves=frozenset({0})), Stint(0.0, 9000.0, serves=frozenset({1}))
    found, policy = Event(0.0, 3, 600.0, False), Counted()
    world = World(MAP.streets, (others, mine), service=past.SERVICE)
    (one,) = simulate(world, policy, Day((found,), (0, 0)))
    # Asked once at the start of the shift, and while somebody is on the way: three junctions, a minute each.
    assert (one.sent, one.reached, one.handler) == (3600.0, 3780.0, 1) and policy.asked < 20


def test_a_shift_at_a_place_of_which_no_point_is_known_is_not_stood():
    assert lived([event()], turn(place=990109))[0].reached == past.NEVER


def test_shifts_are_moved_to_the_days_they_are_tried_on():
    week = (MONDAY + WEEK, MONDAY + WEEK + 24 * HOUR)
    assert past.moved([turn(), turn(30, 38)], WEEK, *week) == (
        replace(turn(), starts=week[0] + 8 * HOUR, ends=week[0] + 20 * HOUR),
    )


def test_roads_in_pieces_are_their_largest_and_a_part_is_what_lies_about_the_points():
    assert len(MAP.roads) == 10
    assert len(MAP.roads.around(SPOTS[2:4], 0.0)) == 2 and MAP.roads.around(SPOTS[2:4], 250.0).nearest(SPOTS[:1]) == [0]


one_event = st.builds(
    event, number=st.integers(0, 99), hour=st.floats(0, 23.5), spot=st.integers(0, 9),
    place=st.sampled_from([STREET, OTHER]),
)  # fmt: skip
one_turn = st.builds(
    turn, starts=st.integers(0, 12), ends=st.integers(13, 24), place=st.sampled_from([DISTRICT, STREET])
)
events = st.lists(one_event, max_size=25, unique_by=lambda one: one.case)
rosters = st.lists(one_turn, max_size=3)


@LAW
@given(events, rosters, st.randoms())
def test_a_day_is_the_same_for_the_same_events_in_whatever_order(happened, turns, random):
    shuffled = random.sample(happened, len(happened))
    assert lived(happened, *turns) == lived(shuffled, *turns)


@LAW
@given(events, rosters)
def test_one_more_officer_beside_another_never_leaves_more_events_alone(happened, turns):
    beside = [replace(one, account="more") for one in turns[:1]] or [turn()]
    fewer, more = (past.told(lived(happened, *roster)) for roster in (turns, [*turns, *beside]))
    assert more.never <= fewer.never


@LAW
@given(events, rosters)
def test_figures_are_in_order_and_count_what_nobody_came_to(happened, turns):
    told = past.told(lived(happened, *turns))
    assert told.events == len(happened) and 0 <= told.within <= 1 and 0 <= told.never <= told.events
    if told.median is not None and told.p90 is not None:
        assert told.median <= told.p90
