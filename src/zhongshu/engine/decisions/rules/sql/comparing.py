"""What is compared and joined: =, <, between, in, and, or, instance of, and the tests of a table's cell."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from zhongshu.engine.decisions.rules import tree
from zhongshu.engine.decisions.rules.closures.building import written
from zhongshu.engine.decisions.rules.closures.choosing import all_written
from zhongshu.engine.decisions.rules.sql.saying import Around, fits_bigint, holds, literal, say, truth, unsayable
from zhongshu.engine.decisions.rules.sql.terms import FALSE, TRUE, UNKNOWN, Term, joined, said
from zhongshu.engine.decisions.rules.types import Simple

SIGNS = {"<": "<", "<=": "<=", ">": ">", ">=": ">="}


def compared(sign: str, left: Term, right: Term, *, exactly: bool = True) -> Term:
    """Whether two terms lie so to each other. If not exactly, null may stand for false."""
    if sign in ("=", "!="):
        return _alike(sign, left, right, exactly=exactly)
    if left.kind != right.kind or left.kind in ("null", "boolean"):
        return UNKNOWN
    return said("boolean", f"({{0}} {SIGNS[sign]} {{1}})", _ordered(left), right, sure=left.sure and right.sure)


def _ordered(term: Term) -> Term:
    """Texts are ordered by their characters' code points, as bytes are, whatever the language of the database."""
    return replace(term, sql=f'({term.sql}) COLLATE "C"') if term.kind == "string" else term


def _alike(sign: str, left: Term, right: Term, *, exactly: bool) -> Term:
    """Null is equal to null alone; two values of unlike kinds are neither equal nor unequal."""
    if "null" in (left.kind, right.kind):
        other = left if right.kind == "null" else right
        word = "IS NULL" if sign == "=" else "IS NOT NULL"
        return said("boolean", f"(({{0}}) {word})", other, sure=True)
    if left.kind != right.kind:
        both, one = ("true", "false") if sign == "=" else ("false", "true")
        return said(
            "boolean",
            f"CASE num_nulls({{0}}, {{1}}) WHEN 2 THEN {both} WHEN 1 THEN {one} END",
            left,
            right,
        )
    if (left.sure and right.sure) or (sign == "=" and not exactly and (left.sure or right.sure)):
        return said(
            "boolean", f"({{0}} {'=' if sign == '=' else '<>'} {{1}})", left, right, sure=left.sure and right.sure
        )
    word = "IS NOT DISTINCT FROM" if sign == "=" else "IS DISTINCT FROM"
    return said("boolean", f"({{0}} {word} {{1}})", left, right, sure=True)


@say.register
def _(node: tree.Comparison, around: Around) -> Term:
    return compared(node.sign, say(node.left, around), say(node.right, around))


@holds.register
def _(node: tree.Comparison, around: Around) -> Term:
    return compared(node.sign, say(node.left, around), say(node.right, around), exactly=False)


@say.register
def _(node: tree.Between, around: Around) -> Term:
    return _within(say(node.value, around), say(node.low, around), say(node.high, around), ">=", "<=")


def _within(value: Term, low: Term, high: Term, above: str, below: str) -> Term:
    """Whether a value lies between two ends; null if one of the three is."""
    both = joined("AND", [compared(above, value, low), compared(below, value, high)])
    if UNKNOWN in (compared(above, value, low), compared(below, value, high)):
        return UNKNOWN
    if low.sure and high.sure:
        return both
    return said("boolean", "CASE WHEN num_nulls({0}, {1}, {2}) = 0 THEN {3} END", value, low, high, both)


@say.register
def _(node: tree.Membership, around: Around) -> Term:
    return _among(node, around, exactly=True)


@holds.register
def _(node: tree.Membership, around: Around) -> Term:
    return _among(node, around, exactly=False)


def _among(node: tree.Membership, around: Around, *, exactly: bool) -> Term:
    value = say(node.value, around)
    values = all_written(node.tests)
    sort = {str: "string", int: "number"}.get(type(next(iter(values), None)))
    if len(values) > 1 and value.kind == sort:
        return _listed(value, [literal(each).params[0] for each in sorted(values, key=str)], exactly=exactly)
    return joined("OR", [_met(test, value, around, exactly=exactly) for test in node.tests])


def _listed(value: Term, values: list[Any], *, exactly: bool) -> Term:
    cast = "text[]" if value.kind == "string" else "bigint[]" if all(map(fits_bigint, values)) else "numeric[]"
    if cast == "numeric[]":
        values = [Decimal(each) for each in values]
    found = said("boolean", f"({{0}} = ANY({{1}}::{cast}))", value, Term("%s", (values,)), sure=value.sure)
    return said("boolean", "COALESCE({0}, false)", found, sure=True) if exactly and not value.sure else found


def _met(test: tree.Test, value: Term, around: Around, *, exactly: bool) -> Term:
    """Whether a value meets `sign operand`, or without a sign is it, lies in it or is among it."""
    match test.operand:
        case tree.Interval(low, high, low_closed, high_closed, "") if not test.sign:
            return _in_range(value, say(low, around), say(high, around), low_closed, high_closed)
        case tree.Interval(low, high, _, _, sign) if not test.sign:
            return compared(sign, value, say(high if sign in ("<", "<=", "!=") else low, around))
        case tree.Listing(items) if not test.sign and not any(isinstance(item, tree.Listing) for item in items):
            found = [_met(tree.Test("", item), value, around, exactly=exactly) for item in items]
            return said("boolean", "COALESCE({0}, false)", joined("OR", found), sure=True) if found else FALSE
    return compared(test.sign or "=", value, say(test.operand, around), exactly=exactly)


def _in_range(value: Term, low: Term, high: Term, low_closed: bool, high_closed: bool) -> Term:
    if low.kind != high.kind or low.kind in ("null", "boolean"):
        raise unsayable("[a..b]")
    return _within(value, low, high, ">=" if low_closed else ">", "<=" if high_closed else "<")


@say.register
def _(node: tree.UnaryTests, around: Around) -> Term:
    if not node.tests:
        return TRUE
    met = joined("OR", [_cell(test, around, exactly=True) for test in node.tests])
    return said("boolean", "(NOT {0})", met, sure=met.sure) if node.negated else met


@holds.register
def _(node: tree.UnaryTests, around: Around) -> Term:
    if node.negated or not node.tests:
        return say(node, around)
    return joined("OR", [_cell(test, around, exactly=False) for test in node.tests])


def _cell(test: tree.Test, around: Around, *, exactly: bool) -> Term:
    value = say(tree.Name("?"), around)
    if test.asks and not test.sign:
        asked = say(test.operand, around)
        if asked.kind != "boolean":
            raise unsayable("?")
        return asked
    if written(test.operand) is True and not test.sign:
        return TRUE if value.kind != "boolean" else said("boolean", "COALESCE({0}, true)", value, sure=True)
    if isinstance(test.operand, tree.Listing | tree.Interval | tree.Literal) or test.sign:
        return _met(test, value, around, exactly=exactly)
    found = say(test.operand, around)
    if found.kind == "boolean":
        raise unsayable("?")
    return compared("=", value, found, exactly=exactly)


@say.register
def _(node: tree.Junction, around: Around) -> Term:
    return joined(node.word.upper(), [truth(say(part, around)) for part in node.parts])


@holds.register
def _(node: tree.Junction, around: Around) -> Term:
    return joined(node.word.upper(), [holds(part, around) for part in node.parts])


@say.register
def _(node: tree.InstanceOf, around: Around) -> Term:
    value = say(node.value, around)
    if not isinstance(node.type, Simple):
        raise unsayable("instance of")
    if value.kind == "null" or node.type.name not in ("Any", value.kind):
        return FALSE
    return said("boolean", "(({0}) IS NOT NULL)", value, sure=True)
