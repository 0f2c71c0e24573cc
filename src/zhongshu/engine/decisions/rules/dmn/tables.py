"""Decision tables (DMN 1.5, chapter 8)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from zhongshu.engine.decisions.rules.closures import Met, Scope
from zhongshu.engine.decisions.rules.dmn.columns import Column
from zhongshu.engine.decisions.rules.feel import Expression
from zhongshu.engine.decisions.rules.functions import TABLE
from zhongshu.engine.decisions.rules.types import Type, coerced
from zhongshu.engine.decisions.rules.values import equal

Allowed = Callable[[Any], bool]


@dataclass(frozen=True, slots=True)
class Input:
    """What is asked in a column and of which type it is, which values are allowed at all, and the cells below."""

    asked: Expression
    type: Type
    values: Expression | None
    allowed: Allowed | None
    cells: tuple[Expression, ...]
    column: Column

    def value(self, scope: Scope) -> Any:
        """What is asked, worked out."""
        return coerced(self.type, self.asked.closure(scope))


@dataclass(frozen=True, slots=True)
class Output:
    """What a column answers: its name, type, value if no rule is met, and its values in the order of priority."""

    name: str
    type: Type
    default: Expression | None
    priorities: tuple[Allowed, ...]

    def rank(self, value: Any) -> int:
        """The place of a value among the output values; after all of them if it is none."""
        return next((place for place, is_it in enumerate(self.priorities) if is_it(value)), len(self.priorities))


@dataclass(frozen=True, slots=True)
class Table:
    """A table compiled: its columns, and for each rule its outputs; `name` is that of what it decides."""

    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    rules: tuple[tuple[Expression, ...], ...]
    policy: str
    aggregation: str
    name: str = ""
    line: int = 1

    def __call__(self, scope: Scope) -> Any:
        """What the table answers; null, with a note, where its hit policy is broken."""
        rows = self._met(scope)
        if rows is None:
            return None
        if scope.met is not None:
            scope.meets(
                Met(self.name, self.line, tuple(row + 1 for row in self._answering(rows, scope)), len(self.rules))
            )
        if not rows:
            return self._default(scope)
        return _POLICIES[self.policy](self, rows, scope)

    def answer(self, row: int, scope: Scope) -> list[Any]:
        """The outputs of one rule."""
        return [coerced(out.type, cell.closure(scope)) for out, cell in zip(self.outputs, self.rules[row], strict=True)]

    def shown(self, values: Sequence[Any]) -> Any:
        """Outputs as the value of the table: the one, or a context of all."""
        if len(self.outputs) == 1:
            return values[0]
        return {out.name: value for out, value in zip(self.outputs, values, strict=True)}

    def _met(self, scope: Scope) -> list[int] | None:
        rows, outer = (1 << len(self.rules)) - 1, scope.bound
        try:
            for column in self.inputs:
                value = column.value(scope)
                if column.allowed and not column.allowed(value):
                    scope.note("决策表的“{input}”不在允许的值之内。", input=column.asked.source)
                    return None
                rows = column.column.rows(value, rows, scope)
                scope.bound = outer
        finally:
            scope.bound = outer
        scope.spend(1 + len(self.rules) // 4)
        return _places(rows)

    def _default(self, scope: Scope) -> Any:
        if any(out.default for out in self.outputs):
            return self.shown(
                [coerced(out.type, out.default.closure(scope)) if out.default else None for out in self.outputs]
            )
        if self.policy == "COLLECT" and self.aggregation == "COUNT":
            return 0
        scope.note("决策表没有一条规则适用。")
        return None

    def _answering(self, rows: list[int], scope: Scope) -> list[int]:
        """Which of the rules met the answer is made of: the hit policy may take one of them."""
        if self.policy == "FIRST":
            return rows[:1]
        if self.policy == "PRIORITY" and rows:
            return [min(rows, key=lambda row: self._ranks(self.answer(row, scope)))]
        return rows

    def _ranks(self, values: list[Any]) -> list[int]:
        return [out.rank(value) for out, value in zip(self.outputs, values, strict=True)]

    def ranked(self, rows: list[int], scope: Scope) -> list[list[Any]]:
        """The outputs of the rules, the most important first."""
        found = [self.answer(row, scope) for row in rows]
        return sorted(found, key=self._ranks)


def _places(rows: int) -> list[int]:
    found = []
    while rows:
        found.append((rows & -rows).bit_length() - 1)
        rows &= rows - 1
    return found


def _unique(table: Table, rows: list[int], scope: Scope) -> Any:
    if len(rows) > 1:
        scope.note("决策表同时有 {count} 条规则适用，而它的命中策略只许一条。", count=str(len(rows)))
        return None
    return table.shown(table.answer(rows[0], scope))


def _any(table: Table, rows: list[int], scope: Scope) -> Any:
    first, *others = (table.shown(table.answer(row, scope)) for row in rows)
    if not all(equal(first, other) is True for other in others):
        scope.note("决策表同时适用的规则给出了不同的结果。")
        return None
    return first


def _first(table: Table, rows: list[int], scope: Scope) -> Any:
    return table.shown(table.answer(rows[0], scope))


def _priority(table: Table, rows: list[int], scope: Scope) -> Any:
    return table.shown(table.ranked(rows, scope)[0])


def _rule_order(table: Table, rows: list[int], scope: Scope) -> Any:
    return [table.shown(table.answer(row, scope)) for row in rows]


def _output_order(table: Table, rows: list[int], scope: Scope) -> Any:
    return [table.shown(values) for values in table.ranked(rows, scope)]


def _collect(table: Table, rows: list[int], scope: Scope) -> Any:
    if not table.aggregation:
        return _rule_order(table, rows, scope)
    found = [table.answer(row, scope) for row in rows]
    return table.shown(
        [TABLE[table.aggregation.lower()].call(scope, [list(column)]) for column in zip(*found, strict=True)]
    )


_POLICIES: dict[str, Callable[[Table, list[int], Scope], Any]] = {
    "UNIQUE": _unique,
    "ANY": _any,
    "FIRST": _first,
    "PRIORITY": _priority,
    "RULE ORDER": _rule_order,
    "OUTPUT ORDER": _output_order,
    "COLLECT": _collect,
}
POLICIES = frozenset(_POLICIES)
