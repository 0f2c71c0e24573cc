"""Revoked codes: a bit each. The example is that of the draft (draft-ietf-oauth-status-list, section 4.1 and 4.3)."""

import zlib
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhongshu.engine.credentials.rules import keys, status
from zhongshu.engine.credentials.rules.faults import Faulty, Reason
from zhongshu.engine.credentials.tests.issuing import NOW, key, signer, status_list, stranger

few = settings(max_examples=50, deadline=None, derandomize=True)
RING = keys.ring([key], status.KIND)
SET = [0, 3, 4, 5, 7, 8, 9, 13, 15]


def refused(data, at=NOW, ring=RING):
    with pytest.raises(Faulty) as fault:
        status.read(data, ring, at)
    return fault.value.reason


def test_the_example_of_the_draft():
    packed = bytes.fromhex("78dadbb918000217015d")
    assert status.unpack(packed) == bytes.fromhex("b9a3")
    assert [place for place in range(16) if status.bit(packed, place)] == SET
    assert status.unpack(status.pack(16, SET)) == bytes.fromhex("b9a3")


@few
@given(st.integers(1, 400_000), st.randoms(use_true_random=False))
def test_a_bit_is_the_same_from_the_packed_list_and_from_the_unpacked(places, chance):
    revoked = set(chance.sample(range(places), min(places, 20)))
    one = replace(status_list, packed=status.pack(places, revoked))
    for place in [*revoked, *chance.choices(range(places), k=5), places - 1]:
        assert one.is_revoked(place) == one.unpacked().is_revoked(place) == (place in revoked)


def test_a_list_of_two_and_a_half_million_is_a_few_kilobytes():
    revoked = Random(1).sample(range(2_500_000), 2_500)
    assert len(status.pack(2_500_000, revoked)) < 6_000


def test_a_place_beyond_the_list_is_refused_packed_or_not():
    for one in (status_list, status_list.unpacked()):
        with pytest.raises(Faulty):
            one.is_revoked(2_500_000)


@pytest.mark.parametrize(
    "packed",
    [b"", b"text", zlib.compress(b"x")[:-1], zlib.compress(b"x") + b"y", zlib.compress(bytes((1 << 21) + 1))],
)
def test_a_list_cut_off_followed_by_something_or_grown_without_bound_is_refused(packed):
    with pytest.raises(Faulty):
        status.unpack(packed)


def test_the_list_that_the_issuer_signed_is_read_as_it_was_written():
    assert status.read(status.written(status_list, signer), RING, NOW) == status_list


def test_a_list_by_another_hand_for_another_issuer_or_too_old_is_refused():
    data = status.written(status_list, signer)
    assert refused(status.written(status_list, stranger)) is Reason.OTHER_ISSUER
    assert refused(status.written(replace(status_list, issuer="other"), signer)) is Reason.OTHER_ISSUER
    assert refused(data, status_list.expires + timedelta(seconds=1)) is Reason.LIST_TOO_OLD
    assert refused(data, ring=keys.ring([replace(key, ends=NOW)], status.KIND)) is Reason.KEY_ENDED
    assert refused(data, ring=keys.ring([key])) is Reason.BROKEN  # by a ring for codes
    assert refused(keys.signed(b"\xa0", signer, status.KIND)) is Reason.BROKEN


def test_an_older_list_that_is_shown_again_takes_nothing_back():
    older = replace(status_list, issued=NOW - timedelta(hours=1))
    assert status.newer(status_list, older) is status_list
    assert status.newer(older, status_list) is status_list
