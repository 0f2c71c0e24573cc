"""The built-in functions an expression may call (DMN 1.5 §10.3.4): a closed list.

Each answers null for arguments it does not take.
`is defined` is not here: it asks about a name, not about a value, and is built where names are looked up.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import reduce
from typing import Any

from zhongshu.engine.decisions.rules import arithmetic, temporal
from zhongshu.engine.decisions.rules.values import DECIMAL128, bounded, clean, compare, equal, kind, number

MANY = 10_000


@dataclass(frozen=True, slots=True)
class Function:
    """A built-in: how few and how many arguments it takes, and what it answers."""

    fewest: int
    most: int
    call: Callable[..., Any]


def count(values: Any) -> int | None:
    """How many items; a single value counts as a list of itself."""
    return None if values is None else len(_items((values,)))


def total(*values: Any) -> Any:
    """The sum of numbers; null if there are none or one is not a number."""
    items = _items(values)
    if not items or any(kind(item) != "number" for item in items):
        return None
    return reduce(lambda left, right: arithmetic.calculate("+", left, right), items)


def extreme(sign: str) -> Callable[..., Any]:
    """A function that answers the least (`<`) or greatest (`>`) value; null if two cannot be compared."""

    def choose(*values: Any) -> Any:
        items = _items(values)
        best = items[0] if items else None
        for item in items:
            closer = compare(sign, item, best)
            if closer is None:
                return None
            best = item if closer else best
        return best

    return choose


def list_contains(values: Any, sought: Any) -> bool | None:
    """Whether an item of the list equals the value."""
    if kind(values) != "list":
        return None
    return any(equal(clean(item), sought) is True for item in values)


def on_texts(answer: Callable[..., Any]) -> Callable[..., Any]:
    """The function, made null unless every argument is a text."""
    return lambda *texts: bounded(answer(*texts)) if all(isinstance(text, str) for text in texts) else None


def rounded(direction: str) -> Callable[[Any], Any]:
    """A function that brings a number to the whole number in that direction."""

    def bring(value: Any) -> Any:
        if kind(value) != "number":
            return None
        return number(Decimal(value).to_integral_value(rounding=direction))

    return bring


def absolute(value: Any) -> Any:
    """A number or a days and time duration without its sign."""
    if kind(value) == "number":
        return number(DECIMAL128.abs(value))
    return abs(value) if isinstance(value, timedelta) else None


def opposite(value: Any) -> bool | None:
    """true for false, false for true, null for anything else."""
    return not value if isinstance(value, bool) else None


def day(*parts: Any) -> date | None:
    """A date from a text, from a date and time, or from year, month and day."""
    if len(parts) == 1 and isinstance(parts[0], datetime):
        return parts[0].date()
    if len(parts) == 1 and isinstance(parts[0], date):
        return parts[0]
    if len(parts) == 1 and isinstance(parts[0], str):
        return temporal.read_date(parts[0])
    if len(parts) != 3 or any(type(part) is not int for part in parts):
        return None
    try:
        return date(*parts)
    except (ValueError, OverflowError):
        return None


def _items(values: tuple[Any, ...]) -> list[Any]:
    listed = values[0] if len(values) == 1 and isinstance(values[0], list | tuple) else values
    return [clean(item) for item in listed]


TABLE: dict[str, Function] = {
    "count": Function(1, 1, count),
    "sum": Function(1, MANY, total),
    "min": Function(1, MANY, extreme("<")),
    "max": Function(1, MANY, extreme(">")),
    "list contains": Function(2, 2, list_contains),
    "contains": Function(2, 2, on_texts(lambda text, part: part in text)),
    "starts with": Function(2, 2, on_texts(str.startswith)),
    "ends with": Function(2, 2, on_texts(str.endswith)),
    "string length": Function(1, 1, on_texts(len)),
    "lower case": Function(1, 1, on_texts(str.lower)),
    "upper case": Function(1, 1, on_texts(str.upper)),
    "not": Function(1, 1, opposite),
    "abs": Function(1, 1, absolute),
    "floor": Function(1, 1, rounded(ROUND_FLOOR)),
    "ceiling": Function(1, 1, rounded(ROUND_CEILING)),
    "date": Function(1, 3, day),
    "time": Function(1, 1, on_texts(temporal.read_time)),
    "date and time": Function(1, 1, on_texts(temporal.read_moment)),
    "duration": Function(1, 1, on_texts(temporal.read_duration)),
}
IS_DEFINED = "is defined"
