"""How points and ranges lie to each other (§10.3.4.10, after Allen's interval algebra)."""

from collections.abc import Callable
from typing import Any

from zhongshu.engine.decisions.rules.functions.declaring import built_in
from zhongshu.engine.decisions.rules.values import Range, compare

POINT = "number|string|date|time|date and time|days and time duration|years and months duration"


class Incomparable(ValueError):
    """Two ends have no order."""


def _is(sign: str, left: Any, right: Any) -> bool:
    answer = compare(sign, left, right)
    if answer is None:
        raise Incomparable
    return answer


def _before(left: Range, right: Range) -> bool:
    """Whether one ends before the other starts."""
    touching = left.high_closed and right.low_closed
    return _is("<", left.high, right.low) or (not touching and _is("=", left.high, right.low))


def _starts_by(outer: Range, inner: Range) -> bool:
    """Whether the outer begins no later than the inner."""
    closed = outer.low_closed or not inner.low_closed
    return _is("<", outer.low, inner.low) or (closed and _is("=", outer.low, inner.low))


def _ends_by(outer: Range, inner: Range) -> bool:
    """Whether the outer ends no earlier than the inner."""
    closed = outer.high_closed or not inner.high_closed
    return _is(">", outer.high, inner.high) or (closed and _is("=", outer.high, inner.high))


def _includes(outer: Range, inner: Range) -> bool:
    return _starts_by(outer, inner) and _ends_by(outer, inner)


def _overlaps(left: Range, right: Range) -> bool:
    return not _before(left, right) and not _before(right, left)


def _overlaps_before(left: Range, right: Range) -> bool:
    begins = _is("<", left.low, right.low) or (
        _is("=", left.low, right.low) and left.low_closed and not right.low_closed
    )
    ends = _is("<", left.high, right.high) or (
        _is("=", left.high, right.high) and (not left.high_closed or right.high_closed)
    )
    return begins and ends and not _before(left, right)


def _meets(left: Range, right: Range) -> bool:
    return left.high_closed and right.low_closed and _is("=", left.high, right.low)


def _finishes(left: Range, right: Range) -> bool:
    same_end = left.high_closed == right.high_closed and _is("=", left.high, right.high)
    return same_end and _starts_by(right, left)


def _starts(left: Range, right: Range) -> bool:
    same_start = left.low_closed == right.low_closed and _is("=", left.low, right.low)
    return same_start and _ends_by(right, left)


def _coincides(left: Range, right: Range) -> bool:
    same_ends = (left.low_closed, left.high_closed) == (right.low_closed, right.high_closed)
    return same_ends and _is("=", left.low, right.low) and _is("=", left.high, right.high)


def _as_range(value: Any) -> Range:
    return value if isinstance(value, Range) else Range(value, value, True, True)


def _declare(name: str, left: str, right: str, answer: Callable[[Range, Range], bool]) -> None:
    kinds = {"point": POINT, "range": "range"}
    names = {"point": ("point", "point"), "range": ("range", "range")}
    first, second = names[left][0], names[right][1]
    first, second = (f"{first}1", f"{second}2") if left == right else (first, second)
    built_in(name, f"{first}: {kinds[left]}, {second}: {kinds[right]}")(
        lambda one, other: answer(_as_range(one), _as_range(other))
    )


for _left in ("point", "range"):
    for _right in ("point", "range"):
        _declare("before", _left, _right, _before)
        _declare("after", _left, _right, lambda left, right: _before(right, left))
for _name, _answer in {
    "meets": _meets,
    "met by": lambda left, right: _meets(right, left),
    "overlaps": _overlaps,
    "overlaps before": _overlaps_before,
    "overlaps after": lambda left, right: _overlaps_before(right, left),
}.items():
    _declare(_name, "range", "range", _answer)
for _name, _answer in {
    "finishes": _finishes,
    "starts": _starts,
    "during": lambda left, right: _includes(right, left),
}.items():
    _declare(_name, "point", "range", _answer)
    _declare(_name, "range", "range", _answer)
for _name, _answer in {
    "finished by": lambda left, right: _finishes(right, left),
    "started by": lambda left, right: _starts(right, left),
    "includes": _includes,
}.items():
    _declare(_name, "range", "point", _answer)
    _declare(_name, "range", "range", _answer)
_declare("coincides", "point", "point", _coincides)
_declare("coincides", "range", "range", _coincides)


def ends_fit(low: Any, high: Any) -> bool:
    """Whether two ends make a range: of one kind, and not the wrong way round."""
    if low is None or high is None:
        return (low is None) != (high is None)
    return compare("<=", low, high) is True
