"""Functions: built-in, defined in an expression, or handed over as values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from zhongshu.engine.decisions.rules import functions, tree
from zhongshu.engine.decisions.rules.closures.building import Closure, build
from zhongshu.engine.decisions.rules.closures.scope import Scope
from zhongshu.engine.decisions.rules.types import ANY, FunctionOf, Type, coerced
from zhongshu.engine.decisions.rules.values import Function, clean


@dataclass(frozen=True, slots=True, eq=False)
class Defined(Function):
    """A function written in FEEL, with what was known where it was written."""

    parameters: tuple[str, ...]
    types: tuple[Type, ...]
    shape: FunctionOf
    body: Closure
    data: Mapping[str, Any]
    bound: dict[str, Any]
    weight: int = 10

    def call(self, scope: Any, arguments: Sequence[Any]) -> Any:
        """The body's value with the arguments by their names; null if one is not of its type."""
        if len(arguments) != len(self.parameters):
            scope.note("函数的参数个数不对。")
            return None
        fitted = [coerced(wanted, value, scope.spend) for wanted, value in zip(self.types, arguments, strict=True)]
        if any(value is None and given is not None for value, given in zip(fitted, arguments, strict=True)):
            scope.note("函数的参数不是它要的类型。")
            return None
        scope.spend(self.weight + (len(self.bound) >> 3))
        own = {**self.bound, **dict(zip(self.parameters, fitted, strict=True))}
        with scope.elsewhere(self.data, own):
            return coerced(self.shape.result, self.body(scope), scope.spend)


@build.register
def _(node: tree.Defining) -> Closure:
    body = build(node.body)
    names, types = tuple(name for name, _ in node.parameters), tuple(wanted for _, wanted in node.parameters)
    shape = FunctionOf(types, ANY)
    return lambda scope: Defined(names, types, shape, body, scope.data, scope.bound, 10 + node.weight)


@build.register
def _(node: tree.Invocation) -> Closure:
    callee = build(node.callee)
    arguments = [build(argument) for argument in node.arguments]

    def invoke(scope: Scope) -> Any:
        return invoked(callee(scope), [argument(scope) for argument in arguments], node.names, scope)

    return invoke


def invoked(function: Any, arguments: list[Any], names: Sequence[str], scope: Scope) -> Any:
    """What a function answers for arguments in order, or by name; null if it is no function."""
    if not isinstance(function, Function):
        scope.note("这里要调用的不是函数。")
        return None
    if not names:
        return clean(function.call(scope, arguments))
    if isinstance(function, functions.BuiltIn):
        return function.call_named(scope, names, arguments)
    if set(names) != set(function.parameters):
        scope.note("函数的参数名不对。")
        return None
    given = dict(zip(names, arguments, strict=True))
    return clean(function.call(scope, [given[name] for name in function.parameters]))


@build.register
def _(node: tree.Call) -> Closure:
    if node.function == functions.IS_DEFINED:
        return _is_defined(node.arguments[0])
    function = functions.TABLE[node.function]
    arguments = [build(argument) for argument in node.arguments]
    if node.function == "not" and len(arguments) == 1:
        return _opposite(function, *arguments)
    if node.names:
        return lambda scope: function.call_named(scope, node.names, [argument(scope) for argument in arguments])
    return lambda scope: function.call(scope, [argument(scope) for argument in arguments])


def _opposite(function: functions.BuiltIn, operand: Closure) -> Closure:
    """`not`, which many conditions ask, without the way round by the table of functions."""

    def turn(scope: Scope) -> Any:
        value = operand(scope)
        return not value if isinstance(value, bool) else function.call(scope, [value])

    return turn


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
