"""What was typed into a grid on a page: as much of the table as the page showed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from zhongshu.base.http.refusals import Invalid
from zhongshu.engine.studio.rules.editing.tables.grid import MOST_COLUMNS, MOST_ROWS, Grid, Input, Output, Row


def cells(grid: Grid, sent: Mapping[str, str]) -> Grid:
    """The grid with what was typed, by part as in `grid.wrong`; `name`, `rows.2.note`, `inputs.0.label` too."""

    def said(part: str, usual: str) -> str:
        return sent.get(part, usual).replace("\r\n", "\n").strip()

    def row(number: int, old: Row) -> Row:
        tests = tuple(said(f"rows.{number}.tests.{i}", cell) or "-" for i, cell in enumerate(old.tests))
        answers = tuple(said(f"rows.{number}.answers.{i}", cell) for i, cell in enumerate(old.answers))
        return Row(old.id, tests, answers, said(f"rows.{number}.note", old.note))

    def label(sort: str, place: int, old: Input | Output) -> tuple[str, str]:
        return said(f"{sort}.{place}.label", old.label), said(f"{sort}.{place}.type", old.type)

    return replace(
        grid,
        name=said("name", grid.name) or grid.name,
        policy=said("policy", grid.policy),
        aggregation=said("aggregation", grid.aggregation),
        inputs=tuple(
            Input(old.id, said(f"inputs.{i}", old.asked), *label("inputs", i, old)) for i, old in enumerate(grid.inputs)
        ),
        outputs=tuple(
            Output(old.id, said(f"outputs.{i}", old.name), *label("outputs", i, old))
            for i, old in enumerate(grid.outputs)
        ),
        rows=tuple(row(number, old) for number, old in enumerate(grid.rows)),
    )


def page(stored: Grid, first: int, count: int, sent: Mapping[str, str]) -> Grid:
    """The grid as a page sent it back: its columns, and its rules in place of `count` stored ones from `first` on.

    `inputs.0.id`, `outputs.0.id`, `rows.7.id` (counted in the whole table) tell which there are; what was typed stands
    by part as in `cells`. Rules that were not on the page stay, under the columns there are now.
    """
    inputs = tuple(Input(id, "") for id in _ids(sent, "inputs", 0))
    outputs = tuple(Output(id, "") for id in _ids(sent, "outputs", 0))
    blank = ("-",) * len(inputs), ("",) * len(outputs)
    rows = tuple(Row(id, *blank) for id in _ids(sent, "rows", first))
    if not outputs or len(inputs) + len(outputs) > MOST_COLUMNS or len(stored.rows) - count + len(rows) > MOST_ROWS:
        raise Invalid("页面不完整，请刷新后再保存。")
    kept = [_under(row, stored, inputs, outputs) for row in stored.rows]
    made = replace(stored, inputs=inputs, outputs=outputs, rows=(*kept[:first], *rows, *kept[first + count :]))
    return cells(made, sent)


def _ids(sent: Mapping[str, str], sort: str, place: int) -> Iterator[str]:
    while (id := sent.get(f"{sort}.{place}.id")) is not None:
        yield id
        place += 1


def _under(row: Row, stored: Grid, inputs: Sequence[Input], outputs: Sequence[Output]) -> Row:
    """A stored rule under other columns: cells follow their column."""
    tests = dict(zip((each.id for each in stored.inputs), row.tests, strict=True))
    answers = dict(zip((each.id for each in stored.outputs), row.answers, strict=True))
    return replace(
        row, tests=tuple(tests.get(each.id, "-") for each in inputs),
        answers=tuple(answers.get(each.id, "") for each in outputs),
    )  # fmt: skip
