"""How long it takes to get there."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhongshu.engine.dispatch.rules import travel
from zhongshu.engine.dispatch.rules.travel import RoadGraph

STEP = 0.002
"""About 222 metres north."""
LAW = settings(max_examples=50, deadline=None, derandomize=True)


def at(east, north):
    return 114.3 + east * STEP, 22.6 + north * STEP


@pytest.fixture
def bend():
    """Three junctions, the road goes round the corner; a fourth lies apart, near nothing but itself."""
    return RoadGraph([at(0, 0), at(0, 1), at(1, 1), at(9, 9)], [(0, 1, 230.0), (1, 2, 210.0)])


def test_the_way_follows_the_roads(bend):
    (trip,) = bend.seconds([at(0, 0)], at(1, 1), speed=1.0)
    assert trip.metres == pytest.approx(440, abs=0.01) and trip.seconds == trip.metres and not trip.estimated


def test_twice_the_speed_is_half_the_time_for_everybody(bend):
    points = [at(0, 0), at(0, 1), at(0.1, 0.4)]
    slow, fast = bend.seconds(points, at(1, 1), 1.0), bend.seconds(points, at(1, 1), 2.0)
    assert [t.seconds for t in slow] == [pytest.approx(2 * t.seconds) for t in fast]


def test_the_way_to_the_nearest_junction_is_added(bend):
    (trip,) = bend.seconds([at(0, -0.2)], at(1, 1), speed=1.0)
    assert trip.metres == pytest.approx(440 + 0.2 * STEP * 111_195, abs=0.1)


def test_unconnected_or_far_from_any_road_is_a_straight_line_with_the_reason_said(bend):
    apart, lost = bend.seconds([at(9, 9), at(4, 20)], at(0, 0), speed=1.0)
    assert apart.estimated == travel.UNCONNECTED and lost.estimated == travel.OFF_ROAD
    assert lost.metres > 20 * STEP * 111_000 * travel.DETOUR


def test_without_roads_every_trip_is_a_straight_line():
    (trip,) = RoadGraph([], []).seconds([(114.3, 0.0)], (114.3, 0.01), speed=1.0)
    assert trip.estimated == travel.NO_ROADS
    assert trip.metres == pytest.approx(1112 * travel.DETOUR, abs=1)


def test_neighbours_at_one_junction_do_not_walk_to_it_and_back(bend):
    (trip,) = bend.seconds([at(0.3, 0)], at(0.3, 0.01), speed=1.0)
    assert trip.metres < 5 and not trip.estimated


def test_of_two_roads_between_the_same_junctions_the_shorter_counts():
    graph = RoadGraph([at(0, 0), at(0, 1)], [(0, 1, 500.0), (1, 0, 230.0)])
    assert graph.seconds([at(0, 0)], at(0, 1), 1.0)[0].metres == pytest.approx(230)


@pytest.mark.parametrize("road", [(0, 5, 10.0), (0, 1, 0.0), (-1, 0, 5.0)])
def test_a_road_to_nowhere_is_refused(road):
    with pytest.raises(ValueError, match="known junctions"):
        RoadGraph([at(0, 0), at(0, 1)], [road])


def test_standing_still_is_not_a_speed(bend):
    with pytest.raises(ValueError, match="speed"):
        bend.seconds([at(0, 0)], at(1, 1), 0)


@LAW
@given(st.data())
def test_a_new_road_never_makes_the_way_longer(data):
    junctions = [at(east, north) for east in range(3) for north in range(3)]
    pairs = st.tuples(st.integers(0, 8), st.integers(0, 8), st.floats(250, 900)).filter(lambda r: r[0] != r[1])
    roads = data.draw(st.lists(pairs, max_size=12))
    before = RoadGraph(junctions, roads).seconds(junctions, junctions[0], 1.4)
    after = RoadGraph(junctions, [*roads, data.draw(pairs)]).seconds(junctions, junctions[0], 1.4)
    assert all(new.seconds <= old.seconds + 1e-6 for old, new in zip(before, after, strict=True) if not old.estimated)
