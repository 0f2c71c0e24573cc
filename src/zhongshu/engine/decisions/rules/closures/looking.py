"""Values as they stand: literals, names, paths, lists, contexts and ranges."""

from collections.abc import Mapping
from typing import Any

from zhongshu.engine.decisions.rules import properties, tree
from zhongshu.engine.decisions.rules.closures.building import Closure, build
from zhongshu.engine.decisions.rules.closures.scope import Scope
from zhongshu.engine.decisions.rules.functions import TABLE
from zhongshu.engine.decisions.rules.values import AS_THEY_ARE, Range, bounded, clean, compare, kind

_MISSING = object()


@build.register
def _(node: tree.Literal) -> Closure:
    value = node.value
    return lambda scope: value


@build.register
def _(node: tree.Name) -> Closure:
    name, known = node.name, TABLE.get(node.name)

    def look(scope: Scope) -> Any:
        value = scope.bound[name] if name in scope.bound else scope.data.get(name, _MISSING)
        if type(value) in AS_THEY_ARE:
            return value
        if value is not _MISSING:
            return clean(value)
        if known is None and scope.notes is not None:
            scope.note("没有名为“{name}”的数据。", name=name)
        return known

    return look


@build.register
def _(node: tree.Path) -> Closure:
    base = build(node.base)

    def walk(scope: Scope) -> Any:
        value = base(scope)
        for key in node.keys:
            value = member(value, key, scope)
        return value

    return walk


def member(value: Any, key: str, scope: Scope) -> Any:
    """What a value has by that name: an entry, a property, or of a list what each item has."""
    if isinstance(value, Mapping):
        if key not in value:
            scope.note("这里没有名为“{name}”的一项。", name=key)
        return clean(value.get(key))
    if kind(value) != "list":
        return properties.of(value, key)
    scope.spend(len(value))
    return bounded([member(clean(item), key, scope) for item in value])


@build.register
def _(node: tree.Listing) -> Closure:
    items = [build(item) for item in node.items]
    return lambda scope: [item(scope) for item in items]


@build.register
def _(node: tree.Contexting) -> Closure:
    entries = [(key, build(value)) for key, value in node.entries]

    def make(scope: Scope) -> dict[str, Any]:
        outer, made = scope.bound, {}
        for key, value in entries:
            made[key] = value(scope)
            scope.spend(1 + (len(outer) + len(made) >> 3))
            scope.bound = outer | made
        scope.bound = outer
        return made

    return make


@build.register
def _(node: tree.Interval) -> Closure:
    low, high = build(node.low), build(node.high)

    def make(scope: Scope) -> Range | None:
        made = Range(low(scope), high(scope), node.low_closed, node.high_closed, node.sign)
        if node.sign or made.low is None or made.high is None:
            return made
        if compare("<=", made.low, made.high) is None:
            scope.note("范围的两端不能相比。")
            return None
        return made

    if isinstance(node.low, tree.Literal) and isinstance(node.high, tree.Literal):
        written = make(Scope({}))
        return make if written is None else lambda scope: written
    return make
