"""What a form says of its sender's position."""

from datetime import datetime, timedelta

import pytest
from django.http import QueryDict

from zhongshu.base.calendar.rules import SHANGHAI
from zhongshu.base.http.refusals import Invalid
from zhongshu.channels.mobile import forms
from zhongshu.channels.presenters import names

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=SHANGHAI)


def sent(lon="120.9", lat="29.8", at=NOW):
    post = QueryDict(mutable=True)
    post.update(
        {"position-lon": lon, "position-lat": lat, "position-at": at if isinstance(at, str) else at.isoformat()}
    )
    return post


def test_a_position_is_read_with_its_moment():
    earlier = NOW - timedelta(minutes=3)
    found = forms.position(sent(at=earlier), NOW)
    assert (found.lon, found.lat, found.at) == (120.9, 29.8, earlier)


def test_no_position_is_none():
    assert forms.position(sent("", ""), NOW) is None
    assert forms.position(QueryDict(), NOW) is None


@pytest.mark.parametrize(
    "post", [sent("a", "b"), sent("120.9", ""), sent(at=""), sent(at="yesterday"), sent(at="2026-03-02T09:30:00")]
)
def test_what_cannot_be_read_is_refused(post):
    with pytest.raises(Invalid, match="重新定位"):
        forms.position(post, NOW)


def test_a_position_of_an_hour_ago_is_refused_with_its_age():
    with pytest.raises(Invalid, match="60 分钟前"):
        forms.position(sent(at=NOW - timedelta(hours=1)), NOW)


def test_a_device_whose_clock_is_ahead_spoke_now():
    assert forms.position(sent(at=NOW + timedelta(hours=2)), NOW).at == NOW


def test_a_key_stays_and_a_broken_one_is_made_anew():
    known = "019a0000-0000-7000-8000-000000000001"
    post = QueryDict(mutable=True)
    post["act-key"] = known
    assert forms.key(post) == known
    assert forms.key(QueryDict("act-key=x")) != forms.key(QueryDict())


@pytest.mark.parametrize(("metres", "words"), [(3, "10 米"), (354, "350 米"), (996, "1.0 公里"), (2_671, "2.7 公里")])
def test_distances_are_as_fine_as_one_can_tell(metres, words):
    assert names.distance(metres) == words
