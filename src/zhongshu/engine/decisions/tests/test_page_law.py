"""The page and the closures agree to the last digit, for random expressions over random data."""

import json
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from zhongshu.engine.decisions.rules import feel
from zhongshu.engine.decisions.rules.functions import TABLE
from zhongshu.engine.decisions.rules.portable import OURS_ALONE
from zhongshu.engine.decisions.rules.values import Months, Range
from zhongshu.engine.decisions.tests import drawing
from zhongshu.engine.decisions.tests import page as pages
from zhongshu.engine.decisions.tests.typed import typed

AT = datetime.fromisoformat("2026-03-01T08:30:00+08:00")
EAST = timezone(timedelta(hours=8))
SAMPLE = settings(
    max_examples=50,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
NAMES = ("a", "b", "c", "d")
SIGNS = ["+", "-", "*", "/", "**", "=", "!=", "<", "<=", ">", ">=", "in", "and", "or"]
SHAPES = [
    *("a {0} b", "(a {0} b) {1} c", "-a", "not(a {0} b)", "a between b and c", "if a then b else c", "string(a {0} b)"),
    *("a in [b..c]", "a in (b, > c)", "[a..b]", "(a..b]", "a.b", "a.a", "a[b]", "a[-1]", "a[1].a", "a[item {0} b]"),
    *("for x in a return x {0} b", "for x in a..b return x", "for x in [a..b] return count(partial)", "count(a[a])"),
    *("some x in a satisfies x {0} b", "every x in a, y in b satisfies x {0} y", "{{x: a, y: x {0} b}}", "{{x: a}}.x"),
    *("a instance of number", "a instance of list<number>", "a instance of context<a: number>", "is defined(a.b)"),
    *("sort(a, function(x, y) x {0} y)", "(function(x: number, y) x {0} y)(a, b)", "sum(for x in a return x {0} b)"),
    *(f"a.{name}" for name in ("year", "weekday", "days", "hours", "seconds", "time offset", "start", "hour", "years")),
]
RECKONED = [
    *("a + b", "a - b", "a * b", "a / b", "a ** b", "a ** 7", "a ** -3", "a ** 1.5", "sqrt(a)", "log(a)", "exp(a)"),
    *("modulo(a, b)", "decimal(a, 2)", "round half up(a, 1)", "round half down(a, 3)", "round up(a, b)", "floor(a)"),
    *("a < b", "a = b", "string(a)", "number(string(a))", "stddev([a, b, 1])", "median([a, b])", "even(a)"),
    *('@"P3DT5H" * a', '@"P3DT5H" / a', '@"P3Y" * a', '@"P1Y5M" / a', "time(1, 2, a)"),
]
VALUES = [
    *(None, True, False, 0, 1, 2, 3, -1, 5, -3, 64, 10**20, 10**33 + 7, 1 - 10**34, Decimal("0.5"), Decimal("2.5")),
    *(Decimal("-2.5"), Decimal("1.50"), Decimal("1e-20"), Decimal("1e40"), Decimal("9.9e6144"), Decimal("1e-6143")),
    *("", "a", "A", "甲乙", "😀", "湖南路", ",", " ", "1 234,5", "12.50", "2026-03-01", "2026-03-01T08:30:00.25+08:00"),
    *("08:30:00", "P1D", "P1Y2M", "-PT36H", "PT0.5S", "+08:00", "2026-02-30", "12026-01-01", "2026-12-31T24:00:00Z"),
    *(date(2026, 3, 1), date(2024, 2, 29), date(2025, 12, 31), date(1, 1, 1), date(9999, 12, 31)),
    *(datetime(2026, 3, 1, 8, 30, 0, 5, EAST), datetime(2026, 3, 1, tzinfo=UTC), datetime.fromisoformat("2026-03-01")),
    *(time(8, 30), time(23, 59, 59, 999_999, UTC), time(0, 0, tzinfo=EAST), Months(0), Months(-14), Months(720)),
    *(timedelta(0), timedelta(days=-3, microseconds=1), timedelta(hours=36), timedelta(days=400)),
    *([], [1], [3, 1, 2, 1], ["甲", "乙", "甲"], [None, 1], [True, None], [[1], [2, [3]]], [Decimal("1.5"), 2]),
    *([{"key": "a", "value": 1}], [{"a": 1}, {"a": 2, "b": 3}], [timedelta(1), timedelta(2)], [date(2026, 3, 1)]),
    *({}, {"a": 1}, {"a": {"b": [1, 2]}}, Range(1, 5, True, False), Range(5, 9, False, True)),
    *(Range("a", "z", True, True), Range(None, 5, False, False, "<"), Range(date(2026, 1, 1), date(2026, 1, 9), 1, 1)),
]


@pytest.fixture(scope="module")
def page():
    with pages.opened() as page:
        yield page


def agreed(page, expression, data) -> bool:
    """Whether the page could say; if so, it said the same."""
    found = page.works_out(expression, data, AT)
    expected = {"value": typed(expression.evaluate(data, AT))}
    asks = found == {"ask": True}
    assert asks or json.dumps(found, sort_keys=True) == json.dumps(expected, sort_keys=True), (expression.source, data)
    return not asks


def figure(random: Random) -> Decimal:
    """A number of any length and size, rather of those people write."""
    digits = random.choice([1, 2, 3, 5, 17, 33, 34])
    places = random.choice([0, 0, -1, -2, -2, -digits, random.randint(-40, 40), random.randint(-6_200, 6_100)])
    return Decimal(f"{random.choice(['-', ''])}{random.randint(0, 10**digits)}E{places}")


def check(page, random: Random) -> int:
    """How many of a few drawn conditions, reckonings and calls the page worked out by itself."""
    reckoned = feel.compile(random.choice(RECKONED))
    assert agreed(page, reckoned, {"a": figure(random), "b": figure(random)})
    kinds = sorted(drawing.MAKERS)
    drawn = feel.compile(drawing.expression(random, random.choice(kinds)))
    called = feel.read(shape(random), feel.Surroundings(frozenset(NAMES)))
    values = {name: random.choice(VALUES) for name in NAMES}
    return agreed(page, drawn, drawing.row(random)) + agreed(page, called, values)


def shape(random: Random) -> str:
    """A sign, a way of going through a list, or any function with a few arguments."""
    if random.random() < 0.5:
        return random.choice(SHAPES).format(*random.choices(SIGNS, k=2))
    name = random.choice(sorted(TABLE.keys() - OURS_ALONE))
    fitting = [count for count in range(5) if TABLE[name].takes(count)]
    return f"{name}({', '.join(NAMES[: random.choice(fitting)])})"


@SAMPLE
@given(some.randoms(use_true_random=False))
def test_the_page_answers_what_the_closures_answer(page, random):
    for _ in range(6):
        check(page, random)


@pytest.mark.deep
def test_the_page_answers_what_the_closures_answer_twenty_thousand_times(page):
    assert sum(check(page, Random(seed)) for seed in range(10_000)) >= 19_000
