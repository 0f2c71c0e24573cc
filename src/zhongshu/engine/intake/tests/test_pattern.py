"""Patterns officials need are let in; patterns that can be made to run for long are not."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhongshu.engine.intake.rules import pattern


@pytest.mark.parametrize(
    ("text", "fits", "fails"),
    [
        (r"^[1-9]\d{16}[\dX]$", "11010519491231002X", "1101051949123100２X"),
        (r"^[\u4e00-\u9fa5][A-Z][A-Z0-9]{5,6}$", "苏A12345", "苏a12345"),
        (r"^(?:京|津|沪)[A-Z]$", "沪B", "苏B"),
        (r"^\d{3,4}-?\d{7,8}$", "025-12345678", "25-1"),
        (r"^[^<>]+$", "好", "<b>"),
        (r"^[]\\-]?\.$", "].", "a."),
        (r"^(\d{6})?$", "", "12345"),
    ],
)
def test_a_pattern_officials_need_is_let_in(text, fits, fails):
    known = pattern.compile(text)
    assert known and known.fullmatch(fits) and not known.fullmatch(fails)


@pytest.mark.parametrize(
    "text",
    [
        "", "^", "$", "abc", "^a", "a$", r"^a\$", "^a$|^b$", "^(a+)+$", "^(a|a)*$", "^(?:a|b){2,9}$",
        "^.*.*b$", r"^(a)\1$", "^(?=a)a$", "^(?P<x>a)$", "^[a$", "^a)$", "^(a$", "^a{2,1}$", r"^\b$",
        r"^\p{L}$", "^" + "(a|b)" * 14 + "$", "^" + "a?" * 14 + "$", "^" + "a" * 200 + "$", "^**$",
    ],
)  # fmt: skip
def test_any_other_pattern_is_not(text):
    assert pattern.compile(text) is None


PARTS = st.sampled_from(["a", r"\d", "[ab]", "(", "(?:", ")", "|", "*", "?", "{2}", "{1,3}", "[", "\\", "^", "$"])


@settings(max_examples=50, deadline=None, derandomize=True)
@given(st.lists(PARTS).map("".join))
def test_any_text_is_a_pattern_or_not_and_never_an_error(text):
    known = pattern.compile(f"^{text}$")
    assert known is None or isinstance(known, re.Pattern)
