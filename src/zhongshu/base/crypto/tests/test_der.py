"""Keys and signatures are read in one form only."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhongshu.base.crypto import der

few = settings(max_examples=50, deadline=None, derandomize=True)
NUMBERS = st.integers(0, (1 << 256) - 1)


def _signature(*numbers: int) -> bytes:
    parts = (each.to_bytes(each.bit_length() // 8 + 1) for each in numbers)
    return der.written(der.SEQUENCE, *(der.written(der.INTEGER, part) for part in parts))


@few
@given(st.lists(st.tuples(st.integers(0, 30), st.binary(max_size=300)), max_size=4))
def test_what_is_written_is_read_again(parts):
    assert der.elements(b"".join(der.written(tag, content) for tag, content in parts)) == parts


@few
@given(NUMBERS, NUMBERS)
def test_the_two_numbers_of_a_signature_are_read(r, s):
    assert der.signature(_signature(r, s)) == r.to_bytes(32) + s.to_bytes(32)


@pytest.mark.parametrize(
    "data",
    [
        "3006020101020101 00",  # something follows
        "300702020001020101",  # a zero too many
        "3006020181020101",  # negative
        "30810602010102 0101",  # the length in a longer form than needed
        "3080020101020101 0000",  # of indefinite length
        "3006020101020102 02",  # more than it says
        "30050201010201",  # cut off
        "300602010104 0101",  # not a number
        "3009020101020101020101",  # three numbers
        "3005020102 0200",  # an empty number
        "",
    ],
)
def test_a_signature_in_another_form_is_refused(data):
    with pytest.raises(der.Malformed):
        der.signature(bytes.fromhex(data))


def test_a_number_that_is_too_large_is_refused():
    with pytest.raises(der.Malformed):
        der.signature(_signature(1 << 256, 1))
