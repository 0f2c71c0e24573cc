import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhongshu.base.http.refusals import Invalid
from zhongshu.registers.places.rules.datum import Datum, from_wgs84, named, outside_china, to_wgs84
from zhongshu.registers.places.rules.distance import metres

CENTIMETRE = 1e-7
lons, lats = st.floats(74, 135), st.floats(4, 53)


@settings(max_examples=50, deadline=None, derandomize=True)
@given(lons, lats, st.sampled_from(Datum))
def test_a_point_goes_to_a_datum_and_back_within_a_centimetre(lon, lat, datum):
    there = from_wgs84(lon, lat, datum)
    assert to_wgs84(*there, datum) == pytest.approx((lon, lat), abs=CENTIMETRE, rel=0)


@settings(max_examples=50, deadline=None, derandomize=True)
@given(lons, lats)
def test_gcj02_strays_from_wgs84_by_less_than_a_kilometre(lon, lat):
    assert 10 < metres(lon, lat, *from_wgs84(lon, lat, Datum.GCJ02)) < 1_000


def test_a_published_example_is_met():
    lon, lat = 121.0917077, 30.6107779
    assert from_wgs84(lon, lat, Datum.GCJ02) == pytest.approx((121.09626927850977, 30.608604368560773), abs=1e-9)
    assert from_wgs84(lon, lat, Datum.BD09) == pytest.approx((121.10271724622564, 30.61484575976839), abs=1e-9)


@pytest.mark.parametrize("point", [(2.35, 48.85), (-74.0, 40.7), (151.2, -33.9)])
def test_points_outside_china_stay_as_they_are_in_gcj02(point):
    assert outside_china(*point)
    assert from_wgs84(*point, Datum.GCJ02) == point
    assert to_wgs84(*point, Datum.GCJ02) == point


def test_an_unknown_datum_is_refused_by_name():
    with pytest.raises(Invalid, match="cgcs"):
        named("cgcs")
