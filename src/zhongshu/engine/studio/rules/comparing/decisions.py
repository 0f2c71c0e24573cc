"""How two decision files differ: row by row of their tables."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from lxml import etree

from zhongshu.engine.decisions.rules.dmn import source
from zhongshu.engine.studio.rules.comparing.told import Change
from zhongshu.engine.studio.rules.comparing.xml import attributes, said

_PARTS = ("decision", "businessKnowledgeModel", "inputData", "decisionService", "itemDefinition", "import")


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision, or what decisions use: its columns and rows if it is a table, and whatever else it says."""

    name: str
    columns: tuple[str, ...]
    policy: str
    rows: tuple[str, ...]
    rest: str


def compare(before: str, after: str) -> list[Change] | None:
    """The differences in words; None where one of them is no decision file."""
    try:
        was, now = _read(before), _read(after)
    except source.Unreadable:
        return None
    return [*_come_and_gone(was, now), *(each for id in was if id in now for each in _one(id, was[id], now[id]))]


def _read(text: str) -> dict[str, Decision]:
    root = source.parse(text.encode())
    found = {}
    for number, element in enumerate(source.children(root, *_PARTS)):
        id = element.get("id") or element.get("name") or f"{source.name(element)} {number}"
        found[id] = _decision(element, id)
    return found


def _decision(element: etree._Element, id: str) -> Decision:
    name, rest = element.get("name") or id, f"{attributes(element, 'id', 'name')} {said(element, _is_table)}"
    table = next(element.iter("{*}decisionTable"), None)
    if table is None:
        return Decision(name, (), "", (), rest)
    columns = tuple(_words(each) for each in source.children(table, "input", "output"))
    rows = tuple(" | ".join(_words(cell) for cell in _cells(row)) for row in source.children(table, "rule"))
    policy = f"{table.get('hitPolicy', 'UNIQUE')} {table.get('aggregation', '')}".strip()
    return Decision(name, columns, policy, rows, rest)


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    return source.children(row, "inputEntry", "outputEntry", "annotationEntry")


def _words(element: etree._Element) -> str:
    label = element.get("label") or element.get("name") or ""
    given = (f"{key}={value}" for key, value in attributes(element, "id", "label", "name").items())
    return " ".join(filter(None, (label, said(element), *given))) or "-"


def _is_table(element: etree._Element) -> bool:
    return source.name(element) == "decisionTable"


def _come_and_gone(was: dict[str, Decision], now: dict[str, Decision]) -> Iterator[Change]:
    yield from (Change(id, "加了决策“{name}”。", {"name": now[id].name}) for id in now if id not in was)
    yield from (Change(id, "去掉了决策“{name}”。", {"name": was[id].name}) for id in was if id not in now)


def _one(id: str, old: Decision, new: Decision) -> Iterator[Change]:
    table = {"table": new.name}
    if old.name != new.name:
        yield Change(id, "决策“{before}”改名为“{after}”。", {"before": old.name, "after": new.name})
    if old.columns != new.columns:
        gaps = table | {"before": "、".join(old.columns) or "—", "after": "、".join(new.columns) or "—"}
        yield Change(id, "决策表“{table}”的列：{before} → {after}。", gaps)
    if old.policy != new.policy:
        gaps = table | {"before": old.policy or "—", "after": new.policy or "—"}
        yield Change(id, "决策表“{table}”怎样取结果：{before} → {after}。", gaps)
    yield from _rows(id, old, new)
    if old.rest != new.rest:
        yield Change(
            id, "决策“{table}”表以外的内容：{before} → {after}。", table | {"before": old.rest, "after": new.rest}
        )


def _rows(id: str, old: Decision, new: Decision) -> Iterator[Change]:
    for verb, a, b, c, d in SequenceMatcher(None, old.rows, new.rows, autojunk=False).get_opcodes():
        if verb == "equal":
            continue
        shared = min(b - a, d - c)
        for offset in range(shared):
            gaps = {"table": new.name, "before": old.rows[a + offset], "after": new.rows[c + offset]}
            yield Change(id, "决策表“{table}”第 {row} 行：{before} → {after}。", {**gaps, "row": c + offset + 1})
        for row in range(a + shared, b):
            gone = {"table": new.name, "row": row + 1, "before": old.rows[row]}
            yield Change(id, "决策表“{table}”去掉了原第 {row} 行：{before}。", gone)
        for row in range(c + shared, d):
            come = {"table": new.name, "row": row + 1, "after": new.rows[row]}
            yield Change(id, "决策表“{table}”加了第 {row} 行：{after}。", come)
