"""A signed envelope is written and read in one form."""

import cbor2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhongshu.engine.credentials.rules import algorithms, cose
from zhongshu.engine.credentials.rules.algorithms import Algorithm
from zhongshu.engine.credentials.rules.faults import Faulty
from zhongshu.engine.credentials.tests.issuing import p256, signer

few = settings(max_examples=50, deadline=None, derandomize=True)


@few
@given(st.binary(max_size=300), st.binary(max_size=300), st.dictionaries(st.integers(0, 23), st.binary(), max_size=3))
def test_what_is_written_is_read_again(protected, payload, unprotected):
    whole = cose.Sign1(protected, dict(sorted(unprotected.items())), payload, bytes(64))
    assert cose.read(cose.written(whole)) == whole


@few
@given(st.binary(max_size=90).map(b"\xd2\x84".__add__))
def test_what_is_read_would_be_written_just_so(data):
    try:
        whole = cose.read(data)
    except Faulty:
        return
    assert cose.written(whole) == data


@pytest.mark.parametrize("one", [signer, p256])
def test_a_signature_is_of_one_payload_one_header_and_one_algorithm(one):
    check = algorithms.check(one.algorithm, one.public)
    whole = cose.read(cose.signed(b"said", cose.header(one.algorithm, b"kid"), one))
    other = Algorithm.ES256 if one is signer else Algorithm.ED25519
    assert cose.is_signed(whole, one.algorithm, check)
    assert not cose.is_signed(whole, other, check)
    assert not cose.is_signed(whole, one.algorithm, check, b"beside")
    assert not check(cose.to_be_signed(whole.protected, b"else"), whole.signature)
    assert not check(cose.to_be_signed(whole.protected, b"said"), whole.signature + b"\0")


@pytest.mark.parametrize("size", [0, 63, 65])
def test_a_signature_of_another_length_is_refused(size):
    with pytest.raises(Faulty):
        cose.read(cose.written(cose.Sign1(b"", {}, b"", bytes(size))))


def test_a_number_of_a_signature_keeps_its_leading_zero():
    check = algorithms.check(p256.algorithm, p256.public)
    signature = next(each for each in iter(lambda: p256.sign(b"said"), None) if not each[32])
    assert check(b"said", signature)
    assert not check(b"said", signature[:32] + signature[33:])


def test_a_header_says_algorithm_key_and_kind():
    assert cbor2.loads(cose.header(Algorithm.SM2, b"kid")) == {1: -65537, 4: b"kid"}
    assert cbor2.loads(cose.header(Algorithm.ED25519, b"kid", "a/b")) == {1: -8, 4: b"kid", 16: "a/b"}
