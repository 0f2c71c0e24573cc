"""A form's rules as the page settles them by itself, and what it asks the server about."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from zhongshu.engine.decisions.rules import feel
from zhongshu.engine.decisions.rules.feel import Expression
from zhongshu.engine.decisions.tests import page as pages
from zhongshu.engine.intake.rules import planned


@dataclass(frozen=True, slots=True)
class Question:
    """A question as a plan sees it."""

    name: str
    kind: str = "text"
    many: bool = False
    required: bool = False
    limits: Mapping[str, Any] = field(default_factory=dict)
    mandatory: Expression | None = None
    computed: Expression | None = None
    fields: tuple["Question", ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """A question whose turn it is."""

    field: Question
    visible: tuple[Expression, ...] = ()
    rows: tuple["Turn", ...] = ()


def asked(name, kind="text", *, visible="", mandatory="", computed="", **more):
    rules = {"mandatory": mandatory, "computed": computed}
    found = {key: feel.compile(rule) for key, rule in rules.items() if rule}
    return Turn(Question(name, kind, **found, **more), (feel.compile(visible),) if visible else ())


def rows(name, *turns, most=5):
    return Turn(
        Question(name, "rows", True, limits={"maxItems": most}, fields=tuple(t.field for t in turns)), (), turns
    )


@pytest.fixture(scope="module")
def page():
    with pages.opened() as page:
        yield page


def settled(page, turns, **answers):
    return page.answers({"plan": planned.plan(turns), "answers": answers})


SHOP = (
    asked("kind", "choice", required=True),
    asked("name", mandatory='kind = "公司"', visible="kind != null"),
    rows(
        "lines",
        asked("price", "amount", required=True),
        asked("number", "integer"),
        asked("sum", "amount", computed="price * number"),
        asked("why", mandatory="sum > limit", visible="sum > 100"),
    ),
    asked("limit", "amount"),
    asked("total", "amount", computed="sum(lines.sum)"),
    asked("large", visible="total > 1000"),
)


def test_what_goes_without_saying_is_not_sent():
    assert planned.plan([asked("name")]) == {"turns": [{"name": "name", "kind": "text"}]}


def test_a_question_is_shown_and_required_by_what_is_answered(page):
    nothing = settled(page, SHOP)
    assert nothing["shown"] == ["kind", "limit", "lines", "total"]
    assert nothing["required"] == ["kind"]
    firm = settled(page, SHOP, kind="公司")
    assert "name" in firm["shown"] and "name" in firm["required"]


def test_rows_are_worked_out_one_by_one_and_then_together(page):
    sent = {"lines.0.price": "￥1,000.10", "lines.0.number": "２", "lines.1.price": "3.335", "lines.1.number": "3"}
    found = settled(page, SHOP, **sent, limit="1500")
    assert found["computed"] == {"lines.0.sum": 2000.2, "lines.1.sum": 10.01, "total": 2010.21}
    assert found["required"] == ["kind", "lines.0.price", "lines.0.why", "lines.1.price"]
    assert "large" in found["shown"] and "lines.1.why" not in found["shown"]


def test_rows_may_come_as_a_list_and_blank_ones_at_the_end_do_not_count(page):
    found = settled(page, SHOP, lines=[{"price": "1", "number": "1"}, {"price": " "}, {}])
    assert found["computed"] == {"lines.0.sum": 1, "total": 1}


def test_a_row_reads_its_own_questions_before_those_outside(page):
    turns = (asked("a"), rows("them", asked("a"), asked("b", computed='a + "!"')), asked("c", computed="them[1].b + a"))
    found = settled(page, turns, **{"a": "外", "them.0.a": "内"})
    assert found["computed"] == {"them.0.b": "内!", "c": "内!外"}


def test_a_hidden_question_has_no_answer_for_others(page):
    turns = (asked("a", "boolean"), asked("b", visible="a"), asked("c", visible="is defined(b)"))
    assert settled(page, turns, a="on", b="乙")["shown"] == ["a", "b", "c"]
    assert settled(page, turns, a="off", b="乙")["shown"] == ["a"]


def test_answers_are_read_as_the_server_reads_them(page):
    kinds = {"date": ("2026年3月1日", "b.weekday"), "time": ("8:30", "b.hour"), "boolean": ("是", "if b then 1 else 0")}
    kinds |= {"date-time": ("2026-03-01T08:30", 'b.time offset / @"PT1H"'), "number": (" ３.50 ", "b * 2")}
    for kind, (text, rule) in kinds.items():
        found = settled(page, (asked("b", kind), asked("n", "number", computed=rule)), b=[text])
        assert found["computed"] == {"n": {"date": 7, "time": 8, "boolean": 1, "date-time": 8, "number": 7}[kind]}


def test_what_only_the_server_can_say_is_asked_with_all_that_hangs_on_it(page):
    turns = (asked("a"), asked("b", visible='matches(a, "^甲")'), asked("c", visible="b != null"), asked("d"))
    found = settled(page, turns, a="甲")
    assert (found["ask"], found["shown"]) == (["b", "c"], ["a", "d"])


def test_so_is_a_row_and_what_reads_it(page):
    inner = (asked("x"), asked("y", computed='replace(x, "a", "b")'))
    turns = (rows("them", *inner), asked("n", "number", computed="count(them)"), asked("m", mandatory="n > 0"))
    assert settled(page, turns)["ask"] == []
    assert settled(page, turns, **{"them.0.x": "a"})["ask"] == ["them.0.y", "them", "n", "m"]


def test_an_answer_written_as_no_field_writes_it_is_for_the_server(page):
    turns = (asked("a", "date-time"), asked("b", visible="a != null"))
    assert settled(page, turns, a="2026-03-01T08:30+02:00")["ask"] == ["a", "b"]
    assert settled(page, turns, a="明天")["ask"] == []
