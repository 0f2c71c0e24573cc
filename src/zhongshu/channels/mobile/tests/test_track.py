"""One's own way, and the map applications that lead to a matter."""

import json
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from zhongshu.channels.mobile.presenters import navigation
from zhongshu.engine.dispatch.models import Shift
from zhongshu.registers.places.rules import datum, distance
from zhongshu.registers.places.rules.datum import Datum

JSON = {"Accept": "application/json"}


@pytest.fixture
def officer(city, client):
    """A grid officer who has just signed in."""
    Shift.objects.all().delete()
    client = city.signed_in(client, "grid001")
    cell = client.get("/mobile/shift/").content.decode().split('<option value="')[1].split('"')[0]
    client.post("/mobile/shift/", {"go": "begin", "place": cell, "hours": "8"})
    return client


def points(city):
    lon, lat = city.spot()
    return json.dumps([[1, lon, lat, 8], [0, lon, lat + 0.0003, 8]])


def test_a_way_is_kept_from_the_consent_on_and_shown_to_its_officer(city, officer):
    address = f"/mobile/shift/{Shift.objects.get().pk}/points/"
    assert officer.post(address, {"points": points(city)}, headers=JSON).status_code == 409
    assert "不同意不影响值班" in officer.get("/mobile/shift/").content.decode()
    officer.post("/mobile/shift/track/", {"go": "begin"})
    assert f'data-points="{address}"' in officer.get("/mobile/").content.decode()
    hour_ago = city.now - timedelta(hours=1)
    Shift.objects.update(starts=hour_ago, tracked=hour_ago)
    assert officer.post(address, {"points": points(city)}, headers=JSON).status_code == 200
    text = officer.get("/mobile/track/").content.decode()
    assert "走过的网格" in text and 'id="way"' in text
    officer.post("/mobile/shift/track/", {"go": "stop"})
    assert "data-points" not in officer.get("/mobile/").content.decode()


@pytest.mark.parametrize("sent", ["", "[", "[[1]]", '"x"', "[" * 20_000])
def test_what_is_no_way_is_refused(officer, sent):
    officer.post("/mobile/shift/track/", {"go": "begin"})
    answer = officer.post(f"/mobile/shift/{Shift.objects.get().pk}/points/", {"points": sent}, headers=JSON)
    assert answer.status_code == 422


def test_another_s_shift_is_absent(city, officer, client):
    shift = Shift.objects.get().pk
    other = city.signed_in(client, "grid002")
    assert other.get(f"/mobile/track/?shift={shift}").status_code == 404
    assert other.post(f"/mobile/shift/{shift}/points/", {"points": points(city)}).status_code == 404


def test_who_never_let_a_way_be_kept_reads_how_to(officer):
    assert "还没有记录过轨迹" in officer.get("/mobile/track/").content.decode()


def test_a_planned_shift_is_signed_in_to_and_not_doubled(city, officer):
    Shift.objects.update(signed=None)
    assert "还没有签到" in officer.get("/mobile/shift/").content.decode()
    officer.post("/mobile/shift/", {"go": "begin"})
    assert Shift.objects.get().signed is not None


def test_each_map_gets_the_point_in_its_own_datum():
    phone, amap, baidu, tencent = (way.address for way in navigation.to(121.5, 29.9))
    assert phone.startswith("geo:29.900000,121.500000?")
    asked = [parse_qs(urlsplit(address).query) for address in (amap, baidu, tencent)]
    lon, lat, _ = asked[0]["to"][0].split(",")
    assert _off(float(lon), float(lat), Datum.GCJ02) < 1
    lat, lon = asked[1]["location"][0].split(",")
    assert _off(float(lon), float(lat), Datum.BD09) < 1
    lat, lon = asked[2]["tocoord"][0].split(",")
    assert _off(float(lon), float(lat), Datum.GCJ02) < 1
    assert 100 < distance.metres(float(lon), float(lat), 121.5, 29.9) < 1_000


def _off(lon, lat, kind):
    return distance.metres(*datum.to_wgs84(lon, lat, kind), 121.5, 29.9)
