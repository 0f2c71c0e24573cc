"""SM3: the examples printed in GB/T 32905-2016, annex A, and both ways of working it out."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhongshu.base.crypto.sm import sm3


@pytest.mark.parametrize(
    ("message", "digest"),
    [
        (b"abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
        (b"abcd" * 16, "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"),
    ],
)
def test_the_examples_of_the_standard(message, digest):
    assert sm3.plain(message).hex() == sm3.digest(message).hex() == digest


@settings(max_examples=50, deadline=None, derandomize=True)
@given(st.binary(max_size=200))
def test_python_and_the_machine_agree(message):
    assert sm3.plain(message) == sm3.digest(message)
