"""One input column of a decision table, so that a value finds its rows without asking each.

Rows are bits of a whole number. A cell of written texts is found by a dictionary, one of written numbers by
its place among all ends of all ranges; only what has to be worked out is asked row by row.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from zhongshu.engine.decisions.rules import tree
from zhongshu.engine.decisions.rules.closures import Closure, Scope, build
from zhongshu.engine.decisions.rules.feel import Expression
from zhongshu.engine.decisions.rules.values import Range, kind


@dataclass(frozen=True, slots=True)
class Column:
    """The rows a value meets."""

    always: int
    texts: dict[str, int]
    ends: tuple[int | Decimal, ...]
    places: tuple[int, ...]
    asked: tuple[tuple[int, Closure], ...]

    def rows(self, value: Any, among: int, scope: Scope) -> int:
        """Which of these rows the value meets."""
        found = self.always
        if isinstance(value, str):
            found |= self.texts.get(value, 0)
        elif self.ends and kind(value) == "number":
            found |= self.places[self._place(value)]
        found &= among
        if self.asked:
            scope.bound = {**scope.bound, "?": value}
            for bit, test in self.asked:
                if among & bit and test(scope) is True:
                    found |= bit
        return found

    def _place(self, value: Any) -> int:
        at = bisect_left(self.ends, value)
        return 2 * at + 1 if at < len(self.ends) and self.ends[at] == value else 2 * at


def make(cells: Sequence[Expression]) -> Column:
    """The column whose cells are these, from the first row."""
    always, spans, asked = 0, [], []
    texts: dict[str, int] = {}
    for row, cell in enumerate(cells):
        bit = 1 << row
        written = _written(cell.root)
        if written == []:
            always |= bit
        elif written is None:
            asked.append((bit, cell.closure))
        for value in written or ():
            if isinstance(value, str):
                texts[value] = texts.get(value, 0) | bit
            else:
                spans.append((bit, value))
    ends = sorted({end for _, span in spans for end in (span.low, span.high) if end is not None})
    return Column(always, texts, tuple(ends), _places(ends, spans), tuple(asked))


def _places(ends: list[Any], spans: list[tuple[int, Range]]) -> tuple[int, ...]:
    """The rows met at each end and in each gap: gap 0, end 0, gap 1, end 1 … last gap."""
    places = [0] * (2 * len(ends) + 1)
    at = {end: 2 * index + 1 for index, end in enumerate(ends)}
    for bit, span in spans:
        first = 0 if span.low is None else at[span.low] + (not span.low_closed)
        last = 2 * len(ends) if span.high is None else at[span.high] - (not span.high_closed)
        for place in range(first, last + 1):
            places[place] |= bit
    return tuple(places)


def _written(root: tree.Node) -> list[str | Range] | None:
    """The texts and number ranges a cell is made of, empty for any value; None if it must be worked out."""
    if not isinstance(root, tree.UnaryTests) or root.negated:
        return None
    found = [_one(test) for test in root.tests]
    return None if None in found else found  # type: ignore[return-value]


def _one(test: tree.Test) -> str | Range | None:
    value = build(test.operand)(Scope({})) if _is_written(test.operand) else None
    number = kind(value) == "number"
    match test.sign:
        case "" | "=" if isinstance(value, str):
            return value
        case "" | "=" if number:
            return Range(value, value, True, True)
        case "<" | "<=" if number:
            return Range(None, value, False, test.sign == "<=")
        case ">" | ">=" if number:
            return Range(value, None, test.sign == ">=", False)
        case "" if isinstance(value, Range) and kind(value.low) == kind(value.high) == "number" and not value.sign:
            return value if value.low <= value.high else None
    return None


def _is_written(node: tree.Node) -> bool:
    match node:
        case tree.Literal():
            return True
        case tree.Negation(operand):
            return _is_written(operand)
        case tree.Interval():
            return _is_written(node.low) and _is_written(node.high)
    return False
