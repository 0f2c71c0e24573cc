"""CBOR is read in one form: what another library writes canonically, and of that only what we use."""

import cbor2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhongshu.engine.credentials.rules import cbor
from zhongshu.engine.credentials.rules.faults import Faulty, Reason

few = settings(max_examples=100, deadline=None, derandomize=True)
numbers = st.integers(-(1 << 64), (1 << 64) - 1)
plain = numbers | st.binary(max_size=300) | st.text(max_size=30)
members = st.integers(-9, 23)  # keys of one byte: there, both orders of keys that the standard has had are the same
shallow = plain | st.lists(plain, max_size=4) | st.dictionaries(members, plain, max_size=4)
values = shallow | st.lists(shallow, max_size=4) | st.dictionaries(members, shallow, max_size=4)


@few
@given(values)
def test_what_another_library_writes_canonically_is_read(value):
    assert cbor.read(cbor2.dumps(value, canonical=True)) == value


@few
@given(st.binary(max_size=12))
def test_what_is_read_would_be_written_just_so(data):
    try:
        value = cbor.read(data)
    except Faulty:
        return
    assert cbor2.dumps(value) == data


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("a2 01 01 01 02", Reason.DUPLICATE_KEYS),
        ("01 01", Reason.TRAILING_BYTES),
        ("81 81 81 81 81 01", Reason.TOO_DEEP),
        ("81" * 300, Reason.TOO_DEEP),
        ("a2 02 01 01 01", Reason.BROKEN),  # keys out of order
        ("18 17", Reason.BROKEN),  # longer than needed
        ("19 0017", Reason.BROKEN),
        ("1a 0000ffff", Reason.BROKEN),
        ("1b 00000000ffffffff", Reason.BROKEN),
        ("9f 01 ff", Reason.BROKEN),  # of indefinite length
        ("5f 41 61 ff", Reason.BROKEN),
        ("c1 01", Reason.BROKEN),  # a tag
        ("f5", Reason.BROKEN),  # true
        ("f9 3c00", Reason.BROKEN),  # a float
        ("a1 81 01 01", Reason.BROKEN),  # an array as key
        ("62 c328", Reason.BROKEN),  # not UTF-8
        ("44 0102", Reason.BROKEN),  # cut off
        ("99 03e9" + "01" * 1001, Reason.BROKEN),  # too many
        ("9b ffffffffffffffff", Reason.BROKEN),
        ("", Reason.BROKEN),
    ],
)
def test_anything_else_is_refused_by_name(data, reason):
    with pytest.raises(Faulty) as refused:
        cbor.read(bytes.fromhex(data))
    assert refused.value.reason is reason
