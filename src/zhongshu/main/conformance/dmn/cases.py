"""The kit's cases: XML to inputs and expected values (its schema testCases.xsd)."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from lxml import etree

from zhongshu.engine.decisions.rules import temporal
from zhongshu.engine.decisions.rules.values import number

SCHEMA = "{http://www.w3.org/2001/XMLSchema-instance}"


@dataclass(frozen=True, slots=True)
class Question:
    """One result a case asks for: which decision (or service), for what, and what is right.

    `service` is the service called, if the case calls one; `fails` that an error, so null, is right.
    """

    file: Path
    case: str
    decision: str
    service: str
    inputs: dict[str, Any]
    expected: Any
    fails: bool

    @property
    def null(self) -> bool:
        """Whether null is what is right."""
        return self.expected is None


def read(file: Path) -> tuple[str, list[Question]]:
    """The model's file name and the questions of a test file."""
    root = etree.fromstring(file.read_bytes(), etree.XMLParser(resolve_entities=False, no_network=True))
    model = next((str(each.text).strip() for each in _children(root, "modelName")), "")
    return model, [question for case in _children(root, "testCase") for question in _questions(file, case)]


def _questions(file: Path, case: etree._Element) -> Iterator[Question]:
    inputs: dict[str, Any] = {}
    for node in _children(case, "inputNode"):
        namespace, name = node.get("namespace"), node.get("name", "")
        inputs[f"{namespace}#{name}" if namespace else name] = _value(node)
    service = case.get("invocableName", "") if case.get("type") == "decisionService" else ""
    for node in _children(case, "resultNode"):
        expected = next((_value(each) for each in _children(node, "expected")), None)
        fails = node.get("errorResult") == "true"
        yield Question(file, case.get("id", ""), node.get("name", ""), service, inputs, expected, fails)


def _children(element: etree._Element, *names: str) -> Iterator[etree._Element]:
    return (each for each in element.iterchildren(etree.Element) if etree.QName(each).localname in names)


def _value(element: etree._Element) -> Any:
    """What a node holds: a list, a context of components, or a plain value."""
    if any(True for _ in _children(element, "component")):
        return {each.get("name", ""): _value(each) for each in _children(element, "component")}
    for inner in _children(element, "list"):
        return [_value(item) for item in _children(inner, "item")]
    for inner in _children(element, "value"):
        return _plain(inner)
    return None


def _plain(element: etree._Element) -> Any:
    if element.get(f"{SCHEMA}nil") == "true":
        return None
    text = element.text or ""
    sort = (element.get(f"{SCHEMA}type") or "string").rpartition(":")[2]
    if sort in ("decimal", "double", "float", "integer", "int", "long"):
        return number(Decimal(text.strip()))
    if sort == "boolean":
        return text.strip() in ("true", "1")
    reader = _READERS.get(sort)
    return reader(text.strip()) if reader else text


_READERS = {
    "date": temporal.read_day,
    "time": temporal.read_time,
    "dateTime": temporal.read_moment,
    "duration": temporal.read_duration,
    "dayTimeDuration": temporal.read_duration,
    "yearMonthDuration": temporal.read_duration,
}
