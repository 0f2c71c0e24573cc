"""Where every family of nodes says how it is said in SQL; and values as they stand: literals, names and choices."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import singledispatch
from typing import Any

from zhongshu.engine.decisions.rules import tree
from zhongshu.engine.decisions.rules.sql.terms import (
    FALSE,
    MOST_DIGITS,
    NULL,
    TRUE,
    UNKNOWN,
    Column,
    Lookup,
    Term,
    Unsayable,
    said,
)
from zhongshu.engine.decisions.rules.values import Months

MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Around:
    """What is known while an expression is said: the columns, the moment it is told, and what `?` is in a cell."""

    facts: Lookup
    at: datetime | None = None
    subject: Term | None = None


NAMED: dict[type[tree.Node], str] = {
    tree.Filter: "a[…]",
    tree.Contexting: "{a: b}",
    tree.Listing: "[a, b]",
    tree.Interval: "[a..b]",
    tree.Steps: "a..b",
    tree.Quantified: "some, every",
    tree.For: "for",
    tree.Invocation: "f(…)",
    tree.Defining: "function",
}


@singledispatch
def say(node: tree.Node, around: Around) -> Term:
    """The SQL of a node: of the same value, null included. Raises Unsayable."""
    raise unsayable(NAMED.get(type(node), type(node).__name__))


@singledispatch
def holds(node: tree.Node, around: Around) -> Term:
    """SQL that is true just where the node is true; elsewhere false or null, whichever an index serves better."""
    return truth(say(node, around))


def unsayable(what: str) -> Unsayable:
    """The refusal that names a construct."""
    return Unsayable("“{what}”不能写成数据库查询，请改用比较、in、between、and、or、not 和四则运算。", what=what)


def truth(term: Term) -> Term:
    """A term where a truth is asked: what is of another kind is null."""
    return term if term.kind == "boolean" else UNKNOWN


@say.register
def _(node: tree.Literal, around: Around) -> Term:
    return literal(node.value)


def literal(value: Any) -> Term:
    """A value as a parameter. Raises Unsayable for what no column can be compared with."""
    match value:
        case None:
            return NULL
        case bool():
            return TRUE if value else FALSE
        case int() | Decimal():
            return _number(value)
        case str() if "\0" not in value:
            return Term("%s::text", (value,), "string", sure=True)
        case datetime() if value.tzinfo:
            return Term("%s::timestamptz", (value,), "date and time", sure=True)
        case date() if not isinstance(value, datetime):
            return Term("%s::date", (value,), "date", sure=True)
        case timedelta():
            return Term("%s::numeric", (value // MICROSECOND,), "days and time duration", sure=True)
        case Months(total):
            return Term("%s::numeric", (total,), "years and months duration", sure=True)
    raise unsayable(str(value))


def _number(value: int | Decimal) -> Term:
    exact = Decimal(value)
    exponent = exact.as_tuple().exponent
    digits = max(exact.adjusted() + 1, 1), max(-int(exponent), 0)
    if max(digits) > MOST_DIGITS:
        raise unsayable(str(value))
    return Term("%s::bigint" if fits_bigint(value) else "%s::numeric", (value,), "number", digits, sure=True)


def fits_bigint(value: Any) -> bool:
    """Whether a number may be compared as a whole one of PostgreSQL, so that the index of such a column serves."""
    return isinstance(value, int) and abs(value) < 1 << 63


@say.register
def _(node: tree.Name, around: Around) -> Term:
    if node.name == "?" and around.subject:
        return around.subject
    return _column((node.name,), around)


@say.register
def _(node: tree.Path, around: Around) -> Term:
    if isinstance(node.base, tree.Name) and around.facts((node.base.name, *node.keys)):
        return _column((node.base.name, *node.keys), around)
    *inner, name = node.keys
    base = say(tree.Path(node.base, tuple(inner)) if inner else node.base, around)
    template = PROPERTIES.get((base.kind, name))
    if template is None:
        raise unsayable(f".{name}")
    return said("number", template, base, digits=(20, 0))


YEAR = "(extract(year from {0}) + CASE WHEN {0} < date '0001-01-01' THEN 1 ELSE 0 END)"
"""PostgreSQL knows no year 0, FEEL does."""
PROPERTIES: dict[tuple[str, str], str] = {
    ("date", "year"): YEAR.format("{0}"),
    ("date", "month"): "extract(month from {0})",
    ("date", "day"): "extract(day from {0})",
    ("date", "weekday"): "extract(isodow from {0})",
    ("years and months duration", "years"): "trunc({0} / 12)",
    ("years and months duration", "months"): "mod({0}, 12)",
    ("days and time duration", "days"): "trunc({0} / 86400000000)",
}
"""The properties of dates and durations (DMN 1.5 §10.3.2.3, table 66)."""


def _column(path: tuple[str, ...], around: Around) -> Term:
    column = around.facts(path)
    if column is None:
        raise Unsayable("数据库里没有“{name}”对应的列，请改用已有的名称。", name=".".join(path))
    return Term(READ.get(column.kind, "{0}").format(column.sql), column.params, column.kind, _digits(column))


READ: dict[str, str] = {
    "days and time duration": "(extract(epoch from {0})::numeric * 1000000)",
    "years and months duration": "(extract(year from {0})::numeric * 12 + extract(month from {0})::numeric)",
}


def _digits(column: Column) -> tuple[int, int]:
    return column.digits if column.kind == "number" else (20, 0)


@say.register
def _(node: tree.Condition, around: Around) -> Term:
    test, chosen, otherwise = (say(each, around) for each in (node.test, node.chosen, node.otherwise))
    if chosen.kind == otherwise.kind == "null":
        return NULL
    if chosen.kind != otherwise.kind and "null" not in (chosen.kind, otherwise.kind):
        raise unsayable("if … then … else …")
    whole, part = (max(each) for each in zip(chosen.digits, otherwise.digits, strict=True))
    kind = otherwise.kind if chosen.kind == "null" else chosen.kind
    return said(
        kind, "CASE WHEN {0} THEN {1} ELSE {2} END", truth(test), chosen, otherwise,
        digits=(whole, part), shift=max(chosen.shift, otherwise.shift), sure=chosen.sure and otherwise.sure,
    )  # fmt: skip
