"""Base45: the examples of RFC 9285, and nothing that is not written as it writes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhongshu.engine.credentials.rules import base45

few = settings(max_examples=50, deadline=None, derandomize=True)


@pytest.mark.parametrize(
    ("data", "text"),
    [(b"AB", "BB8"), (b"Hello!!", "%69 VD92EX0"), (b"base-45", "UJCLQE7W581"), (b"ietf!", "QED8WEX0"), (b"", "")],
)
def test_the_examples_of_the_standard(data, text):
    assert base45.encode(data) == text
    assert base45.decode(text) == data


@few
@given(st.binary(max_size=80))
def test_what_is_written_is_read_again(data):
    assert base45.decode(base45.encode(data)) == data


@few
@given(st.text(base45.ALPHABET.decode(), max_size=40))
def test_what_is_read_was_written_so(text):
    try:
        data = base45.decode(text)
    except ValueError:
        return
    assert base45.encode(data) == text


@pytest.mark.parametrize("text", ["GGW", ":::", "::", "V5", "A", "BB8A", "bb8", "BB8\n", "BB_", "王"])
def test_what_no_bytes_are_written_as_is_refused(text):
    with pytest.raises(ValueError):
        base45.decode(text)
