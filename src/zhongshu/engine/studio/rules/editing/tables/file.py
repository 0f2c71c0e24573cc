"""Grids read from a DMN file and written back into it; whatever else stands in the file stays."""

from collections.abc import Collection, Iterator

from lxml import etree

from zhongshu.base.http.refusals import Absent, Conflict, Invalid
from zhongshu.engine.decisions.rules.dmn import source
from zhongshu.engine.decisions.rules.dmn.source import Element
from zhongshu.engine.studio.rules.editing.tables import grid as grids
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
    inputs = tuple(_input(id, each) for id, each in _known(table, "input").items())
    outputs = tuple(_output(id, each) for id, each in _known(table, "output").items())
    return Grid(
        decision,
        part.get("name", ""),
        table.get("hitPolicy", "UNIQUE"),
        inputs,
        outputs,
        tuple(_row(id, each, len(inputs), len(outputs)) for id, each in _known(table, "rule").items()),
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
        _fill(table, grid)
    except ValueError:  # what lxml says of characters XML has no place for
        raise Invalid("表里有不能识别的字符，请删去后再保存。") from None
    for name in sorted(grids.needs(grid)):
        _connect(root, part, name)
    etree.indent(root, "  ")
    return _text(root)


def new(name: str, decision: str = "decision") -> str:
    """A file with one decision: a table of one column that asks, one that answers, and one rule."""
    if not name.strip():
        raise Invalid("请写上决策的名称。", field="name")
    root: Element = etree.fromstring(f'<definitions xmlns="{DMN}"/>')
    for key, value in {"id": "definitions", "name": name, "namespace": f"urn:zhongshu:{decision}"}.items():
        root.set(key, value)
    part = _made(root, "decision", id=decision, name=name)
    table = _made(part, "decisionTable", hitPolicy="FIRST")
    _fill(
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


def _known(table: Element, sort: str) -> dict[str, Element]:
    """The columns or rules by id, in order; by place where the file gives them none, or one twice."""
    found: dict[str, Element] = {}
    for place, element in enumerate(source.children(table, sort)):
        id = element.get("id")
        found[f"#{place}" if id is None or id in found else id] = element
    return found


def _tables(root: Element) -> Iterator[Element]:
    return (part for part in _parts(root, "decision") if source.child(part, "decisionTable") is not None)


def _parts(root: Element, sort: str) -> Iterator[Element]:
    return source.children(root, sort)


def _decision(root: Element, id: str) -> Element:
    for part in _tables(root):
        if part.get("id") == id:
            return part
    raise Absent("文件里没有这张决策表，请刷新页面。")


def _fill(table: Element, grid: Grid) -> None:
    taken = {each.get("id") for each in table.getroottree().iter(etree.Element)}
    old = {sort: _known(table, sort) for sort in ("input", "output", "rule")}
    places = {sort: {key: place for place, key in enumerate(found)} for sort, found in old.items()}
    for found in old.values():
        for each in found.values():
            table.remove(each)
    table.set("hitPolicy", grid.policy)
    _set(table, aggregation=grid.aggregation if grid.policy == "COLLECT" else "")
    for asks in grid.inputs:
        _write_input(_kept(table, "input", old["input"].get(asks.id), taken), asks)
    for out in grid.outputs:
        column = _kept(table, "output", old["output"].get(out.id), taken)
        _set(column, name=out.name, label=out.label, typeRef=out.type)
    for row in grid.rows:
        _write_row(_kept(table, "rule", old["rule"].get(row.id), taken), grid, row, places)


def _kept(table: Element, sort: str, old: Element | None, taken: set[str | None]) -> Element:
    """The column or rule there was, at the end of the table; else a new one, of an id that nothing has or had."""
    if old is not None:
        table.append(old)
        return old
    made = _made(table, sort, id=_free(taken, sort))
    taken.add(made.get("id"))
    return made


def _write_input(column: Element, asks: Input) -> None:
    _set(column, label=asks.label)
    expression = source.child(column, "inputExpression")
    if expression is None:
        expression = _made(column, "inputExpression")
        column.insert(0, expression)
    _set(expression, typeRef=asks.type)
    _say(expression, asks.asked)


def _write_row(rule: Element, grid: Grid, row: Row, places: dict[str, dict[str, int]]) -> None:
    cells = {sort: list(source.children(rule, sort)) for sort in ("inputEntry", "outputEntry")}
    for each in (*cells["inputEntry"], *cells["outputEntry"]):
        rule.remove(each)
    note = source.child(rule, "description")
    if row.note:
        note = note if note is not None else _made(rule, "description")
        note.text = row.note
        rule.insert(0, note)
    elif note is not None:
        rule.remove(note)
    columns = [("input", "inputEntry", asks.id, text) for asks, text in zip(grid.inputs, row.tests, strict=True)]
    columns += [("output", "outputEntry", out.id, text) for out, text in zip(grid.outputs, row.answers, strict=True)]
    for sort, entry, id, text in columns:
        place = places[sort].get(id, -1)
        was = cells[entry][place] if 0 <= place < len(cells[entry]) else None
        cell = was if was is not None else _made(rule, entry)
        rule.append(cell)
        _say(cell, text)
    for remark in source.children(rule, "annotationEntry"):
        rule.append(remark)


def _connect(root: Element, part: Element, name: str) -> None:
    """Make what the table reads reach it: an arrow from the input or decision of that name, drawn if it is missing."""
    required = {
        need.get("href", "")[1:]
        for arrow in source.children(part, "informationRequirement", "knowledgeRequirement")
        for need in source.children(arrow)
    }
    known = {
        each.get("name"): each for each in source.children(root, "inputData", "decision", "businessKnowledgeModel")
    }
    if name in known and known[name].get("id") in required:
        return
    sort = {"decision": "requiredDecision", "inputData": "requiredInput"}
    if name not in known or source.name(known[name]) not in sort:
        taken = {each.get("id") for each in root.iter(etree.Element)}
        given = _made(root, "inputData", id=_free(taken, "input"), name=name)
        _made(given, "variable", name=name)
        known[name] = given
    arrow = _made(part, "informationRequirement")
    table = source.child(part, "decisionTable")
    assert table is not None
    table.addprevious(arrow)
    _made(arrow, sort[source.name(known[name])], href=f"#{known[name].get('id')}")


def _made(parent: Element, sort: str, **attributes: str) -> Element:
    family = etree.QName(parent).namespace
    made = etree.SubElement(parent, f"{{{family}}}{sort}")
    _set(made, **attributes)
    return made


def _set(element: Element, **attributes: str) -> None:
    for key, value in attributes.items():
        if value:
            element.set(key, value)
        elif key in element.attrib:
            del element.attrib[key]


def _say(element: Element, text: str) -> None:
    inner = source.child(element, "text")
    inner = inner if inner is not None else _made(element, "text")
    for nested in list(inner):
        inner.remove(nested)
    inner.text = text


def _free(taken: Collection[str | None], stem: str) -> str:
    return next(name for number in range(1, 10_000) if (name := f"{stem}_{number}") not in taken)
