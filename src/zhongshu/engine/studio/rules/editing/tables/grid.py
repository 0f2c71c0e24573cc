"""The grid: what an author sees of a decision table, and the verbs that change its shape."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from zhongshu.base.http.refusals import Absent, Conflict, Invalid, Refusal
from zhongshu.engine.decisions.rules import feel, tree
from zhongshu.engine.decisions.rules.dmn.tables import POLICIES

TYPES = ("", "string", "number", "boolean", "date", "time", "dateTime", "dayTimeDuration", "yearMonthDuration")
AGGREGATIONS = ("", "SUM", "MIN", "MAX", "COUNT")
"""What a table that collects makes of what its rules answer; empty: the list of them."""
MOST_ROWS, MOST_COLUMNS = 500, 30


@dataclass(frozen=True, slots=True)
class Input:
    """A column that asks: FEEL over the case's data, what it is called, of which type."""

    id: str
    asked: str
    label: str = ""
    type: str = ""


@dataclass(frozen=True, slots=True)
class Output:
    """A column that answers; `name` is how expressions read it where a table has several."""

    id: str
    name: str
    label: str = ""
    type: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One rule: a FEEL test for each input (`-`: whatever it is), an expression for each output, and a remark."""

    id: str
    tests: tuple[str, ...]
    answers: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A whole table. Ids that are empty are new: they are given when the grid is written."""

    decision: str
    name: str
    policy: str
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    rows: tuple[Row, ...]
    aggregation: str = ""


def with_row(grid: Grid, after: int) -> Grid:
    """The grid with an empty rule after the one at this place (-1: as the first)."""
    if len(grid.rows) >= MOST_ROWS:
        raise Conflict("一张决策表最多 {most} 条规则，请拆成几张。", most=MOST_ROWS)
    row = Row("", ("-",) * len(grid.inputs), ("",) * len(grid.outputs))
    return replace(grid, rows=(*grid.rows[: after + 1], row, *grid.rows[after + 1 :]))


def without_row(grid: Grid, place: int) -> Grid:
    """The grid without a rule."""
    _there(grid.rows, place)
    return replace(grid, rows=(*grid.rows[:place], *grid.rows[place + 1 :]))


def with_row_moved(grid: Grid, place: int, by: int) -> Grid:
    """The grid with a rule `by` places further down (negative: up)."""
    _there(grid.rows, place)
    rows = [*grid.rows]
    row = rows.pop(place)
    rows.insert(min(max(place + by, 0), len(rows)), row)
    return replace(grid, rows=tuple(rows))


def with_input(grid: Grid, asked: str, label: str = "", type: str = "") -> Grid:
    """The grid with one more column that asks; every rule takes whatever it is."""
    _room(grid)
    rows = tuple(replace(row, tests=(*row.tests, "-")) for row in grid.rows)
    return replace(grid, inputs=(*grid.inputs, Input("", asked, label, type)), rows=rows)


def with_output(grid: Grid, name: str, label: str = "", type: str = "") -> Grid:
    """The grid with one more column that answers."""
    _room(grid)
    rows = tuple(replace(row, answers=(*row.answers, "")) for row in grid.rows)
    return replace(grid, outputs=(*grid.outputs, Output("", name, label, type)), rows=rows)


def without_input(grid: Grid, place: int) -> Grid:
    """The grid without a column that asks."""
    _there(grid.inputs, place)
    rows = tuple(replace(row, tests=(*row.tests[:place], *row.tests[place + 1 :])) for row in grid.rows)
    return replace(grid, inputs=(*grid.inputs[:place], *grid.inputs[place + 1 :]), rows=rows)


def without_output(grid: Grid, place: int) -> Grid:
    """The grid without a column that answers; the last one stays."""
    _there(grid.outputs, place)
    if len(grid.outputs) == 1:
        raise Conflict("决策表至少要有一列结果。")
    rows = tuple(replace(row, answers=(*row.answers[:place], *row.answers[place + 1 :])) for row in grid.rows)
    return replace(grid, outputs=(*grid.outputs[:place], *grid.outputs[place + 1 :]), rows=rows)


def wrong(grid: Grid) -> dict[str, Refusal]:
    """What is wrong with the grid, by part: `policy`, `aggregation`, `inputs.0`, `rows.2.tests.0` …"""
    found: dict[str, Refusal] = {}
    if grid.policy not in POLICIES:
        found["policy"] = Invalid("没有这种命中策略，请从列表中选。", field="policy")
    if grid.aggregation not in AGGREGATIONS:
        found["aggregation"] = Invalid("没有这种汇总方式，请从列表中选。", field="aggregation")
    names = [output.name for output in grid.outputs]
    for place, output in enumerate(grid.outputs):
        if len(names) > 1 and (not output.name or names.index(output.name) != place):
            found[f"outputs.{place}"] = Invalid("有几列结果时，每列要有自己的名称。")
    for part, text in _expressions(grid):
        try:
            _read(part, text)
        except feel.SyntaxProblem as problem:
            found[part] = problem if text else Invalid("请填写。")
    return found


def needs(grid: Grid) -> frozenset[str]:
    """The names from outside that its expressions read."""
    found: set[str] = set()
    for part, text in _expressions(grid):
        try:
            found |= _read(part, text).names
        except feel.SyntaxProblem:
            continue
    return frozenset(found - {"?"})


def reads(grid: Grid) -> tuple[str, ...]:
    """What its expressions read from outside, in the order met: `answers.area`, or a name alone for all of it."""
    found: dict[str, None] = {}
    for part, text in _expressions(grid):
        try:
            expression = _read(part, text)
        except feel.SyntaxProblem:
            continue
        found |= dict.fromkeys(path for path in _paths(expression.root) if path.split(".")[0] in expression.names)
    return tuple(path for path in found if path != "?")


def _paths(node: tree.Node) -> Iterator[str]:
    if isinstance(node, tree.Path) and isinstance(node.base, tree.Name):
        yield f"{node.base.name}.{node.keys[0]}"
    elif isinstance(node, tree.Name):
        yield node.name
    else:
        for part in tree.children(node):
            yield from _paths(part)


def _read(part: str, text: str) -> feel.Expression:
    return feel.read_tests(text) if ".tests." in part else feel.compile(text)


def _expressions(grid: Grid) -> Iterator[tuple[str, str]]:
    yield from ((f"inputs.{place}", each.asked) for place, each in enumerate(grid.inputs))
    for number, row in enumerate(grid.rows):
        yield from ((f"rows.{number}.tests.{place}", text) for place, text in enumerate(row.tests))
        yield from ((f"rows.{number}.answers.{place}", text) for place, text in enumerate(row.answers))


def _there(parts: tuple[object, ...], place: int) -> None:
    if not 0 <= place < len(parts):
        raise Absent("决策表里没有这一行或这一列，请刷新页面。")


def _room(grid: Grid) -> None:
    if len(grid.inputs) + len(grid.outputs) >= MOST_COLUMNS:
        raise Conflict("一张决策表最多 {most} 列，请拆成几张。", most=MOST_COLUMNS)
