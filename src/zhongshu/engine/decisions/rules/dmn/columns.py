"""One input column of a decision table, so that a value finds its rows without asking each.

Rows are bits of a whole number. A cell of written texts or truths is found by a dictionary, one of written numbers,
dates or durations by its place among all ends of all ranges; only what has to be worked out is asked row by row.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from zhongshu.engine.decisions.rules import tree
from zhongshu.engine.decisions.rules.calendar import apart
from zhongshu.engine.decisions.rules.closures import Closure, Scope, build
from zhongshu.engine.decisions.rules.feel import Expression
from zhongshu.engine.decisions.rules.values import Range, kind

Span = tuple[Any, Any, bool, bool]
LINES: dict[str, Callable[[Any], Any]] = {
    "number": lambda value: value,
    "date": apart,
    "days and time duration": lambda value: value,
    "years and months duration": lambda value: value,
}
"""The kinds that lie on a line, and what stands for a value there."""


@dataclass(slots=True)
class Sort:
    """The rows met by values of one kind: those of each point, or of none of them, and those of each stretch."""

    points: dict[Any, int] = field(default_factory=dict)
    rest: int = 0
    ends: tuple[Any, ...] = ()
    stretches: tuple[int, ...] = (0,)
    key: Callable[[Any], Any] = LINES["number"]

    def rows(self, value: Any) -> int:
        """Which rows a value of this kind meets."""
        found = self.points.get(value, self.rest) if self.points else self.rest
        return found | self.stretches[self._place(self.key(value))] if self.ends else found

    def _place(self, value: Any) -> int:
        at = bisect_left(self.ends, value)
        return 2 * at + 1 if at < len(self.ends) and self.ends[at] == value else 2 * at


@dataclass(frozen=True, slots=True)
class Column:
    """The rows a value meets."""

    always: int
    sorts: dict[str, Sort]
    asked: tuple[tuple[int, Closure], ...]

    def rows(self, value: Any, among: int, scope: Scope) -> int:
        """Which of these rows the value meets."""
        found = (self.always | self.sorts[kind(value)].rows(value)) & among
        if self.asked:
            scope.bound = {**scope.bound, "?": value}
            for bit, test in self.asked:
                if among & bit and test(scope) is True:
                    found |= bit
        return found


KINDS = (
    *("null", "boolean", "string", "date and time", "time", *LINES),
    *("list", "context", "range", "function"),
)


def make(cells: Sequence[Expression]) -> Column:
    """The column whose cells are these, from the first row."""
    writing, asked = _Writing(), []
    for row, cell in enumerate(cells):
        if not writing.takes(cell.root, 1 << row):
            asked.append((1 << row, cell.closure))
    return Column(writing.always, writing.sorts(), tuple(asked))


class _Writing:
    """The cells of a column that are written out."""

    def __init__(self) -> None:
        self.always = 0
        self.truths = 0  # a lone `true` is met by whatever is no truth itself (DMN 1.5 §7.3.5)
        self.others = 0  # `not("A", "B")`
        self.points: dict[str, dict[Any, int]] = {"string": {}, "boolean": {}}
        self.spans: dict[str, list[tuple[int, Span]]] = {line: [] for line in LINES}

    def takes(self, root: tree.Node, bit: int) -> bool:
        """Whether a cell is written out; it is kept then."""
        if not isinstance(root, tree.UnaryTests):
            return False
        found = [_written(test) for test in root.tests]
        if None in found or (root.negated and any(kind(value) != "string" for value in found)):
            return False
        if not found:
            self.always |= bit
        self.others |= bit * root.negated
        for test, value in zip(root.tests, found, strict=True):
            self._keep(value, bit)
            self.truths |= bit * (value is True and not test.sign)
        return True

    def _keep(self, value: Any, bit: int) -> None:
        if isinstance(value, tuple):
            self.spans[kind(value[0] if value[0] is not None else value[1])].append((bit, value))
        else:
            points = self.points[kind(value)]
            points[value] = points.get(value, 0) | bit

    def sorts(self) -> dict[str, Sort]:
        """What each kind of value meets."""
        found = {each: Sort(rest=self.truths) for each in KINDS}
        found["null"].rest |= self.others
        found["boolean"] = Sort(self.points["boolean"])
        texts = {text: bits ^ self.others for text, bits in self.points["string"].items()}
        found["string"] = Sort({text: bits | self.truths for text, bits in texts.items()}, self.others | self.truths)
        for line, spans in self.spans.items():
            key = LINES[line]
            ends = sorted({key(end) for _, span in spans for end in span[:2] if end is not None})
            found[line] = Sort({}, self.truths, tuple(ends), _stretches(ends, spans, key), key)
        return found


def _stretches(ends: list[Any], spans: list[tuple[int, Span]], key: Callable[[Any], Any]) -> tuple[int, ...]:
    """The rows met at each end and in each gap: gap 0, end 0, gap 1, end 1 … last gap."""
    found = [0] * (2 * len(ends) + 1)
    at = {end: 2 * index + 1 for index, end in enumerate(ends)}
    for bit, (low, high, low_closed, high_closed) in spans:
        first = 0 if low is None else at[key(low)] + (not low_closed)
        last = 2 * len(ends) if high is None else at[key(high)] - (not high_closed)
        for place in range(first, last + 1):
            found[place] |= bit
    return tuple(found)


def _written(test: tree.Test) -> str | bool | Span | None:
    """The text, truth or stretch of a line that a test writes out; None if it has to be worked out."""
    plain = isinstance(test.operand, tree.Literal | tree.Interval)
    return next(_meant(test.sign, build(test.operand)(Scope({}))), None) if plain else None


def _meant(sign: str, value: Any) -> Iterator[str | bool | Span]:
    on_line = kind(value) in LINES
    match sign:
        case "" | "=" if isinstance(value, str | bool):
            yield value
        case "" | "=" if on_line:
            yield value, value, True, True
        case "<" | "<=" if on_line:
            yield None, value, False, sign == "<="
        case ">" | ">=" if on_line:
            yield value, None, sign == ">=", False
        case "" if isinstance(value, Range) and not value.sign and kind(value.low) == kind(value.high) in LINES:
            yield value.low, value.high, value.low_closed, value.high_closed
