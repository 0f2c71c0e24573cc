"""What can be written beyond conditions: contexts, filters, loops, functions, types, and names of several words."""

from datetime import date

import pytest

from zhongshu.engine.decisions.rules import feel
from zhongshu.engine.decisions.rules.values import Range

STREETS = [{"名": "湖南路", "人口": 80}, {"名": "中央门", "人口": 120}, {"名": "宝塔桥"}]


def value(text: str, **data):
    return feel.compile(text).evaluate(data)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{甲: 1, 乙: 甲 + 1}.乙", 2),
        ('{"街道 名称": 1}', {"街道 名称": 1}),
        ("{街道 人口: 3, 两倍: 街道 人口 * 2}.两倍", 6),
        ("{a: 1}.b", None),
        ("[{a: 1}, {b: 2}].a", [1, None]),
    ],
)
def test_a_context_knows_its_entries_from_the_first(text, expected):
    assert value(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("街道[人口 > 100].名", ["中央门"]),
        ("街道[item.人口 = null].名", ["宝塔桥"]),
        ("街道[1].名", "湖南路"),
        ("街道[-1].名", "宝塔桥"),
        ("街道[4]", None),
        ("[1, 2, 3, 4][item > 2][1]", 3),
        ("5[item > 2]", [5]),
        ("[][1]", None),
    ],
)
def test_a_filter_keeps_what_is_true_or_takes_a_place(text, expected):
    assert value(text, 街道=STREETS) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("for i in 1..3 return i * i", [1, 4, 9]),
        ("for i in 3..1 return i", [3, 2, 1]),
        ("for i in [1..3) return i", [1, 2]),
        ("for x in [1, 2], y in [10, 20] return x + y", [11, 21, 12, 22]),
        ("for i in 1..5 return if i < 3 then 1 else partial[-1] + partial[-2]", [1, 1, 2, 3, 5]),
        ('for d in @"2026-02-28"..@"2026-03-01" return d', [date(2026, 2, 28), date(2026, 3, 1)]),
        ('for i in "a".."c" return i', None),
        ("for i in 1..100000 return i", None),
    ],
)
def test_a_loop_gathers_what_its_body_is(text, expected):
    assert value(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{税: function(额: number, 率) 额 * 率, 应缴: 税(100, 0.03)}.应缴", 3),
        ("{f: function(a, b) a - b, x: f(b: 1, a: 3)}.x", 2),
        ('{f: function(a: number) a, x: f("一")}.x', None),
        ("{f: function(a: number) a, x: f([7])}.x", 7),
        ("{f: function(a) a, x: f(1, 2)}.x", None),
        ("{n: 10, f: function(a) a + n, g: function(n) f(1), x: g(99)}.x", 11),
        ("sort([3, 1, 2], function(a, b) a > b)", [3, 2, 1]),
    ],
)
def test_a_function_is_a_value_that_remembers_where_it_was_written(text, expected):
    assert value(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[1, 2] instance of list<number>", True),
        ('[1, "二"] instance of list<number>', False),
        ('{a: 1, b: "二"} instance of context<a: number>', True),
        ("{a: 1} instance of context<a: string>", False),
        ("[1..3] instance of range<number>", True),
        ('@"P1D" instance of days and time duration', True),
        ("(function(a: number) a) instance of function<number> -> Any", True),
        ("null instance of Any", False),
        ("(1 + 2) instance of number", True),
        ("1 + 2 instance of number", None),
    ],
)
def test_instance_of_asks_for_a_type_by_its_parts(text, expected):
    assert value(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[1..5].start included", True),
        ("(< 5)", Range(None, 5, False, False, "<")),
        ("3 in (< 5)", True),
        ('@"2026-03-01".weekday', 7),
        ('@"2026-03-01T08:30:00+08:00".time offset', value('@"PT8H"')),
        ('@"P1Y6M".months', 6),
        ('@"12026-03-01".year', 12026),
        ('@"08:30:00@Asia/Shanghai".timezone', "Asia/Shanghai"),
    ],
)
def test_values_have_the_properties_of_the_standard(text, expected):
    assert value(text) == expected


@pytest.mark.parametrize(
    ("cell", "asked", "expected"),
    [
        ("-", None, True),
        ("< 5, > 9", 10, True),
        ('not("甲", "乙")', "丙", True),
        ('not("甲", "乙")', "甲", False),
        ("[1..5]", 6, False),
        ("? > 3 and ? < 6", 5, True),
        ("count(?) > 1", [1, 2], True),
        ("null", None, True),
        ('"一"', 1, None),
    ],
)
def test_a_cell_asks_about_its_value(cell, asked, expected):
    assert feel.read_tests(cell).evaluate({"?": asked}) is expected


def test_names_may_hold_spaces_and_signs_where_they_are_known():
    around = feel.Surroundings(frozenset({"家庭 收入", "a-b", "家庭"}))
    expression = feel.read("家庭  收入 - a-b", around)
    assert expression.names == {"家庭 收入", "a-b"}
    assert expression.evaluate({"家庭 收入": 5, "a-b": 2}) == 3


def test_the_author_is_told_why_a_value_is_null():
    answer, notes = feel.compile('收入 + 1 > 3 or "一" < 2').explain({})
    assert answer is None
    assert [str(note) for note in notes] == [
        "没有名为“收入”的数据。",
        "“null + number”没有结果。",
        "“null”与“number”不能相比。",
        "“string”与“number”不能相比。",
    ]


def test_the_time_is_what_the_evaluation_is_told():
    now = value('@"2026-03-01T08:30:00+08:00"')
    assert feel.compile("today()").evaluate({}, at=now) == date(2026, 3, 1)
    assert feel.compile("now()").evaluate({}, at=now) == now
    assert feel.compile("today()").evaluate({}) is None
