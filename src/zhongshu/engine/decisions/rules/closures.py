"""A tree to a Python function of its names, built once.

A part that cannot be worked out is null, never an error.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import singledispatch
from typing import Any

from zhongshu.engine.decisions.rules import functions, tree
from zhongshu.engine.decisions.rules.arithmetic import calculate, negate
from zhongshu.engine.decisions.rules.values import Range, bounded, clean, compare, equal, kind

MOST_WORK = 200_000


class Exhausted(Exception):
    """An evaluation went through more list items than one expression may."""


@dataclass(slots=True)
class Scope:
    """What one evaluation knows: data, the names bound by some and every, and the work it may still do."""

    data: Mapping[str, Any]
    bound: dict[str, Any] = field(default_factory=dict)
    work: int = MOST_WORK

    def holds(self, name: str) -> bool:
        """Whether there is anything by that name."""
        return name in self.bound or name in self.data

    def value(self, name: str) -> Any:
        """What is known by that name; null if nothing is."""
        return clean(self.bound[name] if name in self.bound else self.data.get(name))

    def spend(self, work: int) -> None:
        """Takes work off what is left. Raises Exhausted."""
        self.work -= work
        if self.work < 0:
            raise Exhausted


Closure = Callable[[Scope], Any]


@singledispatch
def build(node: tree.Node) -> Closure:
    """The closure that works out a node."""
    raise TypeError(f"no closure for {type(node).__name__}")


@build.register
def _(node: tree.Literal) -> Closure:
    return lambda scope: node.value


@build.register
def _(node: tree.Name) -> Closure:
    return lambda scope: scope.value(node.name)


@build.register
def _(node: tree.Path) -> Closure:
    base = build(node.base)

    def walk(scope: Scope) -> Any:
        value = base(scope)
        for key in node.keys:
            value = _member(value, key, scope)
        return value

    return walk


def _member(value: Any, key: str, scope: Scope) -> Any:
    if isinstance(value, Mapping):
        return clean(value.get(key))
    if kind(value) != "list":
        return None
    scope.spend(len(value))
    return bounded([clean(item.get(key)) if isinstance(item, Mapping) else None for item in value])


@build.register
def _(node: tree.Listing) -> Closure:
    items = [build(item) for item in node.items]
    return lambda scope: [item(scope) for item in items]


@build.register
def _(node: tree.Interval) -> Closure:
    low, high = build(node.low), build(node.high)
    return lambda scope: Range(low(scope), high(scope), node.low_closed, node.high_closed)


@build.register
def _(node: tree.Negation) -> Closure:
    operand = build(node.operand)
    return lambda scope: negate(operand(scope))


@build.register
def _(node: tree.Arithmetic) -> Closure:
    first = build(node.first)
    rest = [(sign, build(operand)) for sign, operand in node.rest]

    def work_out(scope: Scope) -> Any:
        value = first(scope)
        for sign, operand in rest:
            value = calculate(sign, value, operand(scope))
        return value

    return work_out


@build.register
def _(node: tree.Comparison) -> Closure:
    left, right = build(node.left), build(node.right)
    return lambda scope: compare(node.sign, left(scope), right(scope))


@build.register
def _(node: tree.Between) -> Closure:
    value, low, high = build(node.value), build(node.low), build(node.high)
    return lambda scope: Range(low(scope), high(scope), True, True).holds(value(scope))


@build.register
def _(node: tree.Membership) -> Closure:
    value = build(node.value)
    tests = [(test.sign, build(test.operand)) for test in node.tests]

    def meet(scope: Scope) -> bool | None:
        subject = value(scope)
        return disjunction(_met(sign, subject, operand(scope), scope) for sign, operand in tests)

    return meet


def _met(sign: str, value: Any, operand: Any, scope: Scope) -> bool | None:
    if sign:
        return compare(sign, value, operand)
    if isinstance(operand, Range):
        return operand.holds(value)
    if kind(operand) == "list" and kind(value) != "list":
        scope.spend(len(operand))
        return disjunction(_met("", value, clean(item), scope) for item in operand)
    return equal(value, operand)


def conjunction(values: Iterator[Any]) -> bool | None:
    """false if one is false, else null if one is neither true nor false, else true."""
    answer: bool | None = True
    for value in values:
        if value is False:
            return False
        answer = answer if value is True else None
    return answer


def disjunction(values: Iterator[Any]) -> bool | None:
    """true if one is true, else null if one is neither true nor false, else false."""
    answer: bool | None = False
    for value in values:
        if value is True:
            return True
        answer = answer if value is False else None
    return answer


@build.register
def _(node: tree.Junction) -> Closure:
    parts = [build(part) for part in node.parts]
    join = conjunction if node.word == "and" else disjunction
    return lambda scope: join(part(scope) for part in parts)


@build.register
def _(node: tree.Condition) -> Closure:
    test, chosen, otherwise = build(node.test), build(node.chosen), build(node.otherwise)
    return lambda scope: chosen(scope) if test(scope) is True else otherwise(scope)


@build.register
def _(node: tree.Quantified) -> Closure:
    bindings = [(name, build(values)) for name, values in node.bindings]
    body = build(node.body)
    join = conjunction if node.word == "every" else disjunction

    def answers(scope: Scope, depth: int = 0) -> Iterator[Any]:
        if depth == len(bindings):
            scope.spend(node.weight)
            yield body(scope)
            return
        name, values = bindings[depth]
        column, outer = values(scope), scope.bound
        if kind(column) != "list":
            yield None
            return
        scope.spend(len(column))
        for item in column:
            scope.bound = outer | {name: item}
            yield from answers(scope, depth + 1)

    def ask(scope: Scope) -> bool | None:
        outer = scope.bound
        answer = join(answers(scope))
        scope.bound = outer
        return answer

    return ask


@build.register
def _(node: tree.Call) -> Closure:
    if node.function == functions.IS_DEFINED:
        return _is_defined(node.arguments[0])
    call = functions.TABLE[node.function].call
    arguments = [build(argument) for argument in node.arguments]

    def answer(scope: Scope) -> Any:
        values = [argument(scope) for argument in arguments]
        scope.spend(sum(len(value) for value in values if isinstance(value, list | tuple)))
        return call(*values)

    return answer


def _is_defined(node: tree.Node) -> Closure:
    if isinstance(node, tree.Name):
        return lambda scope: scope.holds(node.name)
    if not isinstance(node, tree.Path):
        value = build(node)
        return lambda scope: value(scope) is not None
    owner = build(tree.Path(node.base, node.keys[:-1]))

    def ask(scope: Scope) -> bool:
        found = owner(scope)
        return isinstance(found, Mapping) and node.keys[-1] in found

    return ask
