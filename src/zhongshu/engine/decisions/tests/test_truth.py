"""Three-valued logic, whole (DMN 1.5 §10.3.2.10, tables 48 and 49)."""

from itertools import product

import pytest

from zhongshu.engine.decisions.rules import feel

WORDS = {True: "true", False: "false", None: "null"}


@pytest.mark.parametrize(("left", "right"), [*product(WORDS, repeat=2)])
def test_and_is_false_if_one_is_false_and_null_if_unsure(left, right):
    expected = False if False in (left, right) else None if None in (left, right) else True
    assert feel.compile(f"{WORDS[left]} and {WORDS[right]}").evaluate({}) is expected


@pytest.mark.parametrize(("left", "right"), [*product(WORDS, repeat=2)])
def test_or_is_true_if_one_is_true_and_null_if_unsure(left, right):
    expected = True if True in (left, right) else None if None in (left, right) else False
    assert feel.compile(f"{WORDS[left]} or {WORDS[right]}").evaluate({}) is expected


@pytest.mark.parametrize(("text", "expected"), [("not(true)", False), ("not(false)", True), ("not(null)", None)])
def test_not_leaves_the_unknown_unknown(text, expected):
    assert feel.compile(text).evaluate({}) is expected


@pytest.mark.parametrize("text", ['true and "是"', "1 and true", "[] or false"])
def test_what_is_no_truth_value_counts_as_unknown(text):
    assert feel.compile(text).evaluate({}) is None


def test_and_binds_tighter_than_or():
    assert feel.compile("true or true and false").evaluate({}) is True
