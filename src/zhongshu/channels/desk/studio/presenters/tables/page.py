"""A decision table as its page shows it: cells with what is wrong in them, test rows with what comes of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from zhongshu.base.http.refusals import Conflict, Invalid, Refusal
from zhongshu.channels.desk.studio.presenters.tables import words
from zhongshu.channels.desk.studio.presenters.tables.sheet import Sheet
from zhongshu.engine.decisions.rules.dmn.testing import Tried
from zhongshu.engine.studio.rules.editing.tables import examples
from zhongshu.engine.studio.rules.editing.tables import grid as grids
from zhongshu.engine.studio.rules.editing.tables.examples import Example

RULE_CELLS, TEST_CELLS = 480, 330
"""How many cells of each kind one page shows at most: it comes back in one form, and a form has bounds."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Something one types: by what name it is sent, what stands there, why that is wrong."""

    part: str
    text: str
    wrong: Refusal | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the grid; `said` is the expression it asks, or the name of what it answers."""

    place: int
    part: str
    id: str
    said: Cell
    label: str
    type: str
    types: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Rule:
    """A line of the grid, `place` counted from 0 in the whole table; `first` and `last` tell its ends."""

    place: int
    id: str
    tests: list[Cell]
    answers: list[Cell]
    note: str
    first: bool
    last: bool

    @property
    def number(self) -> int:
        """How people count it."""
        return self.place + 1


@dataclass(frozen=True, slots=True)
class Test:
    """A test row: what goes in, what is expected; `tried` is None where that cannot be told."""

    place: int
    at: str
    cells: list[str]
    expect: str
    tried: Tried | None
    rules: list[int]

    @property
    def number(self) -> int:
        """How people count it."""
        return self.place + 1

    @property
    def notes(self) -> list[str]:
        """Why there is no result, in words."""
        said = self.tried.result.notes if self.tried else []
        return [gettext(note.sentence).format(**dict(note.gaps)) for note in said]

    @property
    def found(self) -> str:
        """What comes out now."""
        return _said(self.tried.result.value) if self.tried else ""


@dataclass(frozen=True, slots=True)
class Window:
    """Which lines of how many a page shows."""

    first: int
    count: int
    size: int
    whole: int

    @property
    def last(self) -> int:
        """The number of the last line shown."""
        return self.first + self.count

    @property
    def before(self) -> int:
        """Where the page before begins."""
        return max(self.first - self.size, 0)

    @property
    def more(self) -> bool:
        """Whether there are lines after it."""
        return self.last < self.whole


@dataclass(frozen=True, slots=True)
class Shown:
    """The whole page; `columns` are path and title of what test rows give.

    `untried` says why test rows come to nothing now, `unmet` are the rules none of them met.
    """

    sheet: Sheet
    inputs: list[Column]
    outputs: list[Column]
    rules: list[Rule]
    window: Window
    columns: list[tuple[str, str]]
    tests: list[Test]
    test_window: Window
    wrong: Mapping[str, Refusal]
    untried: Refusal | None
    unmet: list[int]

    @property
    def failed(self) -> int:
        """How many of the test rows shown come to something else than they expect."""
        return sum(1 for test in self.tests if test.tried and not test.tried.passed)

    @property
    def policies(self) -> list[tuple[str, str]]:
        """The hit policies in words."""
        return [(key, gettext(said)) for key, said in words.POLICIES.items()]

    @property
    def aggregations(self) -> list[tuple[str, str]]:
        """What may be made of what is collected, in words."""
        return [(key, gettext(said)) for key, said in words.AGGREGATIONS.items()]


def shown(sheet: Sheet, rule: int, test: int, titles: Mapping[str, str]) -> Shown:
    """The page with the rules from `rule` and the test rows from `test` on; `titles` are what names mean, by path."""
    grid, wrong, columns = sheet.grid, grids.wrong(sheet.grid), sheet.columns
    window = _window(len(grid.rows), rule, RULE_CELLS // (len(grid.inputs) + len(grid.outputs) + 2))
    rows = _window(len(sheet.examples), test, TEST_CELLS // (len(columns) + 2))
    tried, untried = _tried(sheet, wrong)
    tests = [
        _test(place, sheet.examples[place], columns, tried[place] if tried else None, grid.name)
        for place in range(rows.first, rows.last)
    ]
    return Shown(
        sheet, [_column("inputs", n, each, each.asked, wrong) for n, each in enumerate(grid.inputs)],
        [_column("outputs", n, each, each.name, wrong) for n, each in enumerate(grid.outputs)],
        [_rule(place, grid, wrong) for place in range(window.first, window.last)], window,
        [(path, titles.get(path, "")) for path in columns], tests, rows, wrong,
        untried, _unmet(grid, tried),
    )  # fmt: skip


def _window(whole: int, first: int, size: int) -> Window:
    size = max(size, 5)
    first = min(first, max(whole - 1, 0)) // size * size
    return Window(first, min(size, whole - first), size, whole)


def _tried(sheet: Sheet, wrong: Mapping[str, Refusal]) -> tuple[list[Tried], Refusal | None]:
    if wrong:
        return [], Invalid("先改好表里标出的格子，才能试算。")
    try:
        return sheet.tried(), None
    except (Invalid, Conflict) as problem:
        return [], problem


def _column(
    part: str, place: int, column: grids.Input | grids.Output, said: str, wrong: Mapping[str, Refusal]
) -> Column:
    name = f"{part}.{place}"
    types = {key: gettext(called) for key, called in words.TYPES.items()} | (
        {} if column.type in words.TYPES else {column.type: column.type}
    )
    return Column(place, name, column.id, Cell(name, said, wrong.get(name)), column.label, column.type, types)


def _rule(place: int, grid: grids.Grid, wrong: Mapping[str, Refusal]) -> Rule:
    row, part = grid.rows[place], f"rows.{place}"

    def cells(sort: str, texts: Sequence[str]) -> list[Cell]:
        return [Cell(name := f"{part}.{sort}.{n}", text, wrong.get(name)) for n, text in enumerate(texts)]

    return Rule(
        place, row.id, cells("tests", row.tests), cells("answers", row.answers), row.note, place == 0,
        place == len(grid.rows) - 1,
    )  # fmt: skip


def _test(place: int, row: Example, columns: Sequence[str], tried: Tried | None, table: str) -> Test:
    given = examples.flat(row.inputs)
    rules = [rule for met in tried.result.met if met.table == table for rule in met.rules] if tried else []
    cells = [examples.shown(given[path]) if path in given else "" for path in columns]
    return Test(place, row.at.isoformat() if row.at else "", cells, _said(row.expect), tried, rules)


def _said(value: object) -> str:
    return "" if value is None else examples.shown(value)


def _unmet(grid: grids.Grid, tried: Sequence[Tried]) -> list[int]:
    if not tried:
        return []
    met = {rule for each in tried for one in each.result.met if one.table == grid.name for rule in one.rules}
    return [number for number in range(1, len(grid.rows) + 1) if number not in met]
