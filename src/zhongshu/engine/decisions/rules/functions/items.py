"""Items of a list: how many, which, where (§10.3.4.4)."""

from typing import Any

from zhongshu.engine.decisions.rules.functions.declaring import built_in
from zhongshu.engine.decisions.rules.values import Function, clean, equal


@built_in("count", "list: list")
def count(values: list[Any]) -> int:
    """How many items; a single value counts as a list of itself."""
    return len(values)


@built_in("list contains", "list: list, element: any", scoped=True)
def list_contains(scope: Any, values: list[Any], sought: Any) -> bool:
    """Whether an item of the list equals the value."""
    return any(equal(clean(item), sought, scope.spend) is True for item in values)


@built_in("index of", "list: list, match: any", scoped=True)
def index_of(scope: Any, values: list[Any], sought: Any) -> list[int]:
    """The places, from 1, of the items that equal the value."""
    return [place for place, item in enumerate(values, 1) if equal(clean(item), sought, scope.spend) is True]


@built_in("sublist", "list: list, start position: number, length: number?")
def sublist(values: list[Any], start: Any, *length: Any) -> list[Any] | None:
    """So many items from a place; a negative place counts from the end."""
    first = position(values, start)
    if first is None or None in length:
        return None
    if not length:
        return list(values[first:])
    last = first + int(length[0])
    return list(values[first:last]) if first <= last <= len(values) and length[0] >= 1 else None


def position(values: Any, place: Any) -> int | None:
    """The index for a FEEL place: 1 is the first, -1 the last; None if there is no such item."""
    place = int(place)
    index = place - 1 if place > 0 else len(values) + place
    return index if place != 0 and 0 <= index < len(values) else None


@built_in("insert before", "list: list, position: number, newItem: any")
def insert_before(values: list[Any], place: Any, item: Any) -> list[Any] | None:
    """The list with an item put in at a place."""
    index = position(values, place)
    return None if index is None else [*values[:index], item, *values[index:]]


@built_in("remove", "list: list, position: number")
def remove(values: list[Any], place: Any) -> list[Any] | None:
    """The list without the item at a place."""
    index = position(values, place)
    return None if index is None else [*values[:index], *values[index + 1 :]]


@built_in("list replace", "list: list, position: number, newItem: any")
def replace_at(values: list[Any], place: Any, item: Any) -> list[Any] | None:
    """The list with the item at a place changed."""
    index = position(values, place)
    return None if index is None else [*values[:index], item, *values[index + 1 :]]


@built_in("list replace", "list: list, match: function, newItem: any", scoped=True)
def replace_where(scope: Any, values: list[Any], match: Function, item: Any) -> list[Any] | None:
    """The list with every item changed for which `match(item, newItem)` is true; null if one has no answer."""
    answers = [match.call(scope, (clean(value), item)) for value in values]
    if any(not isinstance(answer, bool) for answer in answers):
        return None
    return [item if answer else value for value, answer in zip(values, answers, strict=True)]
