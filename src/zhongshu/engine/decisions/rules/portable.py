"""An expression as plain JSON, for the page that works it out without asking us.

    portable.written(feel.compile("年龄 >= 60"))
    # {"feel": 1, "names": ["年龄"], "tree": [">=", ["name", "年龄"], 60]}

A node is a list that begins with what it is. A value written out stands for itself; what JSON cannot hold says its
kind: {"#": "0.10"} is a number, {"@": "2026-03-01"} a date, time or duration. `channels/static_src/feel` reads it.
"""

from datetime import datetime, time
from decimal import Decimal
from functools import singledispatch
from typing import Any
from zoneinfo import ZoneInfo

from zhongshu.engine.decisions.rules import tree
from zhongshu.engine.decisions.rules.calendar import FarMoment
from zhongshu.engine.decisions.rules.feel import Expression
from zhongshu.engine.decisions.rules.functions import IS_DEFINED
from zhongshu.engine.decisions.rules.temporal import written as temporal
from zhongshu.engine.decisions.rules.types import (
    ContextOf,
    FunctionOf,
    ListOf,
    RangeOf,
    Simple,
    Type,
    unconstrained,
)

VERSION = 1
OURS_ALONE = frozenset({"matches", "replace", "split", "range"})
"""Functions that need our patterns or our grammar."""
SAFE = 1 << 53


class _Unportable(Exception):
    """The page cannot work this out to the same answer."""


def written(expression: Expression) -> dict[str, Any] | None:
    """The expression as JSON with its names; None if only the server can work it out.

    That is one with patterns, one that reads a text as FEEL, or one that writes a zone by name. A page that comes
    upon such a thing in its data asks the server for that round.
    """
    try:
        return {"feel": VERSION, "names": sorted(expression.names), "tree": _node(expression.root)}
    except _Unportable:
        return None


@singledispatch
def _node(node: tree.Node) -> Any:
    raise _Unportable(type(node).__name__)


def _nodes(nodes: tuple[tree.Node, ...]) -> list[Any]:
    return [_node(node) for node in nodes]


def _pairs(pairs: tuple[tuple[str, tree.Node], ...]) -> list[Any]:
    return [[word, _node(node)] for word, node in pairs]


@_node.register
def _(node: tree.Literal) -> Any:
    value = node.value
    match value:
        case None | bool() | str():
            return value
        case int() if abs(value) < SAFE:
            return value
        case int() | Decimal():
            return {"#": str(value)}
        case datetime() | time() | FarMoment() if _named_zone(value):
            raise _Unportable("zone")
    return {"@": temporal(value)}


def _named_zone(value: Any) -> bool:
    return isinstance(value, FarMoment) or isinstance(value.tzinfo, ZoneInfo)


@_node.register
def _(node: tree.Name) -> Any:
    return ["name", _ported(node.name)]


def _ported(function: str) -> str:
    if function in OURS_ALONE:
        raise _Unportable(function)
    return function


@_node.register
def _(node: tree.Path) -> Any:
    return [".", _node(node.base), *node.keys]


@_node.register
def _(node: tree.Filter) -> Any:
    return ["filter", _node(node.base), _node(node.test), node.weight]


@_node.register
def _(node: tree.Contexting) -> Any:
    return ["{}", *_pairs(node.entries)]


@_node.register
def _(node: tree.Listing) -> Any:
    return ["list", *_nodes(node.items)]


@_node.register
def _(node: tree.Interval) -> Any:
    return ["range", _node(node.low), _node(node.high), node.low_closed, node.high_closed, node.sign]


@_node.register
def _(node: tree.Steps) -> Any:
    return ["steps", _node(node.first), _node(node.last)]


@_node.register
def _(node: tree.Negation) -> Any:
    return ["minus", _node(node.operand)]


@_node.register
def _(node: tree.Arithmetic) -> Any:
    return ["reckon", _node(node.first), *_pairs(node.rest)]


@_node.register
def _(node: tree.Comparison) -> Any:
    return [node.sign, _node(node.left), _node(node.right)]


@_node.register
def _(node: tree.Between) -> Any:
    return ["between", *_nodes((node.value, node.low, node.high))]


@_node.register
def _(node: tree.Membership) -> Any:
    return ["in", _node(node.value), *map(_test, node.tests)]


@_node.register
def _(node: tree.UnaryTests) -> Any:
    return ["tests", node.negated, *map(_test, node.tests)]


def _test(test: tree.Test) -> list[Any]:
    return [test.sign, _node(test.operand), test.asks]


@_node.register
def _(node: tree.InstanceOf) -> Any:
    return ["instance of", _node(node.value), _type(unconstrained(node.type))]


@_node.register
def _(node: tree.Junction) -> Any:
    return [node.word, *_nodes(node.parts)]


@_node.register
def _(node: tree.Condition) -> Any:
    return ["if", *_nodes((node.test, node.chosen, node.otherwise))]


@_node.register
def _(node: tree.Quantified) -> Any:
    return [node.word, _pairs(node.bindings), _node(node.body), node.weight]


@_node.register
def _(node: tree.For) -> Any:
    return ["for", _pairs(node.bindings), _node(node.body), node.weight]


@_node.register
def _(node: tree.Call) -> Any:
    if node.function == IS_DEFINED:
        return [IS_DEFINED, _node(node.arguments[0])]
    return ["call", _ported(node.function), _nodes(node.arguments), list(node.names)]


@_node.register
def _(node: tree.Invocation) -> Any:
    return ["invoke", _node(node.callee), _nodes(node.arguments), list(node.names)]


@_node.register
def _(node: tree.Defining) -> Any:
    return ["function", [[name, _type(wanted)] for name, wanted in node.parameters], _node(node.body), node.weight]


def _type(wanted: Type) -> Any:
    match wanted:
        case Simple(name):
            return name
        case ListOf(item):
            return ["list", _type(item)]
        case RangeOf(item):
            return ["range", _type(item)]
        case ContextOf(entries):
            return ["context", [[name, _type(entry)] for name, entry in entries]]
        case FunctionOf(parameters, result):
            return ["function", [_type(parameter) for parameter in parameters], _type(result)]
    raise _Unportable(type(wanted).__name__)
