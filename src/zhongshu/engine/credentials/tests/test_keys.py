"""Keys change hands in good order, and a stolen one is stopped."""

from dataclasses import replace
from datetime import timedelta

import cbor2
import pytest

from zhongshu.engine.credentials.rules import codes, keys
from zhongshu.engine.credentials.rules.claims import Kind
from zhongshu.engine.credentials.rules.faults import Faulty, Reason
from zhongshu.engine.credentials.tests import issuing
from zhongshu.engine.credentials.tests.issuing import DAY, NOW, key, key_list, root, root_key, signer, stranger

SECOND = timedelta(seconds=1)


def refused(data, at=NOW):
    with pytest.raises(Faulty) as fault:
        keys.read(data, root_key, at)
    return fault.value.reason


def answer(listed, **other):
    """What becomes of a printed code issued now by the first key."""
    shown = codes.issue(issuing.claims(Kind.PRINTED, **other), signer)
    found = codes.verify(shown, issuing.trust(*listed), NOW)
    return found.reason if isinstance(found, codes.Refused) else None


def test_the_list_that_the_root_signed_is_read_as_it_was_written():
    listed = replace(key_list, keys=(key, replace(key, algorithm=-7, public=issuing.p256.public)))
    assert keys.read(keys.written(listed, root), root_key, NOW) == listed


def test_as_many_keys_as_verifiers_read_can_be_written_and_no_more():
    most = replace(key_list, keys=(key,) * 1000)
    assert keys.read(keys.written(most, root), root_key, NOW) == most
    with pytest.raises(ValueError):
        keys.written(replace(key_list, keys=(key,) * 1001), root)


def test_a_list_by_another_hand_altered_or_too_old_is_refused():
    data = keys.written(key_list, root)
    assert refused(keys.written(key_list, stranger)) is Reason.OTHER_ISSUER
    assert refused(data[:-1] + bytes([data[-1] ^ 1])) is Reason.BROKEN
    assert refused(data + b"\0") is Reason.TRAILING_BYTES
    assert refused(data, NOW + DAY + SECOND) is Reason.LIST_TOO_OLD


def test_what_the_root_signed_for_something_else_is_no_list():
    payload, _ = keys.opened(keys.written(key_list, root), keys.ring([root_key], keys.KIND))
    assert refused(keys.signed(payload, root)) is Reason.BROKEN
    assert refused(keys.signed(payload, root, "application/something+else")) is Reason.BROKEN


@pytest.mark.parametrize(
    "row",
    [[-8, b"k" * 31, "a", 0, 1], [-99, b"k" * 32, "a", 0, 1], [-8, "k" * 32, "a", 0, 1], [-8], 1, [-8, b"k", 1, 1, 1]],
)
def test_a_row_that_is_no_key_is_refused(row):
    payload = cbor2.dumps({4: int(key_list.expires.timestamp()), 6: int(NOW.timestamp()), -65537: [row]})
    assert refused(keys.signed(payload, root, keys.KIND)) is Reason.BROKEN


def test_an_older_list_that_is_shown_again_brings_nothing_back():
    older = replace(key_list, issued=NOW - DAY)
    assert keys.newer(key_list, older) is key_list
    assert keys.newer(older, key_list) is key_list


def test_two_keys_sign_side_by_side_while_one_follows_the_other():
    following = keys.Key(stranger.algorithm, stranger.public, key.issuer, NOW - timedelta(hours=1), NOW + 90 * DAY)
    ring = key, following
    for one in (signer, stranger):
        shown = codes.issue(issuing.claims(), one)
        assert isinstance(codes.verify(shown, issuing.trust(*ring), NOW), codes.Verified)


def test_a_key_that_ended_refuses_what_it_signed_afterwards_and_no_more():
    ended = replace(key, ends=NOW)
    assert answer([ended]) is Reason.KEY_ENDED
    assert answer([ended], issued=NOW - SECOND, expires=NOW + DAY) is None
    assert answer([replace(key, begins=NOW + SECOND)]) is Reason.KEY_ENDED


def test_a_stolen_key_is_stopped_whatever_moment_the_thief_writes():
    stopped = replace(key, ends=key.begins)
    for hours in (0, 1, 12, 23):
        issued = NOW - timedelta(hours=hours)
        assert answer([stopped], issued=issued, expires=issued + 2 * DAY) is Reason.KEY_ENDED
