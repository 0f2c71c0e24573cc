"""Functions of numbers (§10.3.4.5)."""

from datetime import timedelta
from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Decimal,
)
from typing import Any

from zhongshu.engine.decisions.rules.functions.declaring import built_in
from zhongshu.engine.decisions.rules.values import DECIMAL128, Months, number

SCALES = range(-6111, 6177)


def rounded(value: Any, scale: Any, rounding: str) -> Any:
    """The number with so many digits after the point; null for a scale no number has."""
    places = int(scale)
    if places not in SCALES:
        return None
    exact = Decimal(value)
    exponent = exact.as_tuple().exponent
    if isinstance(exponent, int) and exponent >= -places:
        return number(exact)
    wide = DECIMAL128.copy()
    wide.prec = 7000
    return number(exact.quantize(Decimal(1).scaleb(-places), rounding=rounding, context=wide))


def _declare() -> None:
    for name, rounding in {
        "round up": ROUND_UP,
        "round down": ROUND_DOWN,
        "round half up": ROUND_HALF_UP,
        "round half down": ROUND_HALF_DOWN,
    }.items():
        built_in(name, "n: number, scale: number")(lambda n, scale, way=rounding: rounded(n, scale, way))
    built_in("decimal", "n: number, scale: number")(lambda n, scale: rounded(n, scale, ROUND_HALF_EVEN))
    for name, rounding in {"floor": ROUND_FLOOR, "ceiling": ROUND_CEILING}.items():
        built_in(name, "n: number, scale: number?")(
            lambda n, scale=0, way=rounding: None if scale is None else rounded(n, scale, way)
        )


_declare()


@built_in("abs", "n: number|days and time duration|years and months duration")
def absolute(value: Any) -> Any:
    """A number or a duration without its sign."""
    if isinstance(value, Months):
        return Months(abs(value.total))
    return abs(value) if isinstance(value, timedelta) else number(DECIMAL128.abs(value))


@built_in("modulo", "dividend: number, divisor: number")
def modulo(dividend: Any, divisor: Any) -> Any:
    """What is left of a division downwards; it has the sign of the divisor."""
    if divisor == 0:
        return None
    if isinstance(dividend, int) and isinstance(divisor, int):
        return dividend % divisor
    left = DECIMAL128.remainder(Decimal(dividend), Decimal(divisor))
    return number(left if left == 0 or (left < 0) == (divisor < 0) else DECIMAL128.add(left, Decimal(divisor)))


@built_in("sqrt", "number: number")
def root(value: Any) -> Any:
    """The square root; null for a negative number."""
    return None if value < 0 else number(DECIMAL128.sqrt(Decimal(value)))


@built_in("log", "number: number")
def logarithm(value: Any) -> Any:
    """The natural logarithm; null unless the number is positive."""
    return number(DECIMAL128.ln(Decimal(value))) if value > 0 else None


@built_in("exp", "number: number")
def exponential(value: Any) -> Any:
    """e raised to the number."""
    return number(DECIMAL128.exp(Decimal(value)))


@built_in("odd", "number: number")
def odd(value: Any) -> bool | None:
    """Whether a whole number is odd; null for one that is not whole."""
    is_even = even(value)
    return None if is_even is None else not is_even


@built_in("even", "number: number")
def even(value: Any) -> bool | None:
    """Whether a whole number is even; null for one that is not whole. One of more than 34 digits ends in a 0."""
    if isinstance(value, int):
        return value % 2 == 0
    return True if value.adjusted() >= DECIMAL128.prec else None
