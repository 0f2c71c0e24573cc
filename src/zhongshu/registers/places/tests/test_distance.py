import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhongshu.registers.places.rules.distance import box, metres

lons, lats = st.floats(-179, 179), st.floats(-80, 80)


def test_a_degree_of_latitude_is_111_kilometres():
    assert metres(121, 29, 121, 30) == pytest.approx(111_195, abs=1)


def test_a_degree_of_longitude_shrinks_to_half_at_sixty_degrees():
    assert metres(10, 60, 10.01, 60) == pytest.approx(metres(10, 0, 10.01, 0) / 2, rel=1e-4)


@settings(max_examples=50, deadline=None, derandomize=True)
@given(lons, lats, lons, lats)
def test_there_is_as_far_as_back(lon, lat, other_lon, other_lat):
    assert metres(lon, lat, other_lon, other_lat) == pytest.approx(metres(other_lon, other_lat, lon, lat))


@settings(max_examples=50, deadline=None, derandomize=True)
@given(lons, lats, st.floats(10, 5_000), st.floats(-0.06, 0.06), st.floats(-0.06, 0.06))
def test_whatever_is_within_reach_lies_in_the_box(lon, lat, reach, east, north):
    west, south, right, top = box(lon, lat, reach)
    other = lon + east, lat + north
    if metres(lon, lat, *other) <= reach:
        assert west <= other[0] <= right and south <= other[1] <= top
