"""The built-in functions, each by an example or two, and laws that hold for all."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhongshu.engine.decisions.rules import feel
from zhongshu.engine.decisions.rules.functions import TABLE

FIXED = settings(max_examples=50, deadline=None, derandomize=True)
NUMBERS = st.lists(st.integers(-1000, 1000), min_size=1, max_size=20)


def value(text: str, **data):
    return feel.compile(text).evaluate(data)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('substring("湖南路街道", 4)', "街道"),
        ('substring("湖南路街道", -2, 1)', "街"),
        ('substring before("鼓楼区-湖南路", "-")', "鼓楼区"),
        ('substring after("鼓楼区-湖南路", "-")', "湖南路"),
        ('string join(["甲", null, "乙"], "、")', "甲、乙"),
        ('split("甲；乙；", "；")', ["甲", "乙", ""]),
        ('replace("13800001111", "(\\d{3})\\d{4}(\\d{4})", "$1****$2")', "138****1111"),
        ('matches("苏A12345", "^\\p{Lo}[A-Z][0-9]{5}$")', True),
        ('matches("ABC", "b", "i")', True),
        ('matches("甲", "[")', None),
        ('matches("a", "\\p{Lu}", "i")', False),
        ('matches("a", "[\\p{Lu}]", "i")', False),
        ('matches("q", "[^Q]", "i")', False),
        ('matches("b", "[A-C]", "i")', True),
        ('matches("ß", "^[A-Z]$", "i")', False),
        ('matches("aa", "^a{２}$")', None),
        ('replace("a", "^a*", "-")', None),
        ('split("a", "^b*")', None),
        ('replace("a", "a", "\\b")', None),
        ('replace("a", "a", "\\$")', "$"),
        ("even(10 ** 40)", True),
        ("odd(10 ** 40 + 10 ** 10)", False),
        ("even(10 ** 20 / 3)", None),
        ('string({a: [1, "二"], b: @"P1D"})', '{a: [1, "二"], b: P1D}'),
        ('number("1 234,5", " ", ",")', Decimal("1234.5")),
        ('number("1,2", ",", ",")', None),
    ],
)
def test_texts(text, expected):
    assert value(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mean(1, 2, 6)", 3),
        ("median([4, 1, 3, 2])", Decimal("2.5")),
        ("mode([6, 3, 9, 6, 6, 3])", [6]),
        ("product([2, 3, 4])", 24),
        ("round half up(stddev([2, 4, 7, 5]), 3)", Decimal("2.082")),
        ("decimal(2.5, 0)", 2),
        ("round half down(-2.5, 0)", -2),
        ("round up(1.1, 0)", 2),
        ("modulo(-12, 5)", 3),
        ("modulo(1, 0)", None),
        ("sqrt(16)", 4),
        ("even(2) and odd(-3)", True),
        ("floor(1.56, 1)", Decimal("1.5")),
    ],
)
def test_numbers(text, expected):
    assert value(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("append([1], 2, 3)", [1, 2, 3]),
        ("concatenate([1], [2, 3])", [1, 2, 3]),
        ("union([1, 2], [2, 3])", [1, 2, 3]),
        ("distinct values([1, 1.0, null, null])", [1, None]),
        ("flatten([1, [2, [3]]])", [1, 2, 3]),
        ("insert before([1, 3], 2, 2)", [1, 2, 3]),
        ("remove([1, 2, 3], -1)", [1, 2]),
        ("list replace([1, 2, 3], 2, 9)", [1, 9, 3]),
        ("list replace([1, 2, 3], function(item, newItem) item < newItem, 3)", [3, 3, 3]),
        ("index of([1, 2, 1], 1)", [1, 3]),
        ("sublist([1, 2, 3], 2, 1)", [2]),
        ("reverse([1, 2])", [2, 1]),
        ('sort([2, "一"])', None),
        ('get value({a: {b: 1}}, ["a", "b"])', 1),
        ('context put({a: 1}, "b", 2)', {"a": 1, "b": 2}),
        ("context merge([{a: 1}, {a: 2}])", {"a": 2}),
        ('context([{key: "a", value: 1}])', {"a": 1}),
        ("get entries({a: 1})", [{"key": "a", "value": 1}]),
    ],
)
def test_lists_and_contexts(text, expected):
    assert value(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('day of week(@"2026-03-01")', "Sunday"),
        ('day of year(@"2026-03-01")', 60),
        ('week of year(@"2026-01-01")', 1),
        ('month of year(@"2026-03-01")', "March"),
        ('string(years and months duration(@"2020-02-29", @"2026-02-28"))', "P5Y11M"),
        ('string(date and time(@"2026-03-01", @"08:30:00@Asia/Shanghai"))', "2026-03-01T08:30:00@Asia/Shanghai"),
        ('string(@"9999-12-31" + @"P1D")', "10000-01-01"),
        ('string(@"-2026-03-01" - @"P1M")', "-2026-02-01"),
        ('@"10000-01-01" - @"9999-12-31" = @"P1D"', True),
        ('time(8, 30, 0, @"PT8H") = @"08:30:00+08:00"', True),
        ('@"23:30:00" + @"PT1H" = @"00:30:00"', True),
        ("before([1..5], (5..9])", True),
        ("meets([1..5], [5..9])", True),
        ("overlaps([1..5], [3..9])", True),
        ("during(3, [1..5])", True),
        ("includes([1..5], [2..3])", True),
        ("starts(1, [1..5])", True),
        ("coincides([1..5], [1..5))", False),
        ('range("[1..5)") = [1..5)', True),
        ('range("[5..1]")', None),
    ],
)
def test_days_and_ranges(text, expected):
    assert value(text) == expected


def test_arguments_may_be_named():
    assert value('substring(start position: 2, string: "中枢")') == "枢"
    with pytest.raises(feel.SyntaxProblem):
        feel.compile('substring(start: 2, string: "中枢")')


@FIXED
@given(NUMBERS)
def test_sorting_keeps_every_item(numbers):
    assert value("sort(a)", a=numbers) == sorted(numbers)
    assert value("reverse(reverse(a)) = a", a=numbers) is True


@FIXED
@given(NUMBERS, NUMBERS)
def test_the_sum_of_two_lists_is_the_sum_of_both(a, b):
    assert value("sum(concatenate(a, b)) = sum(a) + sum(b)", a=a, b=b) is True


@FIXED
@given(st.dates(), st.integers(-5_000_000, 5_000_000))
def test_days_added_are_days_between(day, days):
    assert value('(d + n * @"P1D") - d = n * @"P1D"', d=day, n=days) is True


@FIXED
@given(st.integers(-40, 40), st.integers(0, 40), st.integers(-40, 40), st.integers(0, 40))
def test_before_and_after_are_each_other_turned_round(a, length, b, other):
    one, two = f"[{a}..{a + length})", f"[{b}..{b + other}]"
    assert value(f"before({one}, {two}) = after({two}, {one})") is True


JUNK = st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.lists(st.integers(), max_size=3)


@FIXED
@given(st.sampled_from(sorted(TABLE)), st.lists(JUNK | st.dates(), max_size=4))
def test_no_function_raises_for_any_arguments(name, arguments):
    names = [f"a{place}" for place in range(len(arguments))]
    around = feel.Surroundings(frozenset(names))
    feel.read(f"{name}({', '.join(names)})", around).evaluate(dict(zip(names, arguments, strict=True)))
