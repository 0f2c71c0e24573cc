"""What + - * / ** do, by the kinds of the two sides; null where they mean nothing.

DMN 1.5 §10.3.2.12 (arithmetic) says what is defined.
"""

import operator
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from zhongshu.engine.decisions.rules.calendar import between, later, moved
from zhongshu.engine.decisions.rules.temporal import offset_of
from zhongshu.engine.decisions.rules.values import DECIMAL128, WHOLE, Months, bounded, kind, number

_NUMBERS: dict[str, Callable[[Any, Any], Decimal]] = {
    "+": DECIMAL128.add,
    "-": DECIMAL128.subtract,
    "*": DECIMAL128.multiply,
    "/": DECIMAL128.divide,
    "**": DECIMAL128.power,
}


_EXACT: dict[str, Callable[[int, int], int]] = {"+": operator.add, "-": operator.sub, "*": operator.mul}


def calculate(sign: str, left: Any, right: Any) -> Any:
    """`left sign right`; null for unlike kinds, division by zero and results out of bounds."""
    if type(left) is type(right) is int and sign in _EXACT:
        found = _EXACT[sign](left, right)
        if -WHOLE < found < WHOLE:
            return found
    kinds = kind(left), kind(right)
    try:
        if kinds == ("number", "number"):
            return number(_NUMBERS[sign](left, right))
        operation = _OTHERS.get((kinds[0], sign, kinds[1]))
        return bounded(operation(left, right)) if operation else None
    except (ArithmeticError, TypeError, ValueError):
        return None


def defined(left: str, sign: str, right: str) -> bool:
    """Whether `left sign right` means anything for values of these kinds."""
    return left == right == "number" or (left, sign, right) in _OTHERS


def negate(value: Any) -> Any:
    """The value with its sign turned; null unless it is a number or a duration."""
    return calculate("*", value, -1)


def _stretch(length: timedelta, factor: int | Decimal) -> timedelta:
    microseconds = DECIMAL128.multiply(length // timedelta(microseconds=1), factor)
    return timedelta(microseconds=int(microseconds))


def _shrink(length: timedelta, divisor: int | Decimal) -> timedelta:
    microseconds = DECIMAL128.divide(length // timedelta(microseconds=1), divisor)
    return timedelta(microseconds=int(microseconds))


def _ratio(left: int, right: int) -> int | Decimal | None:
    return number(DECIMAL128.divide(left, right))


def _months(value: Decimal) -> Months:
    if value.adjusted() > 12:
        raise OverflowError("longer than any calendar")
    return Months(int(value))


def _table() -> dict[tuple[str, str, str], Callable[[Any, Any], Any]]:
    days, months, tick = "days and time duration", "years and months duration", timedelta(microseconds=1)
    table: dict[tuple[str, str, str], Callable[[Any, Any], Any]] = {
        ("string", "+", "string"): lambda left, right: left + right,
        (days, "+", days): lambda left, right: left + right,
        (days, "-", days): lambda left, right: left - right,
        (days, "*", "number"): _stretch,
        ("number", "*", days): lambda left, right: _stretch(right, left),
        (days, "/", "number"): _shrink,
        (days, "/", days): lambda left, right: _ratio(left // tick, right // tick),
        (months, "+", months): lambda left, right: Months(left.total + right.total),
        (months, "-", months): lambda left, right: Months(left.total - right.total),
        (months, "*", "number"): lambda left, right: _months(DECIMAL128.multiply(left.total, right)),
        ("number", "*", months): lambda left, right: _months(DECIMAL128.multiply(right.total, left)),
        (months, "/", "number"): lambda left, right: _months(DECIMAL128.divide(left.total, right)),
        (months, "/", months): lambda left, right: _ratio(left.total, right.total),
    }
    for day in ("date", "date and time"):
        table |= {
            (day, "-", "date"): between,
            (day, "-", "date and time"): between,
            (day, "+", days): moved,
            (days, "+", day): lambda left, right: moved(right, left),
            (day, "-", days): lambda left, right: moved(left, -right),
            (day, "+", months): lambda left, right: later(left, right.total),
            (months, "+", day): lambda left, right: later(right, left.total),
            (day, "-", months): lambda left, right: later(left, -right.total),
        }
    table |= {
        ("time", "-", "time"): _apart,
        ("time", "+", days): _turned,
        (days, "+", "time"): lambda left, right: _turned(right, left),
        ("time", "-", days): lambda left, right: _turned(left, -right),
    }
    return table


def _turned(clock: time, length: timedelta) -> time:
    """The time so much later, round the clock."""
    return (
        (datetime.combine(date(2000, 1, 2), clock.replace(tzinfo=None)) + length % DAY)
        .time()
        .replace(tzinfo=clock.tzinfo)
    )


def _apart(left: time, right: time) -> timedelta:
    """How much later the left is; both have a zone, or none."""
    if (left.tzinfo is None) != (right.tzinfo is None):
        raise TypeError("a time with a zone and one without")
    shift = (offset_of(right) or timedelta()) - (offset_of(left) or timedelta())
    start = date(2000, 1, 1)
    return (
        datetime.combine(start, left.replace(tzinfo=UTC)) - datetime.combine(start, right.replace(tzinfo=UTC)) + shift
    )


DAY = timedelta(days=1)


_OTHERS = _table()
