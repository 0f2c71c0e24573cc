"""Functions of contexts (§10.3.4.9)."""

from collections.abc import Mapping
from typing import Any

from zhongshu.engine.decisions.rules.functions.declaring import built_in
from zhongshu.engine.decisions.rules.values import clean, kind


@built_in("get value", "m: context, key: string")
def get_value(context: Mapping[str, Any], key: str) -> Any:
    """The entry's value."""
    return clean(context.get(key))


@built_in("get value", "m: context, keys: list")
def get_value_at(context: Any, keys: list[Any]) -> Any:
    """The value at a path of keys."""
    if not keys:
        return None
    for key in keys:
        context = clean(context.get(key)) if isinstance(context, Mapping) and isinstance(key, str) else None
    return context


@built_in("get entries", "m: context")
def get_entries(context: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A list of contexts with `key` and `value`."""
    return [{"key": key, "value": clean(value)} for key, value in context.items()]


@built_in("context", "entries: list")
def from_entries(entries: list[Any]) -> dict[str, Any] | None:
    """The context whose entries have these keys and values; null for a key that is missing or comes twice."""
    made: dict[str, Any] = {}
    for entry in entries:
        if not isinstance(entry, Mapping) or not {"key", "value"} <= entry.keys():
            return None
        if not isinstance(entry["key"], str) or entry["key"] in made:
            return None
        made[entry["key"]] = clean(entry["value"])
    return made


@built_in("context put", "context: context, key: string, value: any")
def put(context: Mapping[str, Any], key: str, value: Any) -> dict[str, Any]:
    """The context with an entry added or changed."""
    return {**context, key: value}


@built_in("context put", "context: context, keys: list, value: any")
def put_at(context: Any, keys: list[Any], value: Any) -> dict[str, Any] | None:
    """The context with the entry at a path of keys added or changed; null if the path leads nowhere."""
    if not keys or len(keys) > 64 or kind(keys[0]) != "string" or not isinstance(context, Mapping):
        return None
    if len(keys) == 1:
        return put(context, keys[0], value)
    inner = put_at(context.get(keys[0], {}), keys[1:], value)
    return None if inner is None else put(context, keys[0], inner)


@built_in("context merge", "contexts: list", scoped=True)
def merge(scope: Any, contexts: list[Any]) -> dict[str, Any] | None:
    """One context of all entries; a later one wins."""
    if not all(isinstance(context, Mapping) for context in contexts):
        return None
    scope.spend(sum(map(len, contexts)))
    return {key: value for context in contexts for key, value in context.items()}
