"""What SQL is written for a condition, and what is refused by name."""

import pytest

from zhongshu.engine.decisions.rules import feel
from zhongshu.engine.decisions.rules.dmn import models
from zhongshu.engine.decisions.rules.sql import conditions, tables
from zhongshu.engine.decisions.rules.sql.terms import Column, Unsayable, in_json
from zhongshu.engine.decisions.tests.test_dmn import decision, given, table, text, written

COLUMNS = {
    ("age",): Column("p.age", "number", digits=(10, 0)),
    ("income",): Column("p.income", "number", digits=(10, 2)),
    ("city",): Column("p.city", "string"),
    ("birth",): Column("p.birth", "date"),
    ("seen",): Column("p.seen", "date and time"),
    ("married",): Column("p.married", "boolean"),
    ("answers", "depth"): in_json("c.data", ("answers", "depth"), "number"),
}


def said(condition: str) -> conditions.Condition:
    return conditions.condition(feel.compile(condition), COLUMNS.get)


@pytest.mark.parametrize(
    ("condition", "where", "params"),
    [
        ("age >= 60", "(p.age >= %s::bigint)", (60,)),
        ('city = "本市"', "(p.city = %s::text)", ("本市",)),
        ('city in ("本市", "本区")', "(p.city = ANY(%s::text[]))", (["本区", "本市"],)),
        ("age in [60..70)", "((p.age >= %s::bigint) AND (p.age < %s::bigint))", (60, 70)),
        ('age < 18 or birth > @"2020-01-01"', "((p.age < %s::bigint) OR (p.birth > %s::date))", None),
        ("income + 1 > 5", "(((p.income)::numeric + (%s::bigint)::numeric) > %s::bigint)", (1, 5)),
    ],
)
def test_a_plain_condition_is_written_so_that_an_index_serves(condition, where, params):
    found = said(condition)
    assert found.where == where
    assert params is None or found.where_params == params


def test_a_value_is_a_parameter_and_never_part_of_the_text():
    found = said("""city = "'; DROP TABLE person; --%s" """)
    assert "DROP" not in found.truth + found.where
    assert found.where_params == ("'; DROP TABLE person; --%s",)


def test_a_path_into_a_document_is_a_parameter_too():
    found = said("answers.depth > 1")
    assert "depth" not in found.where
    assert found.where_params == (["answers", "depth"], ["answers", "depth"], 1)
    with pytest.raises(ValueError, match="JSON holds no date"):
        in_json("c.data", ("born",), "date")


@pytest.mark.parametrize(
    ("condition", "named"),
    [
        ("some x in [1, 2] satisfies x = age", "“some, every”"),
        ("for x in [1] return x", "“for”"),
        ("[age][1] = 1", "“a[…]”"),
        ("{a: age}.a = 1", "“{a: b}”"),
        ("[age] = [1]", "“[a, b]”"),
        ("age in [[1], 2]", "“[a, b]”"),
        ("[1..2] = [1..2]", "“[a..b]”"),
        ("(function(a) a)(age) = 1", "“f(…)”"),
        ("age ** 2 > 4", "“number ** number”"),
        ('matches(city, "本.*")', "“matches()”"),
        ('upper case(city) = "A"', "“upper case()”"),
        ('contains(string: city, match: "本")', "“contains()”"),
        ('@"08:00:00" = null', "“08:00:00”"),
        ('seen > @"2026-03-01T00:00:00"', "“2026-03-01 00:00:00”"),
        ('seen + duration("P1M") > seen', "“date and time + years and months duration”"),
        ('birth + duration("P9999Y") > birth', "“date + years and months duration”"),
        ("seen.year = 2026", "“.year”"),
        ('city = "\0"', "“\0”"),
        ("age = name", "没有“name”对应的列"),
        ("age / age / age / age / age / age / age / age / age / age / answers.depth / answers.depth > 1", "“* /”"),
        ("1e500 > age", "1E+500"),
        ('if married then 1 else "1"', "“if … then … else …”"),
        ("age instance of list<number>", "“instance of”"),
    ],
)
def test_what_sql_does_not_say_as_we_mean_it_is_refused_by_name(condition, named):
    with pytest.raises(Unsayable) as refused:
        said(condition)
    assert named in str(refused.value)


RULES = [('"本市"', '"符合"'), ("-", '"不符合"')]


def entitled(policy: str, rules: list[tuple[str, str]], more: str = given("city"), sort: str = "Any") -> bytes:
    return written(more + decision("d", table(policy, rules).replace(">x<", ">city<"), "input:city", type_ref=sort))


def test_a_table_is_the_array_of_the_rules_that_are_met():
    found = tables.decided(models.read(entitled("FIRST", RULES)), "d", "符合", COLUMNS.get)
    assert found.where_params == ([0], "本市")
    assert "array_remove(ARRAY[CASE WHEN (p.city = %s::text) THEN 0 END, CASE WHEN true THEN 1 END]" in found.where


@pytest.mark.parametrize(
    ("xml", "named"),
    [
        (entitled("FIRST", [("-", "1 + 1")]), "“1 + 1”"),
        (entitled("FIRST", [('matches(?, "a")', "1")]), "“matches()”"),
        (entitled("FIRST", RULES, given("city", "number")), "“city”"),
        (entitled("FIRST", RULES, decision("city", text("1"))), "“city”"),
        (entitled("FIRST", [("age > 3", "1")]), "“age”"),
        (entitled("RULE ORDER", RULES, sort="string"), "“RULE ORDER”"),
        (written(decision("d", text("1"))), "“d”"),
        (entitled("COLLECT", RULES).replace(b'"COLLECT"', b'"COLLECT" aggregation="SUM"'), "“SUM”"),
    ],
)
def test_a_table_that_sql_would_decide_otherwise_is_refused_by_name(xml, named):
    with pytest.raises(Unsayable) as refused:
        tables.decided(models.read(xml), "d", "符合", COLUMNS.get)
    assert named in str(refused.value)


def test_an_input_of_a_declared_type_is_said_if_its_column_is_of_it():
    depth = '<itemComponent name="depth"><typeRef>number</typeRef></itemComponent>'
    person = f'<itemDefinition name="人">{depth}</itemDefinition>'
    xml = entitled("FIRST", [("> 3", '"符合"')], person + given("answers", "人")).replace(b">city<", b">answers.depth<")
    found = tables.decided(models.read(xml.replace(b"#city", b"#answers")), "d", "符合", COLUMNS.get)
    assert found.where_params[-1] == 3
