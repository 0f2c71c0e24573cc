"""How fast somebody may go through the doors, counted in memory."""

from typing import Any

import pytest
from django.test import RequestFactory
from hypothesis import given, settings
from hypothesis import strategies as st

from zhongshu.base.http import paces
from zhongshu.base.http.paces import Buckets, Pace
from zhongshu.base.http.refusals import TooMany
from zhongshu.base.permissions.rules import ANONYMOUS, Actor

PACE = Pace("test", 60)
SOMEBODY = Actor("7d1f0f6e-0000-7000-8000-000000000001", "林晓舟", "resident")


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def _takes(buckets: Buckets, times: int, who: str = "a", **how: Any) -> int:
    return sum(buckets.take(PACE, who, **how) == 0 for _ in range(times))


def test_a_bucket_gives_what_it_holds_and_fills_evenly(clock: Clock) -> None:
    buckets = Buckets(clock)
    assert _takes(buckets, 100) == 60
    assert buckets.take(PACE, "a") == pytest.approx(1.0)
    clock.now = 10.0
    assert _takes(buckets, 100) == 10
    clock.now = 1_000.0
    assert _takes(buckets, 100) == 60


def test_others_have_buckets_of_their_own(clock: Clock) -> None:
    buckets = Buckets(clock)
    assert (_takes(buckets, 61, "a"), _takes(buckets, 61, "b")) == (60, 60)


@given(st.lists(st.floats(0, 30), max_size=60), st.sampled_from([1, 2, 8]))
@settings(max_examples=50, deadline=None, derandomize=True)
def test_however_one_asks_no_more_is_given_than_the_pace(pauses: list[float], shares: int) -> None:
    clock = Clock()
    buckets, given_ = Buckets(clock), 0
    for pause in pauses:
        clock.now += pause
        given_ += _takes(buckets, 10, shares=shares)
    assert given_ <= PACE.most + clock.now * PACE.most / 60 / shares + 1e-6


def test_those_who_are_gone_take_no_room(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paces, "_MOST_KNOWN", 100)
    buckets = Buckets(clock)
    for number in range(1_000):
        clock.now += 1
        buckets.take(PACE, str(number))
    assert len(buckets.left) <= 100


def _of(method: str, by: Actor, named: str = "", **meta: str) -> tuple[Pace, str]:
    return paces.of(RequestFactory().generic(method, "/", **meta), by, named)


def test_a_pace_is_of_the_account_or_of_the_address_and_changing_is_slower() -> None:
    assert _of("GET", SOMEBODY) == (paces.READ, SOMEBODY.id) and _of("POST", SOMEBODY) == (paces.WRITE, SOMEBODY.id)
    assert _of("GET", ANONYMOUS) == (paces.LOOK, "127.0.0.1") and _of("PATCH", ANONYMOUS)[0] is paces.TELL
    assert _of("GET", SOMEBODY, "export") == (paces.EXPORT, SOMEBODY.id)
    assert paces.WRITE.most < paces.READ.most and paces.TELL.most < paces.LOOK.most


def test_a_household_s_ipv6_addresses_are_one_visitor() -> None:
    seen = {_of("GET", ANONYMOUS, REMOTE_ADDR=f"2001:250:1:2::{tail}")[1] for tail in ("1", "ffff", "a:b:c")}
    assert seen == {"2001:250:1:2::/64"}
    assert _of("GET", ANONYMOUS, REMOTE_ADDR="::ffff:8.8.8.8")[1] == "8.8.8.8"


def test_a_claimed_address_gives_no_new_bucket() -> None:
    seen = {_of("POST", ANONYMOUS, HTTP_X_FORWARDED_FOR=f"9.9.9.{n}, 8.8.8.{n}")[1] for n in range(9)}
    assert seen == {"127.0.0.1"}


def test_the_operator_widens_or_lifts_them(settings: Any) -> None:
    settings.PROCESSES, settings.LIMITS, few = 1, 0, Pace("few", 1)
    for _ in range(5):
        paces.keep(few, "x")
    settings.LIMITS = 2
    paces.keep(few, "x")
    paces.keep(few, "x")
    with pytest.raises(TooMany) as refused:
        paces.keep(few, "x")
    assert refused.value.door == "few" and refused.value.retry_after >= 1
