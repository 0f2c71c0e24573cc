"""Lists gone through: filters, loops and quantifiers. Each item is counted as work."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from zhongshu.engine.decisions.rules import tree
from zhongshu.engine.decisions.rules.calendar import between, moved
from zhongshu.engine.decisions.rules.closures.building import Closure, build
from zhongshu.engine.decisions.rules.closures.choosing import settled
from zhongshu.engine.decisions.rules.closures.scope import Scope
from zhongshu.engine.decisions.rules.functions.items import position
from zhongshu.engine.decisions.rules.values import MOST_ITEMS, Range, clean, compare, kind


@build.register
def _(node: tree.Filter) -> Closure:
    base, test = build(node.base), build(node.test)

    def sift(scope: Scope) -> Any:
        return sifted(base(scope), test, node.weight, scope)

    return sift


def sifted(values: Any, test: Closure, weight: int, scope: Scope) -> Any:
    """The items of a list for which the test is true, or the one whose place it names; null is no list."""
    if values is None:
        return [] if test(scope) is True else None
    items = [clean(item) for item in values] if kind(values) == "list" else [values]
    outer, kept = scope.bound, []
    scope.spend(1 + len(items) * (1 + weight // 4 + (len(outer) >> 3)))
    try:
        for item in items:
            own = item if isinstance(item, Mapping) else {}
            scope.spend(len(own) >> 3)
            scope.bound = {**outer, "item": item, **own}
            answer = test(scope)
            if kind(answer) == "number":
                return _at(items, answer)
            if answer is True:
                kept.append(item)
    finally:
        scope.bound = outer
    return kept if items or kind(test(scope)) != "number" else None


def _at(items: list[Any], place: Any) -> Any:
    index = position(items, place) if place == int(place) else None
    return None if index is None else items[index]


def column(values: Any) -> list[Any] | None:
    """What a loop goes through: the items of a list, the whole numbers or days of a range; a value is its own list."""
    if kind(values) == "list":
        return list(values)
    if not isinstance(values, Range):
        return None if values is None else [values]
    low, high = values.low, values.high
    if compare("<=", low, high) is not True:
        return None
    return _stretch(low, high, values)


def _stretch(low: Any, high: Any, values: Range) -> list[Any] | None:
    if isinstance(low, int) and isinstance(high, int):
        return _stepped(low, high, values)
    if kind(low) == kind(high) == "date":
        days = between(high, low).days
        return [moved(low, timedelta(days=step)) for step in _stepped(0, days, values) or ()]
    return None


def _stepped(low: int, high: int, ends: Range) -> list[int] | None:
    if abs(high - low) > MOST_ITEMS:
        return None
    step = 1 if low <= high else -1
    steps = list(range(low, high + step, step))
    return steps[not ends.low_closed : len(steps) - (not ends.high_closed)]


def rounds(bindings: list[tuple[str, Closure]], weight: int, scope: Scope, depth: int = 0) -> Iterator[bool]:
    """Binds the names to each combination of their values in turn, the last changing quickest.

    Yields whether there is something to go through; the names are bound while it waits.
    """
    if depth == len(bindings):
        scope.spend(weight)
        yield True
        return
    name, values = bindings[depth]
    found, outer = column(values(scope)), scope.bound
    if found is None:
        scope.note("“{name}”没有可以逐个取的值。", name=name)
        yield False
        return
    scope.spend(len(found) * (1 + (len(outer) >> 3)))
    for item in found:
        scope.bound = {**outer, name: item}
        yield from rounds(bindings, weight, scope, depth + 1)
    scope.bound = outer


@build.register
def _(node: tree.Steps) -> Closure:
    first, last = build(node.first), build(node.last)

    def step(scope: Scope) -> list[Any] | None:
        low, high = first(scope), last(scope)
        return _stretch(low, high, Range(low, high, True, True))

    return step


@build.register
def _(node: tree.For) -> Closure:
    bindings = [(name, build(values)) for name, values in node.bindings]
    body = build(node.body)

    def gather(scope: Scope) -> list[Any] | None:
        return gathered(bindings, body, node.weight, scope)

    return gather


def gathered(bindings: list[tuple[str, Closure]], body: Closure, weight: int, scope: Scope) -> list[Any] | None:
    """What the body is in each round, which may use those before it as `partial`."""
    outer = scope.bound
    partial: list[Any] = []
    scope.bound = {**outer, "partial": partial}
    try:
        for there in rounds(bindings, weight, scope):
            if not there or len(partial) >= MOST_ITEMS:
                return None
            partial.append(body(scope))
    finally:
        scope.bound = outer
    return partial


@build.register
def _(node: tree.Quantified) -> Closure:
    bindings = [(name, build(values)) for name, values in node.bindings]
    body = build(node.body)
    return lambda scope: quantified(node.word, bindings, body, node.weight, scope)


def quantified(word: str, bindings: list[tuple[str, Closure]], body: Closure, weight: int, scope: Scope) -> bool | None:
    """Whether the body holds in some round, or in every."""
    outer = scope.bound
    answer = settled((body(scope) if there else None for there in rounds(bindings, weight, scope)), word == "some")
    scope.bound = outer
    return answer
