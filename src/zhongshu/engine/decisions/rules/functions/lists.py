"""Lists made of lists (§10.3.4.4), and sorting (§10.3.4.8)."""

from functools import cmp_to_key
from typing import Any

from zhongshu.engine.decisions.rules.functions.declaring import built_in
from zhongshu.engine.decisions.rules.values import MOST_ITEMS, Function, clean, compare, equal

DEEPEST = 64


@built_in("append", "list: list, item: any*")
def append(values: list[Any], *items: Any) -> list[Any]:
    """The list with items at its end."""
    return [*values, *items]


@built_in("concatenate", "list: list*")
def concatenate(*lists: list[Any]) -> list[Any]:
    """One list after the other."""
    return [item for values in lists for item in values]


@built_in("union", "list: list*", scoped=True)
def union(scope: Any, *lists: list[Any]) -> list[Any]:
    """One list after the other, each item once."""
    return distinct(scope, concatenate(*lists))


@built_in("distinct values", "list: list", scoped=True)
def distinct(scope: Any, values: list[Any]) -> list[Any]:
    """Each item once, in the order of the first."""
    seen: list[Any] = []
    for item in map(clean, values):
        scope.spend(len(seen) // 8)
        if not any(equal(item, other, scope.spend) is True for other in seen):
            seen.append(item)
    return seen


@built_in("duplicate values", "list: list", scoped=True)
def duplicates(scope: Any, values: list[Any]) -> list[Any]:
    """Each item that comes more than once."""
    items = [clean(value) for value in values]
    scope.spend(len(items) ** 2 // 8)
    return [
        item for item in distinct(scope, items) if sum(equal(item, other, scope.spend) is True for other in items) > 1
    ]


@built_in("reverse", "list: list")
def reverse(values: list[Any]) -> list[Any]:
    """The last item first."""
    return list(reversed(values))


@built_in("flatten", "list: list", scoped=True)
def flatten(scope: Any, values: list[Any]) -> list[Any] | None:
    """The items of all lists within lists; null beyond the bounds of depth and length."""
    for _ in range(DEEPEST):
        if not any(isinstance(item, list | tuple) for item in values):
            return values
        length = sum(len(item) if isinstance(item, list | tuple) else 1 for item in values)
        scope.spend(length)
        if length > MOST_ITEMS:
            return None
        values = [inner for item in values for inner in (item if isinstance(item, list | tuple) else (item,))]
    return None


@built_in("sort", "list: list, precedes: function", scoped=True)
def sort_by(scope: Any, values: list[Any], precedes: Function) -> list[Any] | None:
    """The items so that `precedes(a, b)` is true of neighbours; null if it has no answer for two."""

    def order(left: Any, right: Any) -> int:
        if _asked(scope, precedes, left, right):
            return -1
        return 1 if _asked(scope, precedes, right, left) else 0

    return sorted(map(clean, values), key=cmp_to_key(order))


@built_in("sort", "list: list")
def sort(values: list[Any]) -> list[Any]:
    """The items in rising order; null if two cannot be compared."""

    def order(left: Any, right: Any) -> int:
        below = compare("<", left, right)
        if below is None:
            raise ValueError("no order among these")
        return -1 if below else 1 if compare(">", left, right) else 0

    return sorted(map(clean, values), key=cmp_to_key(order))


def _asked(scope: Any, precedes: Function, left: Any, right: Any) -> bool:
    answer = precedes.call(scope, (left, right))
    if not isinstance(answer, bool):
        raise ValueError("no order among these")
    return answer
