"""FEEL's values as JSON holds them, for where an answer is kept."""

from collections.abc import Callable
from decimal import Decimal
from math import isfinite
from typing import Any

from zhongshu.engine.decisions.rules.functions.conversion import text_of
from zhongshu.engine.decisions.rules.values import MOST_ITEMS, clean, kind


class _TooLong(Exception):
    """More items than are kept: a small text can make lists of lists without end."""


def plain(value: Any) -> Any:
    """The value with floats for decimals, and days, times, durations and ranges as texts that FEEL reads back.

    null for a function, a number no float holds, and what holds more than 10,000 items all in all.
    """
    left = MOST_ITEMS

    def count() -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise _TooLong

    try:
        return _plain(value, count)
    except _TooLong:
        return None


def _plain(value: Any, count: Callable[[], None]) -> Any:
    count()
    value = clean(value)
    match kind(value):
        case "null" | "boolean" | "string":
            return value
        case "number":
            return _number(value)
        case "list":
            return [_plain(item, count) for item in value]
        case "context":
            return {str(key): _plain(item, count) for key, item in value.items()}
        case "function":
            return None
    return text_of(value)


def _number(value: int | Decimal) -> int | float | None:
    if isinstance(value, int) and abs(value) < 1 << 63:
        return value
    return float(value) if isfinite(float(value)) else None
