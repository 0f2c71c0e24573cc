"""Which lines of a published table are hidden, so that nobody can be made out in it. Pure.

A count of one to four people or matters is hidden (threshold of five, as national statistics offices use: UK ONS,
"Policy for disclosure control of tables"; Hundepool et al., Statistical Disclosure Control, 2012, 4.2.2). Hiding it is
not enough where a total is published: total minus the rest is what was hidden. Two hidden lines protect each other: a
matter moved from one to the other changes no total and breaks no relation between the measures of a line, whatever it
is (late ones are among the closed ones), for each line's measures count the same matters. So whole lines are hidden,
never single cells, and never one line alone.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

FEWEST = 5
MARK = "*"
"""Stands in every hidden cell, whether it is small itself or protects another: to tell them apart would give bounds."""


@dataclass(frozen=True, slots=True)
class Hidden:
    """Which lines of a table are hidden, by their position, and whether its total is."""

    lines: frozenset[int] = frozenset()
    total: bool = False

    def __bool__(self) -> bool:
        return bool(self.lines) or self.total


def is_small(count: int) -> bool:
    """Whether a count could point at somebody: from one to four."""
    return 0 < count < FEWEST


def hidden(lines: Sequence[Collection[int]], total: Collection[int] | None = None) -> Hidden:
    """What to hide of a table. A line is every count that is published of it, those that shares give away included.

    `total` is the published line of all together, None where none is published. One small line takes the smallest other
    line with anything in it along; where there is no other, it takes the total.
    """
    small = frozenset(number for number, line in enumerate(lines) if any(map(is_small, line)))
    if total is None or any(map(is_small, total)):
        return Hidden(small, total=total is not None)
    if len(small) != 1:
        return Hidden(small)
    others = [number for number, line in enumerate(lines) if number not in small and any(line)]
    if not others:
        return Hidden(small, total=True)
    return Hidden(small | frozenset({min(others, key=lambda number: (max(lines[number]), number))}))


def of_share(part: int, base: int) -> tuple[int, int, int]:
    """The counts that a published share with its base gives away: those in it, those not, and all."""
    return part, base - part, base
