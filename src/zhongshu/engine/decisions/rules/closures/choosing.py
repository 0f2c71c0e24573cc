"""What is reckoned, compared and decided."""

from collections.abc import Iterator
from typing import Any

from zhongshu.engine.decisions.rules import tree
from zhongshu.engine.decisions.rules.arithmetic import calculate, negate
from zhongshu.engine.decisions.rules.closures.building import Closure, build, written
from zhongshu.engine.decisions.rules.closures.scope import Scope
from zhongshu.engine.decisions.rules.types import unconstrained
from zhongshu.engine.decisions.rules.values import ORDER, PLAIN, Range, clean, compare, equal, kind


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
            other = operand(scope)
            found = calculate(sign, value, other)
            if found is None and scope.notes is not None:
                scope.note("“{left} {sign} {right}”没有结果。", left=kind(value), sign=sign, right=kind(other))
            value = found
            if type(value) is str:
                scope.spend(len(value) >> 6)
        return value

    return work_out


@build.register
def _(node: tree.Comparison) -> Closure:
    sign, left, right, order = node.sign, build(node.left), build(node.right), ORDER[node.sign]

    def weigh(scope: Scope) -> bool | None:
        one, other = left(scope), right(scope)
        if type(one) is type(other) and type(one) in PLAIN:
            return bool(order(one, other))
        answer = compare(sign, one, other, scope.spend)
        if answer is None and scope.notes is not None:
            scope.note("“{left}”与“{right}”不能相比。", left=kind(one), right=kind(other))
        return answer

    return weigh


@build.register
def _(node: tree.Between) -> Closure:
    value, low, high = build(node.value), build(node.low), build(node.high)
    if (least := written(node.low)) is not None and (most := written(node.high)) is not None:
        span = Range(least, most, True, True)
        return lambda scope: span.holds(value(scope))
    return lambda scope: Range(low(scope), high(scope), True, True).holds(value(scope))


@build.register
def _(node: tree.Membership) -> Closure:
    value = build(node.value)
    tests = [(test.sign, build(test.operand)) for test in node.tests]
    among = all_written(node.tests)
    sort = type(next(iter(among), None))

    def meet(scope: Scope) -> bool | None:
        subject = value(scope)
        if among and type(subject) is sort:
            return subject in among
        if len(tests) == 1:
            answer = met(tests[0][0], subject, tests[0][1](scope), scope)
            return answer if isinstance(answer, bool) else None
        return settled((met(sign, subject, operand(scope), scope) for sign, operand in tests), True)

    return meet


def all_written(tests: tuple[tree.Test, ...]) -> frozenset[str | int]:
    """The texts, or the whole numbers, a value is looked for among; empty if something else is asked of it as well."""
    found: list[Any] = [None if test.sign else written(test.operand) for test in tests]
    return frozenset(found) if {type(value) for value in found} in ({str}, {int}) else frozenset()


def met(sign: str, value: Any, operand: Any, scope: Scope) -> bool | None:
    """Whether a value meets a test: `sign operand`, or without a sign is it, lies in it or is among it."""
    if sign:
        return compare(sign, value, operand, scope.spend)
    if isinstance(operand, Range):
        return equal(value, operand, scope.spend) if isinstance(value, Range) else operand.holds(value)
    if kind(operand) != "list":
        return equal(value, operand, scope.spend)
    scope.spend(len(operand))
    if kind(value) == "list" and equal(value, operand, scope.spend):
        return True
    return any(_among(value, clean(item), scope) is True for item in operand)


def _among(value: Any, item: Any, scope: Scope) -> bool | None:
    if isinstance(item, Range) and not isinstance(value, Range):
        return item.holds(value)
    return equal(value, item, scope.spend)


@build.register
def _(node: tree.UnaryTests) -> Closure:
    if not node.tests:
        return lambda scope: True
    tests = [(test, build(test.operand)) for test in node.tests]

    def meet(scope: Scope) -> bool | None:
        value = scope.value("?")
        answer = settled((_cell(test, value, operand(scope), scope) for test, operand in tests), True)
        return (None if answer is None else not answer) if node.negated else answer

    return meet


def _cell(test: tree.Test, value: Any, operand: Any, scope: Scope) -> bool | None:
    if test.asks and not test.sign and (isinstance(operand, bool) or operand is None):
        return operand
    if operand is True and not test.sign and not isinstance(value, bool):
        return True
    return met(test.sign, value, operand, scope)


def settled(values: Iterator[Any], decisive: bool) -> bool | None:
    """`or` of truth values where true is decisive, `and` where false is.

    The decisive one as soon as there is one, else null if one is neither true nor false, else the other.
    """
    answer: bool | None = not decisive
    for value in values:
        if value is decisive:
            return decisive
        if not isinstance(value, bool):
            answer = None
    return answer


@build.register
def _(node: tree.Junction) -> Closure:
    parts = [build(part) for part in node.parts]
    decisive = node.word == "or"
    other = not decisive

    def join(scope: Scope) -> bool | None:
        answer: bool | None = other
        for part in parts:
            value = part(scope)
            if value is decisive:
                return decisive
            if value is not other:
                answer = None
        return answer

    return join


@build.register
def _(node: tree.Condition) -> Closure:
    test, chosen, otherwise = build(node.test), build(node.chosen), build(node.otherwise)
    return lambda scope: chosen(scope) if test(scope) is True else otherwise(scope)


@build.register
def _(node: tree.InstanceOf) -> Closure:
    value, wanted = build(node.value), unconstrained(node.type)

    def ask(scope: Scope) -> bool:
        found = value(scope)
        return found is not None and wanted.holds(found, scope.spend)

    return ask
