"""The curve of SM2 (GB/T 32918.5, y² = x³ - 3x + b) for checking signatures: what it reckons with is public.

Its steps take longer for some numbers than for others, so it must never be given a private one.
"""

from collections.abc import Iterable
from functools import cache
from itertools import zip_longest

P = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF
A = P - 3
B = 0x28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93
N = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123
Point = tuple[int, int]
G: Point = (
    0x32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7,
    0xBC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0,
)
Weighted = tuple[int, int, int]
"""Jacobian: (X, Y, Z) is the point (X/Z², Y/Z³); Z = 0 is the point at infinity."""

_INFINITY: Weighted = (1, 1, 0)
_G_WIDTH, _WIDTH = 8, 5
"""Bits of a digit for G, whose multiples are kept, and for a key's point, whose multiples are worked out each time."""


def is_on_curve(point: Point) -> bool:
    """Whether both coordinates are in range and fulfil the equation."""
    x, y = point
    return 0 <= x < P and 0 <= y < P and (y * y - (x * x + A) * x - B) % P == 0


def combined(s: int, t: int, point: Point) -> Point | None:
    """s·G + t·point, both digits by digit over the same doublings (Straus); None is the point at infinity."""
    own, total = odd_multiples(point, _WIDTH), _INFINITY
    for g_digit, digit in reversed(list(zip_longest(digits(s, _G_WIDTH), digits(t, _WIDTH), fillvalue=0))):
        total = _doubled(total)
        if g_digit:
            total = _plus(total, _signed(_g_multiples(), g_digit))
        if digit:
            total = _plus(total, _signed(own, digit))
    return _flat([total])[0] if total[2] else None


def digits(number: int, width: int) -> list[int]:
    """Non-adjacent form, lowest first: odd digits below 2^(width-1) in size, with zeros between."""
    found = []
    while number:
        digit = 0
        if number & 1:
            digit = number & ((1 << width) - 1)
            digit -= digit >> (width - 1) << width
        found.append(digit)
        number = (number - digit) >> 1
    return found


def odd_multiples(point: Point, width: int) -> list[Point]:
    """The point times 1, 3, 5 … below 2^(width-1)."""
    twice = _flat([_doubled((*point, 1))])[0]
    found: list[Weighted] = [(*point, 1)]
    for _ in range((1 << (width - 2)) - 1):
        found.append(_plus(found[-1], twice))
    return _flat(found)


@cache
def _g_multiples() -> list[Point]:
    return odd_multiples(G, _G_WIDTH)


def _signed(multiples: list[Point], digit: int) -> Point:
    x, y = multiples[abs(digit) >> 1]
    return (x, y) if digit > 0 else (x, P - y)


def _doubled(point: Weighted) -> Weighted:
    """dbl-2001-b of the Explicit-Formulas Database, for a = -3; infinity stays itself."""
    x, y, z = point
    delta, gamma = z * z % P, y * y % P
    beta, alpha = x * gamma % P, 3 * (x - delta) * (x + delta) % P
    new_x = (alpha * alpha - 8 * beta) % P
    return new_x, (alpha * (4 * beta - new_x) - 8 * gamma * gamma) % P, 2 * y * z % P


def _plus(one: Weighted, other: Point) -> Weighted:
    x, y, z = one
    if not z:
        return (*other, 1)
    square = z * z % P
    across, up = (other[0] * square - x) % P, (other[1] * z * square - y) % P
    if not across:
        return _INFINITY if up else _doubled(one)
    squared = across * across % P
    cubed, along = across * squared % P, x * squared % P
    new_x = (up * up - cubed - 2 * along) % P
    return new_x, (up * (along - new_x) - y * cubed) % P, z * across % P


def _flat(points: Iterable[Weighted]) -> list[Point]:
    """The points as (x, y), none of them infinity."""
    found = []
    for x, y, z in points:
        inverse = pow(z, -1, P)
        square = inverse * inverse % P
        found.append((x * square % P, y * square * inverse % P))
    return found
