"""Grids read from a DMN file and written back into it; whatever else stands in the file stays."""

from collections.abc import Iterator

from lxml import etree

from zhongshu.base.http.refusals import Absent, Conflict, Invalid
from zhongshu.engine.decisions.rules.dmn import source
from zhongshu.engine.decisions.rules.dmn.source import Element
from zhongshu.engine.studio.rules.editing.tables import grid as grids
from zhongshu.engine.studio.rules.editing.tables import writing
from zhongshu.engine.studio.rules.editing.tables.grid import Grid, Input, Output, Row

DMN = "https://www.omg.org/spec/DMN/20230324/MODEL/"


def decisions(text: str) -> list[tuple[str, str]]:
    """Id and name of every decision of the file that is a table."""
    return [(each.get("id", ""), each.get("name", "")) for each in _tables(source.parse(text.encode()))]


def read(text: str, decision: str) -> Grid:
    """The table of a decision, given by its id; Absent if the file has no such table."""
    part = _decision(source.parse(text.encode()), decision)
    table = source.child(part, "decisionTable")
    assert table is not None
    inputs = tuple(_input(id, each) for id, each in writing.known(table, "input").items())
    outputs = tuple(_output(id, each) for id, each in writing.known(table, "output").items())
    return Grid(
        decision,
        part.get("name", ""),
        table.get("hitPolicy", "UNIQUE"),
        inputs,
        outputs,
        tuple(_row(id, each, len(inputs), len(outputs)) for id, each in writing.known(table, "rule").items()),
        table.get("aggregation", ""),
    )


def write(text: str, grid: Grid) -> str:
    """The file with this grid as the table of its decision, whether or not its cells can be read as FEEL yet.

    Invalid for a hit policy there is none of and for characters no file may hold; Conflict for a name that is taken.
    """
    wrong = grids.wrong(grid)
    for choice in ("policy", "aggregation"):
        if choice in wrong:
            raise wrong[choice]
    root = source.parse(text.encode())
    part = _decision(root, grid.decision)
    others = {each.get("name") for each in _parts(root, "decision") if each is not part}
    if grid.name in others:
        raise Conflict("这个文件里已有名为“{name}”的决策，请换一个名称。", name=grid.name, field="name")
    table = source.child(part, "decisionTable")
    assert table is not None
    try:
        part.set("name", grid.name)
        writing.fill(table, grid)
    except ValueError:  # what lxml says of characters XML has no place for
        raise Invalid("表里有不能识别的字符，请删去后再保存。") from None
    for name in sorted(grids.needs(grid)):
        writing.connect(root, part, name)
    etree.indent(root, "  ")
    return _text(root)


def new(name: str, decision: str = "decision") -> str:
    """A file with one decision: a table of one column that asks, one that answers, and one rule."""
    if not name.strip():
        raise Invalid("请写上决策的名称。", field="name")
    root: Element = etree.fromstring(f'<definitions xmlns="{DMN}"/>')
    for key, value in {"id": "definitions", "name": name, "namespace": f"urn:zhongshu:{decision}"}.items():
        root.set(key, value)
    part = writing.add(root, "decision", id=decision, name=name)
    table = writing.add(part, "decisionTable", hitPolicy="FIRST")
    writing.fill(
        table, Grid(decision, name, "FIRST", (Input("", "null"),), (Output("", "结果"),), (Row("", ("-",), ('""',)),))
    )
    etree.indent(root, "  ")
    return _text(root)


def without(text: str, decision: str) -> str | None:
    """The file without a decision; None if nothing that can be asked is left. Conflict if another one needs it."""
    root = source.parse(text.encode())
    part = _decision(root, decision)
    if needing := needed_by(text, decision):
        raise Conflict("决策“{name}”还要用它，请先改那一张。", name=needing[0])
    root.remove(part)
    for input in list(_parts(root, "inputData")):
        if not _needing(root, input.get("id", "")):
            root.remove(input)
    return None if source.child(root, "decision", "decisionService") is None else _text(root)


def needed_by(text: str, decision: str) -> list[str]:
    """The names of the decisions of the file that need this one."""
    return [each.get("name", "") for each in _needing(source.parse(text.encode()), decision)]


def _needing(root: Element, id: str) -> list[Element]:
    return [
        part for part in _parts(root, "decision")
        for arrow in source.children(part, "informationRequirement") for need in source.children(arrow)
        if need.get("href") == f"#{id}"
    ]  # fmt: skip


def _text(root: Element) -> str:
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True).decode() + "\n"


def _input(id: str, element: Element) -> Input:
    asked = source.child(element, "inputExpression")
    type_ = "" if asked is None else asked.get("typeRef", "")
    return Input(id, source.text(asked), element.get("label", ""), type_)


def _output(id: str, element: Element) -> Output:
    return Output(id, element.get("name", ""), element.get("label", ""), element.get("typeRef", ""))


def _row(id: str, element: Element, inputs: int, outputs: int) -> Row:
    """A rule with a cell for every column, however many its file gives it."""
    tests = [source.text(cell) or "-" for cell in source.children(element, "inputEntry")] + ["-"] * inputs
    answers = [source.text(cell) for cell in source.children(element, "outputEntry")] + [""] * outputs
    note = source.child(element, "description")
    return Row(
        id, tuple(tests[:inputs]), tuple(answers[:outputs]), "" if note is None else (note.text or "").strip()
    )  # fmt: skip


def _tables(root: Element) -> Iterator[Element]:
    return (part for part in _parts(root, "decision") if source.child(part, "decisionTable") is not None)


def _parts(root: Element, sort: str) -> Iterator[Element]:
    return source.children(root, sort)


def _decision(root: Element, id: str) -> Element:
    for part in _tables(root):
        if part.get("id") == id:
            return part
    raise Absent("文件里没有这张决策表，请刷新页面。")
