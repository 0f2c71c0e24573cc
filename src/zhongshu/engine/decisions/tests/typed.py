"""FEEL's values as the JSON of the vectors, to the last digit, and back.

{"#": "0.10"} is a number JSON would spoil, {"@": "2026-03-01"} a date, time or duration, {"function": true} a function,
{"..": [low, high, "[)", sign]} a range.
"""

from decimal import Decimal
from typing import Any

from zhongshu.engine.decisions.rules.temporal import read_any, written
from zhongshu.engine.decisions.rules.values import Range, clean, kind

SAFE = 1 << 53


def typed(value: Any) -> Any:
    """The value as JSON."""
    value = clean(value)
    match kind(value):
        case "null" | "string" | "boolean":
            return value
        case "number":
            return value if isinstance(value, int) and abs(value) < SAFE else {"#": _digits(value)}
        case "list":
            return [typed(item) for item in value]
        case "context":
            return {key: typed(item) for key, item in value.items()}
        case "range":
            ends = ("[" if value.low_closed else "(") + ("]" if value.high_closed else ")")
            return {"..": [typed(value.low), typed(value.high), ends, value.sign]}
        case "function":
            return {"function": True}
    return {"@": written(value)}


def _digits(value: int | Decimal) -> str:
    exact = Decimal(value).as_tuple()
    if not isinstance(exact.exponent, int) or exact.exponent <= 0:
        return format(Decimal(value), "f")
    return f"{'-' * exact.sign}{''.join(map(str, exact.digits))}E{exact.exponent}"


def untyped(value: Any) -> Any:
    """The value that JSON stands for."""
    if isinstance(value, list):
        return [untyped(item) for item in value]
    if not isinstance(value, dict):
        return value
    if "#" in value:
        return Decimal(value["#"])
    if "@" in value:
        return read_any(value["@"])
    if ".." in value:
        low, high, ends, sign = value[".."]
        return Range(untyped(low), untyped(high), ends[0] == "[", ends[1] == "]", sign)
    return {key: untyped(item) for key, item in value.items()}
