"""Rows that test decisions: what goes in, what must come out, and which rules no row has met."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from zhongshu.engine.decisions.rules.closures import Note
from zhongshu.engine.decisions.rules.dmn.folder import Decisions
from zhongshu.engine.decisions.rules.dmn.models import Model
from zhongshu.engine.decisions.rules.dmn.running import Result


@dataclass(frozen=True, slots=True)
class Row:
    """What a decision is asked with, at which moment, and what it must answer, as JSON holds it."""

    decision: str
    inputs: Mapping[str, Any]
    expect: Any
    at: datetime


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of a row, and whether that is what it expects."""

    result: Result
    passed: bool


@dataclass(frozen=True, slots=True)
class Failed:
    """A row (counted from 1 among those of its decision) whose answer was another one."""

    decision: str
    row: int
    expected: Any
    found: Any
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Unmet:
    """A rule (counted from 1) of a table that no row has met; `line` is where the table stands in its file."""

    table: str
    line: int
    rule: int


@dataclass(frozen=True, slots=True)
class Tested:
    """Which rows failed, and which rules of the tables in the files of the decisions asked no row has met."""

    failed: tuple[Failed, ...]
    unmet: tuple[Unmet, ...]


def tried(decisions: Decisions, row: Row) -> Tried:
    """A row tried on the decisions of a folder. Invalid for a decision nobody has."""
    result = decisions.decide(row.decision, row.inputs, row.at)
    return Tried(result, _same(row.expect, result))


def tested(decisions: Decisions, rows: Iterable[Row]) -> Tested:
    """The rows tried on the decisions of a folder. Invalid for a decision nobody has."""
    failed, met, counted = list[Failed](), set[tuple[str, int, int]](), dict[str, int]()
    for row in rows:
        counted[row.decision] = counted.get(row.decision, 0) + 1
        found = tried(decisions, row)
        result = found.result
        met |= {(each.table, each.line, rule) for each in result.met for rule in each.rules}
        if not found.passed:
            number = counted[row.decision]
            failed.append(Failed(row.decision, number, row.expect, result.value, tuple(result.notes)))
    models = {id(model): model for model, _ in (decisions.known[name] for name in counted)}
    return Tested(tuple(failed), tuple(_unmet(models.values(), met)))


def _same(expected: Any, result: Result) -> bool:
    """Whether the answer is what was expected: true is not 1, as in JSON."""
    found = result.value
    return (
        type(found) is type(expected) and found == expected if isinstance(expected, bool) else bool(found == expected)
    )


def _unmet(models: Iterable[Model], met: set[tuple[str, int, int]]) -> Iterable[Unmet]:
    for model in models:
        for table in model.tables:
            for rule in range(1, len(table.rules) + 1):
                if (table.name, table.line, rule) not in met:
                    yield Unmet(table.name, table.line, rule)
