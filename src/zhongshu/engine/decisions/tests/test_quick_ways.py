"""The quick ways of working out say what the ordinary ones say."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from zhongshu.engine.decisions.rules import calendar, feel
from zhongshu.engine.decisions.rules.closures import OPEN, Scope
from zhongshu.engine.decisions.rules.dmn import columns
from zhongshu.engine.decisions.rules.values import Months

SAMPLE = settings(max_examples=100, deadline=None, derandomize=True)
FAR = calendar.FarDay(40, date(2100, 1, 1))
DATA = [
    *(
        None,
        True,
        False,
        0,
        5,
        -3,
        1000,
        10**40,
        0.5,
        0.1,
        1e300,
        5.0,
        Decimal("5.0"),
        Decimal("NaN"),
        float("inf"),
        "",
        "甲",
        "A",
    ),
    *(
        date(2026, 3, 1),
        FAR,
        timedelta(days=1),
        Months(3),
        datetime.fromisoformat("2026-03-01"),
        ["A"],
        {"y": 5},
        {"y": True},
        object(),
    ),
]
OPERANDS = ["x", "y", "x.y", "y.y", "z.y.y"]
WRITTEN = [
    "5",
    "-3",
    "0.5",
    "0.1",
    "0.30000000000000004",
    "1e300",
    '"A"',
    '""',
    "true",
    "false",
    "null",
    '@"2026-03-01"',
    'duration("P1D")',
    "10 ** 3",
]
COMPARED = some.builds("{} {} {}".format, some.sampled_from(OPERANDS), some.sampled_from(["=", "!=", "<", ">="]),
                       some.sampled_from(WRITTEN))  # fmt: skip
AMONG = some.builds(
    lambda operand, values: f"{operand} in ({', '.join(values)})",
    some.sampled_from(OPERANDS), some.lists(some.sampled_from(WRITTEN), min_size=1, max_size=3),
)  # fmt: skip
BETWEEN = some.builds("{} between {} and {}".format, some.sampled_from(OPERANDS), some.sampled_from(WRITTEN),
                      some.sampled_from(WRITTEN))  # fmt: skip
CONDITIONS = some.recursive(
    some.one_of(COMPARED, AMONG, BETWEEN, some.sampled_from(OPERANDS)),
    lambda inner: some.one_of(
        some.builds("not({})".format, inner),
        some.builds("({}) {} ({})".format, inner, some.sampled_from(["and", "or"]), inner),
    ),
    max_leaves=4,
)


@SAMPLE
@given(CONDITIONS, some.sampled_from(DATA), some.sampled_from(DATA))
def test_a_condition_settled_outright_has_the_answer_of_its_closure(text, x, y):
    condition, data = feel.compile(text), {"x": x, "y": y}
    assert repr(condition.evaluate(data)) == repr(condition.closure(Scope(data)))


def test_ordinary_conditions_on_ordinary_data_are_settled_outright():
    condition = feel.compile('amount > 1000 and category in ("A", "B") and not(answers.urgent)')
    settled = condition.outright({"amount": 1500, "category": "B", "answers": {"urgent": False}})
    assert settled is True
    assert condition.outright({"amount": 0.5, "category": "B"}) is False
    assert condition.outright({"amount": None, "category": "B"}) is OPEN


CELLS = [
    *(
        "-",
        "5",
        "-3, 5",
        "< 0",
        ">= 0.5",
        "[1..9)",
        "(5..5)",
        "[9..1]",
        "[1..null]",
        '"A"',
        '"甲", "A"',
        '= "A"',
        '!= "A"',
    ),
    *('not("A")', 'not("A", "甲")', "not(5)", "true", "false", "= true", "null", "? != null", '"A", > 3', '["A".."B"]'),
    *(
        '@"2026-03-01"',
        '>= @"2026-03-01"',
        '[@"2026-01-01"..@"2026-12-31"]',
        '< date("12026-01-01")',
        '> duration("PT1H")',
    ),
    *('[duration("P1M")..duration("P1Y")]', '< @"2026-03-01T00:00:00"', "x", "x and ?", '["A", "B"]', "[1 + 1..9]"),
]


@SAMPLE
@given(some.lists(some.sampled_from(CELLS), min_size=1, max_size=12), some.sampled_from(DATA), some.integers(0))
def test_a_column_finds_the_rows_that_each_cell_would(cells, value, among):
    written = [feel.read_tests(cell) for cell in cells]
    value = Scope({"v": value}).value("v")
    met = sum(1 << row for row, cell in enumerate(written) if cell.closure(_asked(value)) is True)
    assert columns.make(written).rows(value, among, _asked(value)) == met & among


def _asked(value):
    scope = Scope({"x": True})
    scope.bound = {"?": value}
    return scope


@pytest.mark.parametrize("cell", ["true", 'not("A")', '>= @"2026-03-01"', "[1..9)", "-"])
def test_a_written_cell_is_not_asked_row_by_row(cell):
    assert columns.make([feel.read_tests(cell)]).asked == ()
