"""Codes that hold, and the stories of those that do not."""

from dataclasses import replace
from datetime import timedelta

import cbor2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhongshu.base.crypto.sm import libcrypto
from zhongshu.engine.credentials.rules import algorithms, base45, claims, codes, cose, keys, status
from zhongshu.engine.credentials.rules.algorithms import Algorithm
from zhongshu.engine.credentials.rules.claims import LIFE, Kind
from zhongshu.engine.credentials.rules.faults import Reason
from zhongshu.engine.credentials.tests import issuing
from zhongshu.engine.credentials.tests.issuing import DAY, ISSUER, NOW, reason, signer, stranger, text

few = settings(max_examples=100, deadline=None, derandomize=True)
SECOND = timedelta(seconds=1)
GOOD = codes.issue(issuing.claims(), signer)
DATA = base45.decode(GOOD.removeprefix(codes.PREFIX))
SIGN1 = cose.read(DATA)
KID = keys.kid(signer.public)


def by_our_key(payload: bytes) -> str:
    """A code whose payload our own key signed, whatever it says."""
    return text(keys.signed(payload, signer))


@pytest.mark.parametrize("kind", Kind)
def test_a_code_holds_and_says_what_was_said(kind):
    said = issuing.claims(kind)
    answer = codes.verify(codes.issue(said, signer), issuing.trust(), NOW)
    assert answer == codes.Verified(said, issuing.key)


def test_a_code_is_short_and_says_nothing_beyond_its_claims():
    assert len(GOOD) < 270
    assert cbor2.loads(SIGN1.payload).keys() == {1, 2, 4, 6, 7, -65537}


def test_the_longest_code_of_any_algorithm_fits_a_symbol_of_screens():
    longest = issuing.claims(name="\U00020000**", place=(claims.LISTS - 1, claims.PLACES - 1))
    header = cose.header(Algorithm.SM2, KID)
    whole = cose.written(cose.Sign1(header, {}, claims.written(longest), bytes(64)))
    assert len(text(whole)) <= codes.MAX_TEXT


def test_a_code_signed_with_p256_holds():
    key = replace(issuing.key, algorithm=Algorithm.ES256, public=issuing.p256.public)
    shown = codes.issue(issuing.claims(), issuing.p256)
    assert isinstance(codes.verify(shown, issuing.trust(key), NOW), codes.Verified)


@pytest.mark.skipif(not libcrypto.is_available(), reason="no libcrypto of this machine signs with SM2")
def test_a_code_signed_with_sm2_holds():
    sm2 = algorithms.Sm2Signer(5)
    key = replace(issuing.key, algorithm=Algorithm.SM2, public=sm2.public)
    shown = codes.issue(issuing.claims(), sm2)
    assert isinstance(codes.verify(shown, issuing.trust(key), NOW), codes.Verified)
    assert reason(shown) is Reason.OTHER_ISSUER


@few
@given(st.integers(0, 8 * len(DATA) - 1))
def test_with_any_bit_turned_it_is_refused(bit):
    altered = int.from_bytes(DATA) ^ 1 << bit
    assert reason(text(altered.to_bytes(len(DATA)))) is not None


@few
@given(st.integers(0, len(GOOD) - 1), st.sampled_from(base45.ALPHABET.decode()))
def test_with_any_character_changed_it_is_refused(place, other):
    shown = GOOD[:place] + other + GOOD[place + 1 :]
    assert (reason(shown) is None) is (shown == GOOD)


@few
@given(st.text(max_size=400) | st.text(base45.ALPHABET.decode(), max_size=300).map(codes.PREFIX.__add__))
def test_any_other_text_is_refused_without_an_accident(shown):
    assert reason(shown) is not None


@few
@given(st.binary(max_size=60).map(lambda rest: text(b"\xd2\x84" + rest)))
def test_any_other_envelope_is_refused_without_an_accident(shown):
    assert reason(shown) is not None


@few
@given(st.binary(max_size=60))
def test_whatever_our_own_key_signed_by_mistake_is_refused_without_an_accident(payload):
    assert reason(by_our_key(payload)) is not None


def test_another_text_is_not_ours():
    assert reason("https://example.com/pay") is Reason.NOT_OURS
    assert reason(GOOD.lower()) is Reason.NOT_OURS


def test_ten_kilobytes_of_text_are_too_long():
    assert reason(codes.PREFIX + "A" * 10_000) is Reason.TOO_LONG


def test_half_a_code_is_broken():
    assert reason(GOOD[:-1]) is Reason.BROKEN
    assert reason(GOOD[: len(GOOD) // 2]) is Reason.BROKEN


def test_a_key_that_is_not_on_the_list_is_another_issuer():
    assert reason(codes.issue(issuing.claims(), stranger)) is Reason.OTHER_ISSUER


def test_a_strangers_signature_under_our_key_id_is_refused():
    header = cose.header(signer.algorithm, KID)
    assert reason(text(cose.signed(SIGN1.payload, header, stranger))) is Reason.BROKEN


def test_an_issuer_speaks_for_no_other():
    assert reason(codes.issue(issuing.claims(issuer="other"), signer)) is Reason.OTHER_ISSUER


@pytest.mark.parametrize("algorithm", [Algorithm.ES256, Algorithm.SM2, -999, "none", 0])
def test_a_swapped_algorithm_is_refused_before_the_signature(algorithm):
    header = cbor2.dumps({1: algorithm, 4: KID})
    assert reason(text(cose.signed(SIGN1.payload, header, signer))) is Reason.ALGORITHM_SWAPPED


def test_a_key_id_moved_out_of_what_is_signed_is_refused():
    header = cbor2.dumps({1: -8})
    signature = signer.sign(cose.to_be_signed(header, SIGN1.payload))
    moved = cose.Sign1(header, {4: KID}, SIGN1.payload, signature)
    assert reason(text(cose.written(moved))) is Reason.KID_MOVED
    assert reason(text(cose.written(replace(SIGN1, unprotected={4: KID})))) is Reason.KID_MOVED


def test_anything_else_in_a_header_is_refused():
    header = cbor2.dumps({1: -8, 3: 0, 4: KID})
    assert reason(text(cose.signed(SIGN1.payload, header, signer))) is Reason.BROKEN
    assert reason(text(cose.written(replace(SIGN1, unprotected={9: b"x"})))) is Reason.BROKEN


def test_a_key_said_twice_is_refused_in_the_header_and_in_the_payload():
    header = b"\xa3\x01\x27\x01\x27" + SIGN1.protected[3:]
    assert reason(text(cose.signed(SIGN1.payload, header, signer))) is Reason.DUPLICATE_KEYS
    twice = bytes([SIGN1.payload[0] + 1]) + b"\x01\x61A" + SIGN1.payload[1:]
    assert cbor2.loads(twice) == cbor2.loads(SIGN1.payload)  # what a careless reader sees
    assert reason(by_our_key(twice)) is Reason.DUPLICATE_KEYS


def test_bytes_that_follow_are_refused_after_the_envelope_and_after_the_payload():
    assert reason(text(DATA + b"\0")) is Reason.TRAILING_BYTES
    assert reason(by_our_key(SIGN1.payload + b"\0")) is Reason.TRAILING_BYTES


def test_nesting_is_refused_in_the_header_and_in_the_payload():
    deep = b"\xa1\x01" + b"\x81" * 9 + b"\x01"
    envelope = b"\xd2\x84" + cbor2.dumps(SIGN1.protected) + deep + DATA[3 + len(SIGN1.protected) + 1 :]
    assert reason(text(envelope)) is Reason.TOO_DEEP
    assert reason(by_our_key(deep)) is Reason.TOO_DEEP


@pytest.mark.parametrize("begin", [b"\x84", b"\xd9\x03\xe6\x84", b"\xd8\x12\x84", b"\xd2\x9f", b"\xd2\x98\x04"])
def test_another_tag_or_a_longer_form_is_refused(begin):
    assert reason(text(begin + DATA[2:])) is Reason.BROKEN


def test_a_longer_form_of_a_length_is_refused():
    size = len(SIGN1.protected)
    longer = DATA[:2] + b"\x58" + bytes([size]) + DATA[3:]
    assert cbor2.loads(longer) == cbor2.loads(DATA)  # what a careless reader sees
    assert reason(text(longer)) is Reason.BROKEN


def test_a_code_ends_to_the_second():
    assert reason(GOOD, NOW + 59 * SECOND) is None
    assert reason(GOOD, NOW + 60 * SECOND) is Reason.EXPIRED
    printed = codes.issue(issuing.claims(Kind.PRINTED), signer)
    lasting = {"until": NOW + 9 * DAY, "lists": {(ISSUER, 7): replace(issuing.status_list, expires=NOW + 9 * DAY)}}
    assert reason(printed, NOW + 7 * DAY - SECOND, **lasting) is None
    assert reason(printed, NOW + 7 * DAY, **lasting) is Reason.EXPIRED


def test_a_code_of_the_future_is_not_yet_valid_but_clocks_differ_a_little():
    assert reason(GOOD, NOW - codes.TOLERANCE) is None
    assert reason(GOOD, NOW - codes.TOLERANCE - SECOND) is Reason.NOT_YET_VALID


def test_a_revoked_code_is_refused_and_its_neighbours_are_not():
    shown = {n: codes.issue(issuing.claims(spot=issuing.REVOKED + n), signer) for n in (-1, 0, 1)}
    assert [reason(each) for each in shown.values()] == [None, Reason.REVOKED, None]


def test_a_place_beyond_the_list_is_refused():
    assert reason(codes.issue(issuing.claims(spot=2_500_008), signer)) is Reason.BROKEN


def test_a_code_of_the_screen_passes_once_and_a_printed_one_again():
    used = {issuing.claims().nonce}
    assert reason(GOOD, used=used) is Reason.REPLAYED
    assert reason(codes.issue(issuing.claims(Kind.PRINTED), signer), used={b"", *used}) is None


def test_a_verifier_with_old_lists_says_so_and_decides_nothing():
    printed = codes.issue(issuing.claims(Kind.PRINTED), signer)
    assert reason(printed, NOW + 8 * timedelta(hours=1)) is None
    assert reason(printed, NOW + 8 * timedelta(hours=1) + SECOND) is Reason.LIST_TOO_OLD  # of revoked codes
    assert reason(printed, until=NOW - SECOND) is Reason.LIST_TOO_OLD  # of keys
    unknown = codes.issue(issuing.claims(), stranger)
    assert reason(unknown, until=NOW - SECOND) is Reason.LIST_TOO_OLD  # it may have come with a newer list
    assert reason(printed, lists={}) is Reason.LIST_TOO_OLD


def test_a_list_of_another_issuer_revokes_nothing_of_ours():
    assert reason(GOOD, lists={("other", 7): issuing.status_list}) is Reason.LIST_TOO_OLD


def test_a_status_list_is_no_code():
    short = replace(issuing.status_list, packed=status.pack(8, [1]))
    assert reason(text(status.written(short, signer))) is Reason.BROKEN


def test_every_kind_lives_as_long_as_it_may():
    assert {kind: life.total_seconds() for kind, life in LIFE.items()} == {
        Kind.SCREEN: 60, Kind.PRINTED: 7 * 86_400, Kind.LICENCE: 60,
    }  # fmt: skip
