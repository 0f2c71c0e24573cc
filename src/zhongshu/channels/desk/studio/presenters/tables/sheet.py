"""One decision table with its test rows: as it is stored, as a page sent it back, and as it is saved."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext

from zhongshu.base.http.refusals import Invalid
from zhongshu.channels.desk.studio.presenters.tables import listed
from zhongshu.engine.cases.rules import reading
from zhongshu.engine.decisions.rules.dmn import testing
from zhongshu.engine.decisions.rules.dmn.testing import Tried
from zhongshu.engine.studio.rules.editing.tables import examples, file, typed
from zhongshu.engine.studio.rules.editing.tables import grid as grids
from zhongshu.engine.studio.rules.editing.tables.examples import Example
from zhongshu.engine.studio.rules.editing.tables.grid import Grid
from zhongshu.engine.studio.rules.trial import rehearsing

Typed = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The table of a decision of a draft (`files`) and its test rows; `broken` says why these cannot be read."""

    files: Mapping[str, str]
    grid: Grid
    examples: list[Example] = field(default_factory=list)
    broken: Invalid | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """What a test row has cells for."""
        return examples.columns(_reads(self.text, self.grid, frozenset()), self.examples)

    @property
    def text(self) -> str:
        """The file the table stands in, as stored."""
        return self.files[listed.home(self.files, self.grid.decision)]

    def saved(self) -> dict[str, str | None]:
        """The files to save; test rows that stood under a name it no longer has move along."""
        id, rows = self.grid.decision, examples.write(self.examples) if self.examples else None
        home = listed.home(self.files, id)
        changed: dict[str, str | None] = {home: file.write(self.files[home], self.grid)}
        was = listed.tests(self.files, id, file.read(self.files[home], id).name)
        now = listed.tests({was: ""} if was in self.files else {}, id, self.grid.name)
        if self.broken is not None or (rows is None and was not in self.files):
            return changed
        return changed | ({was: None} if was != now else {}) | {now: rows}

    def tried(self) -> list[Tried]:
        """What comes of each test row; Invalid where a file of the draft keeps decisions from being asked."""
        changed = self.saved()
        files = {name: text for name, text in {**self.files, **changed}.items() if text is not None}
        decisions = reading.decisions(files)
        if not self.examples:
            return []
        rows = rehearsing.rows_of(examples.file(self.grid.decision), examples.write(self.examples))
        return [testing.tried(decisions, row) for row in rows]


def stored(files: Mapping[str, str], decision: str) -> Sheet:
    """The sheet as the draft has it."""
    grid = file.read(files[listed.home(files, decision)], decision)
    try:
        return Sheet(files, grid, examples.read(files.get(listed.tests(files, decision, grid.name), "[]")))
    except Invalid as problem:
        return Sheet(files, grid, [], problem)


def sent(sheet: Sheet, said: Typed) -> Sheet:
    """The sheet with the columns and rules a page sent back: of those stored, it showed `count` from `first` on."""
    return replace(sheet, grid=typed.page(sheet.grid, whole(said, "first"), whole(said, "count"), said))


def sent_tests(sheet: Sheet, said: Typed) -> Sheet:
    """The sheet with the test rows a page sent back, in place of `tests.count` from `tests.first` on."""
    first, count = whole(said, "tests.first"), whole(said, "tests.count")
    return replace(sheet, examples=examples.page(sheet.examples, first, count, said))


def whole(said: Typed, name: str) -> int:
    """A place a page told; the first where it told none."""
    text = said.get(name, "0")
    if not (text.isascii() and text.isdigit() and len(text) < 5):
        raise Invalid("页面不完整，请刷新后再保存。")
    return int(text)


def done(sheet: Sheet, verb: str, place: int, said: Typed) -> Sheet:
    """The sheet after a verb of its page; nothing is done for one it does not have."""
    if verb in _SHAPES:
        return replace(sheet, grid=_SHAPES[verb](sheet.grid, place))
    if verb == "input-add":
        return replace(sheet, grid=grids.with_input(sheet.grid, said.get("new-input", "").strip()))
    if verb == "output-add":
        wish = said.get("new-output", "").strip() or gettext("结果") + str(len(sheet.grid.outputs) + 1)
        return replace(sheet, grid=grids.with_output(sheet.grid, wish))
    rows = list(sheet.examples)
    if verb == "test-add":
        rows.append(Example({}, None))
    elif verb == "test-drop":
        del rows[place : place + 1]
    elif verb == "test-take":
        rows[place : place + 1] = _taken(sheet, place, place + 1)
    elif verb == "test-take-all":
        rows = _taken(sheet, 0, len(rows))
    return replace(sheet, examples=rows)


_SHAPES: Mapping[str, Callable[[Grid, int], Grid]] = {
    "row-after": grids.with_row, "row-drop": grids.without_row,
    "row-up": lambda grid, place: grids.with_row_moved(grid, place, -1),
    "row-down": lambda grid, place: grids.with_row_moved(grid, place, 1),
    "input-drop": grids.without_input, "output-drop": grids.without_output,
}  # fmt: skip


def _taken(sheet: Sheet, first: int, last: int) -> list[Example]:
    """These test rows, expecting what comes of them now."""
    found = sheet.tried()[first:last]
    return [
        Example(row.inputs, now.result.value, row.at)
        for row, now in zip(sheet.examples[first:last], found, strict=True)
    ]


def _reads(text: str, grid: Grid, above: frozenset[str]) -> list[str]:
    """What a table reads; of another table of its file that it needs, what that one reads."""
    others = {name: id for id, name in file.decisions(text) if id not in above | {grid.decision}}
    found: list[str] = []
    for path in grids.reads(grid):
        other = others.get(path.split(".")[0])
        found += _reads(text, file.read(text, other), above | {grid.decision}) if other else [path]
    return found
