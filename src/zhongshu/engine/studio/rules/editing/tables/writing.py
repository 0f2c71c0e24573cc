"""A grid written into the element of its table; what the element holds beside it stays."""

from collections.abc import Collection

from lxml import etree

from zhongshu.engine.decisions.rules.dmn import source
from zhongshu.engine.decisions.rules.dmn.source import Element
from zhongshu.engine.studio.rules.editing.tables.grid import Grid, Input, Row


def known(table: Element, sort: str) -> dict[str, Element]:
    """The columns or rules by id, in order; by place where the file gives them none, or one twice."""
    found: dict[str, Element] = {}
    for place, element in enumerate(source.children(table, sort)):
        id = element.get("id")
        found[f"#{place}" if id is None or id in found else id] = element
    return found


def fill(table: Element, grid: Grid) -> None:
    """Make the table say what the grid says: columns and rules that were there stay the elements they were."""
    taken = {each.get("id") for each in table.getroottree().iter(etree.Element)}
    old = {sort: known(table, sort) for sort in ("input", "output", "rule")}
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
    made = add(table, sort, id=_free(taken, sort))
    taken.add(made.get("id"))
    return made


def _write_input(column: Element, asks: Input) -> None:
    _set(column, label=asks.label)
    expression = source.child(column, "inputExpression")
    if expression is None:
        expression = add(column, "inputExpression")
        column.insert(0, expression)
    _set(expression, typeRef=asks.type)
    _say(expression, asks.asked)


def _write_row(rule: Element, grid: Grid, row: Row, places: dict[str, dict[str, int]]) -> None:
    cells = {sort: list(source.children(rule, sort)) for sort in ("inputEntry", "outputEntry")}
    for each in (*cells["inputEntry"], *cells["outputEntry"]):
        rule.remove(each)
    note = source.child(rule, "description")
    if row.note:
        note = note if note is not None else add(rule, "description")
        note.text = row.note
        rule.insert(0, note)
    elif note is not None:
        rule.remove(note)
    columns = [("input", "inputEntry", asks.id, text) for asks, text in zip(grid.inputs, row.tests, strict=True)]
    columns += [("output", "outputEntry", out.id, text) for out, text in zip(grid.outputs, row.answers, strict=True)]
    for sort, entry, id, text in columns:
        place = places[sort].get(id, -1)
        was = cells[entry][place] if 0 <= place < len(cells[entry]) else None
        cell = was if was is not None else add(rule, entry)
        rule.append(cell)
        _say(cell, text)
    for remark in source.children(rule, "annotationEntry"):
        rule.append(remark)


def connect(root: Element, part: Element, name: str) -> None:
    """Make what the table reads reach it: an arrow from the input or decision of that name, drawn if it is missing."""
    required = {
        need.get("href", "")[1:]
        for arrow in source.children(part, "informationRequirement", "knowledgeRequirement")
        for need in source.children(arrow)
    }
    named = {
        each.get("name"): each for each in source.children(root, "inputData", "decision", "businessKnowledgeModel")
    }
    if name in named and named[name].get("id") in required:
        return
    sort = {"decision": "requiredDecision", "inputData": "requiredInput"}
    if name not in named or source.name(named[name]) not in sort:
        taken = {each.get("id") for each in root.iter(etree.Element)}
        given = add(root, "inputData", id=_free(taken, "input"), name=name)
        add(given, "variable", name=name)
        named[name] = given
    arrow = add(part, "informationRequirement")
    table = source.child(part, "decisionTable")
    assert table is not None
    table.addprevious(arrow)
    add(arrow, sort[source.name(named[name])], href=f"#{named[name].get('id')}")


def add(parent: Element, sort: str, **attributes: str) -> Element:
    """A new element at the end of another one, in its namespace."""
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
    inner = inner if inner is not None else add(element, "text")
    for nested in list(inner):
        inner.remove(nested)
    inner.text = text


def _free(taken: Collection[str | None], stem: str) -> str:
    return next(name for number in range(1, 10_000) if (name := f"{stem}_{number}") not in taken)
