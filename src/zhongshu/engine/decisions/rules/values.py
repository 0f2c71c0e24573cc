"""The values FEEL knows, and how they are compared.

DMN 1.5 §10.3.2: numbers are IEEE 754 decimal128 (34 digits), a whole number is a Python int; a comparison
of unlike things is null. Whatever is not a FEEL value (any other Python object) is null.
"""

import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_EVEN, Context, Decimal, DivisionByZero, InvalidOperation, Overflow
from functools import lru_cache
from typing import Any

from zhongshu.engine.decisions.rules.calendar import FarDay, FarMoment, apart

DECIMAL128 = Context(
    prec=34,
    rounding=ROUND_HALF_EVEN,
    Emin=-6143,
    Emax=6144,
    traps=[InvalidOperation, DivisionByZero, Overflow],
)
Spend = Callable[[int], None]
MOST_CHARACTERS = 10_000
MOST_ITEMS = 10_000


@dataclass(frozen=True, slots=True, order=True)
class Months:
    """A years and months duration, in months; may be negative."""

    total: int


@dataclass(frozen=True, slots=True)
class Range:
    """Everything between two ends; each end belongs to the range if it is closed.

    One written with a sign, as in `(< 5)`, has one end only.
    """

    low: Any
    high: Any
    low_closed: bool
    high_closed: bool
    sign: str = ""

    def holds(self, value: Any) -> bool | None:
        """Whether a value lies in the range; null if it cannot be compared with the ends."""
        if self.sign:
            return compare(self.sign, value, self.high if self.sign in ("<", "<=", "!=") else self.low)
        if type(value) is type(self.low) is type(self.high) and type(value) in PLAIN:
            return bool(
                (self.low < value or (self.low_closed and self.low == value))
                and (value < self.high or (self.high_closed and value == self.high))
            )
        above = compare(">=" if self.low_closed else ">", value, self.low)
        below = compare("<=" if self.high_closed else "<", value, self.high)
        return None if above is None or below is None else above and below


class Function:
    """Something that can be called: a built-in, or one a text or a model defines."""

    __slots__ = ()
    shape: Any  # its type, None if it does not say
    parameters: tuple[str, ...]

    def call(self, scope: Any, arguments: Sequence[Any]) -> Any:
        """The answer for arguments in the order of the parameters; null for the wrong number of them."""
        raise TypeError(f"{type(self).__name__} cannot be called")


KINDS: tuple[tuple[type | tuple[type, ...], str], ...] = (
    (bool, "boolean"),
    ((int, Decimal), "number"),
    (str, "string"),
    (datetime, "date and time"),
    (FarMoment, "date and time"),
    ((date, FarDay), "date"),
    (time, "time"),
    (timedelta, "days and time duration"),
    (Months, "years and months duration"),
    ((list, tuple), "list"),
    (Mapping, "context"),
    (Range, "range"),
    (Function, "function"),
)
AS_THEY_ARE = frozenset({str, bool, type(None), list, dict, date, datetime, time, timedelta, Months, Range})
WHOLE = 10**34
UNORDERED = frozenset({"boolean", "list", "context", "range", "function", "null"})


def kind(value: Any) -> str:
    """The FEEL type of a value by its name in the standard; "null" for what is no FEEL value."""
    value_type: Any = type(value)
    return _KIND_OF.get(value_type) or _kind_of(value_type)


@lru_cache(maxsize=256)
def _kind_of(value_type: type) -> str:
    return next((name for types, name in KINDS if issubclass(value_type, types)), "null")


_USUAL: tuple[Any, ...] = (bool, int, Decimal, str, datetime, date, time, timedelta, Months, list, dict, type(None))
_KIND_OF = {each: _kind_of(each) for each in _USUAL}


def clean(value: Any) -> Any:
    """A value from outside as FEEL sees it: floats become decimals, strangers become null.

    What is of a type in AS_THEY_ARE need not be asked.
    """
    value_type = type(value)
    if value_type in AS_THEY_ARE or (value_type is int and -WHOLE < value < WHOLE):
        return value
    if isinstance(value, float):
        value = Decimal(repr(value))
    if isinstance(value, Decimal) or (isinstance(value, int) and not isinstance(value, bool)):
        return number(value)
    return None if kind(value) == "null" else value


def number(value: Decimal | int | str) -> int | Decimal | None:
    """A number rounded to 34 digits, an int if it is whole; null if it is too large or not a number."""
    try:
        rounded = DECIMAL128.create_decimal(value)
    except ArithmeticError:
        return None
    if not rounded.is_finite():
        return None
    whole = not rounded or (rounded.adjusted() < DECIMAL128.prec and rounded == rounded.to_integral_value())
    return int(rounded) if whole else rounded


def bounded(value: Any) -> Any:
    """The value, or null if an expression made a text or a list longer than we let it."""
    if isinstance(value, str) and len(value) > MOST_CHARACTERS:
        return None
    if isinstance(value, list) and len(value) > MOST_ITEMS:
        return None
    return value


def free(work: int) -> None:
    """Spends nothing: for values that no expression made."""


def equal(left: Any, right: Any, spend: Spend = free) -> bool | None:
    """Whether two values are the same; null if they are of unlike kinds, unless one of them is null.

    Each list and context gone through is told to `spend`: small texts make lists of lists without end.
    """
    if left is right:
        return True
    kinds = kind(left), kind(right)
    if "null" in kinds:
        return kinds[0] == kinds[1]
    if kinds[0] != kinds[1]:
        return None
    inside = _INSIDE.get(kinds[0])
    return inside(left, right, spend) if inside else bool(left == right)


def _same(left: Any, right: Any, spend: Spend) -> bool:
    return equal(clean(left), clean(right), spend) is True


def _same_lists(left: Any, right: Any, spend: Spend) -> bool:
    spend(1 + len(left))
    return len(left) == len(right) and all(_same(one, other, spend) for one, other in zip(left, right, strict=True))


def _same_contexts(left: Any, right: Any, spend: Spend) -> bool:
    spend(1 + len(left))
    return left.keys() == right.keys() and all(_same(left[key], right[key], spend) for key in left)


def _same_ranges(left: Range, right: Range, spend: Spend) -> bool:
    shapes = [(each.low_closed, each.high_closed, each.sign) for each in (left, right)]
    return shapes[0] == shapes[1] and _same(left.low, right.low, spend) and _same(left.high, right.high, spend)


_INSIDE: dict[str, Callable[[Any, Any, Spend], bool]] = {
    "list": _same_lists,
    "context": _same_contexts,
    "range": _same_ranges,
}


def compare(sign: str, left: Any, right: Any, spend: Spend = free) -> bool | None:
    """Whether `left sign right` holds, for = != < <= > >=; null if the two cannot be compared."""
    if type(left) is type(right) and type(left) in PLAIN:
        return bool(ORDER[sign](left, right))
    if sign in ("=", "!="):
        same = equal(left, right, spend)
        return same if sign == "=" or same is None else not same
    if kind(left) != kind(right) or kind(left) in UNORDERED:
        return None
    try:
        if isinstance(left, FarDay | FarMoment) or isinstance(right, FarDay | FarMoment):
            left, right = apart(left), apart(right)
        return bool(ORDER[sign](left, right))
    except TypeError:  # a time with a zone against one without
        return None


PLAIN = frozenset({int, str, date, timedelta, Months, Decimal})
ORDER = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
