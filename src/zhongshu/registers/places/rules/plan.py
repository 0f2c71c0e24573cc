"""What taking in a file would change: what is new, changed, the same, and gone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, Protocol, Self, TypeVar

from zhongshu.registers.places.rules import codes


class Row(Protocol):
    """A row of a register as `rules/city.py` has them."""

    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def said(self) -> tuple[Any, ...]: ...
    @property
    def outline(self) -> Any: ...
    def filled(self, was: Self) -> Self: ...


R = TypeVar("R", bound=Row)

SAME = 2e-7
"""Degrees, about two centimetres: what a change of datum and back, or fewer digits, may move a point."""


def alike(one: Any, other: Any) -> bool:
    """Whether two outlines (GeoJSON geometries, or parts of them) are the same but for rounding."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one["type"] == other["type"] and alike(one["coordinates"], other["coordinates"])
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(alike, one, other))
    if isinstance(one, int | float) and isinstance(other, int | float):
        return abs(one - other) <= SAME
    return bool(one == other)


@dataclass(frozen=True, slots=True)
class Known(Generic[R]):
    """A row as the register has it, and whether it has ended."""

    row: R
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Changed(Generic[R]):
    """A row as it was and as it is to be; `returns`: it had ended."""

    was: R
    row: R
    returns: bool = False

    @property
    def renamed(self) -> bool:
        """Whether it is called otherwise."""
        return self.was.name != self.row.name

    @property
    def moved(self) -> bool:
        """Whether it lies elsewhere or is drawn otherwise."""
        return not alike(self.was.outline, self.row.outline)


@dataclass(frozen=True, slots=True)
class Plan(Generic[R]):
    """What a file would change, each part in the order of the codes; `same` counts what stays as it is."""

    new: tuple[R, ...] = ()
    changed: tuple[Changed[R], ...] = ()
    gone: tuple[R, ...] = ()
    same: int = 0

    @property
    def rows(self) -> tuple[R, ...]:
        """What is to be written."""
        return (*self.new, *(changed.row for changed in self.changed))


def compared(rows: Iterable[R], known: Mapping[str, Known[R]], gone: Iterable[R] = ()) -> Plan[R]:
    """The plan of rows that are filled (`filled`) against what the register has under their codes."""
    new, changed, same = [], [], 0
    for row in sorted(rows, key=lambda one: one.code):
        there = known.get(row.code)
        if there is None:
            new.append(row)
        elif there.ended or there.row.said != row.said or not alike(there.row.outline, row.outline):
            changed.append(Changed(there.row, row, there.ended))
        else:
            same += 1
    return Plan(tuple(new), tuple(changed), tuple(gone), same)


@dataclass(frozen=True, slots=True)
class Extent:
    """Where a file speaks: below the place with this code (empty: everywhere), of codes of these lengths."""

    within: str
    lengths: frozenset[int]


def extent(found: Iterable[str], steps: Iterable[int] = codes.LENGTHS) -> Extent:
    """The smallest place that holds all of these codes and is none of them, and how long they are.

    `steps` are the lengths at which a code may be cut.
    """
    every = list(found)
    shared = _shared(every)
    shortest = min(map(len, every), default=0)
    above = [length for length in steps if length <= shared and length < shortest]
    return Extent(every[0][: above[-1]] if above else "", frozenset(map(len, every)))


def _shared(found: list[str]) -> int:
    """How many digits they all begin with: those that the smallest and the largest do."""
    pairs = zip(min(found, default=""), max(found, default=""), strict=False)
    return next((at for at, (one, other) in enumerate(pairs) if one != other), min(map(len, found), default=0))
