"""Conditions that only compare what is known by name with what is written, asked of the data itself.

Most conditions are of this shape, and most data settles them at once. What it leaves open (null, unlike kinds,
anything to be worked out) is for the other closures, which also tell why; a test holds both to one answer.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import singledispatch
from math import isfinite
from typing import Any

from zhongshu.engine.decisions.rules import tree
from zhongshu.engine.decisions.rules.closures.building import written
from zhongshu.engine.decisions.rules.closures.choosing import all_written
from zhongshu.engine.decisions.rules.values import ORDER, PLAIN

OPEN = object()
SURE = PLAIN - {Decimal}  # a decimal from outside may be no number, or too long
FEW_DIGITS = 10**15
Ask = Callable[[Mapping[str, Any]], Any]


@singledispatch
def outright(node: tree.Node) -> Ask | None:
    """A question that answers true, false or OPEN; None for a node of another shape."""
    return None


@outright.register
def _(node: tree.Name) -> Ask:
    name = node.name

    def ask(data: Mapping[str, Any]) -> Any:
        found = data.get(name)
        return found if found is True or found is False else OPEN

    return ask


@outright.register
def _(node: tree.Path) -> Ask | None:
    read = _reader(node)

    def ask(data: Mapping[str, Any]) -> Any:
        found = read(data)  # type: ignore[misc]
        return found if found is True or found is False else OPEN

    return ask if read else None


@outright.register
def _(node: tree.Comparison) -> Ask | None:
    value: Any = written(node.right)
    near = _near(value)
    sort, order, read = int if near is not None else type(value), ORDER[node.sign], _reader(node.left)
    name = node.left.name if isinstance(node.left, tree.Name) else ""

    def ask_name(data: Mapping[str, Any]) -> Any:
        found: Any = data.get(name)
        return order(found, value) if type(found) is sort else ask_float(found)

    def ask(data: Mapping[str, Any]) -> Any:
        found = read(data)  # type: ignore[misc]
        return order(found, value) if type(found) is sort else ask_float(found)

    def ask_float(found: Any) -> Any:
        return order(found, near) if near is not None and type(found) is float and isfinite(found) else OPEN

    if read is None or not (sort in SURE or (sort is bool and node.sign in ("=", "!="))):
        return None
    return ask_name if name else ask


def _near(value: Any) -> float | None:
    """The float of a written number, if it reads as the number: then floats lie to it as their decimals do."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    few = -FEW_DIGITS < value < FEW_DIGITS
    return float(value) if few and Decimal(repr(float(value))) == value else None


@outright.register
def _(node: tree.Between) -> Ask | None:
    low, high, read = written(node.low), written(node.high), _reader(node.value)
    sort: Any = type(low)

    def ask(data: Mapping[str, Any]) -> Any:
        found: Any = read(data)  # type: ignore[misc]
        return low <= found <= high if type(found) is sort else OPEN

    return ask if read and sort is type(high) and sort in SURE else None


@outright.register
def _(node: tree.Membership) -> Ask | None:
    among, read = all_written(node.tests), _reader(node.value)
    sort = type(next(iter(among), None))

    def ask(data: Mapping[str, Any]) -> Any:
        found = read(data)  # type: ignore[misc]
        return found in among if type(found) is sort else OPEN

    return ask if among and read else None


@outright.register
def _(node: tree.Junction) -> Ask | None:
    found = [outright(part) for part in node.parts]
    parts = [part for part in found if part]
    decisive = node.word == "or"

    def ask(data: Mapping[str, Any]) -> Any:
        for part in parts:
            answer = part(data)
            if answer is decisive or answer is OPEN:
                return answer
        return not decisive

    return ask if len(parts) == len(found) else None


@outright.register
def _(node: tree.Call) -> Ask | None:
    inner = outright(node.arguments[0]) if node.function == "not" and len(node.arguments) == 1 else None

    def ask(data: Mapping[str, Any]) -> Any:
        answer = inner(data)  # type: ignore[misc]
        return OPEN if answer is OPEN else not answer

    return ask if inner else None


def _reader(node: tree.Node) -> Ask | None:
    """What lies at a name, or at an entry of what lies there; None for a node that is neither."""
    match node:
        case tree.Name(name):
            return lambda data: data.get(name)
        case tree.Path(tree.Name(name), (key,)):
            return lambda data: found.get(key) if type(found := data.get(name)) is dict else None
    return None
