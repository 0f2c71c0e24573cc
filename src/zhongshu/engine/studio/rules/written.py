"""Every value and expression written into the files of a folder, with where it stands. Pure.

What cannot be read is passed over: that it cannot be read is said elsewhere (`cases.rules.examining`).
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from zhongshu.base.http.refusals import Invalid
from zhongshu.engine.cases.rules import examining, scenario
from zhongshu.engine.cases.rules import settings as pages
from zhongshu.engine.decisions.rules import feel, tree
from zhongshu.engine.decisions.rules.feel import Expression

_CONDITIONS = frozenset({"visible", "mandatory", "required", "computed"})
_CELLS = ("inputEntry", "outputEntry", "literalExpression", "inputExpression", "defaultOutputEntry")


@dataclass(frozen=True, slots=True)
class Written:
    """An expression, or a plain value, and where it stands (`examining.Finding` says how a place is written)."""

    file: str
    place: str
    root: tree.Node
    line: int = 0
    list_of_bodies: bool = False
    names_a_body: bool = False


def all_of(files: Mapping[str, str]) -> Iterator[Written]:
    """Everything written in the settings, the drawings, the questionnaires and the decisions."""
    for name, text in sorted(files.items()):
        reader = _READERS.get(name.rpartition(".")[2])
        if reader:
            yield from reader(name, text)


def body_questions(files: Mapping[str, str]) -> frozenset[str]:
    """The names of the questions that ask for a body, in any questionnaire."""
    forms = (_json(text) for name, text in files.items() if name.endswith(".json"))
    return frozenset(name for form in forms for name, schema in _properties(form) if _asks_for_a_body(schema))


def _page(file: str, text: str) -> Iterator[Written]:
    try:
        written = scenario.written(pages.parse(text)) if file == examining.PAGE else {}
    except Invalid:
        return
    for place, said in written.items():
        if expression := _compiled(said):
            yield Written(file, place, expression.root, names_a_body=place == "/case/responsible")


def _drawing(file: str, text: str) -> Iterator[Written]:
    from zhongshu.engine.processes.rules import bpmn  # loads lxml

    reading = bpmn.examine(text.encode())
    if reading.net is None:
        return
    for id, each in {**reading.net.elements, **reading.net.flows}.items():
        items = getattr(getattr(each, "rounds", None), "items", None)
        for expression in _held(each):
            yield Written(file, id, expression.root, reading.lines.get(id, 0), list_of_bodies=expression is items)


def _held(thing: Any) -> Iterator[Expression]:
    """The expressions of an element of a net, at any depth."""
    if isinstance(thing, Expression):
        yield thing
    elif is_dataclass(thing):
        for field in fields(thing):
            yield from _held(getattr(thing, field.name))


def _form(file: str, text: str) -> Iterator[Written]:
    yield from _within(file, "", _json(text))


def _within(file: str, path: str, part: Any, *, body: bool = False) -> Iterator[Written]:
    if isinstance(part, Mapping):
        of_a_body = body or _asks_for_a_body(part)
        for key, value in part.items():
            if key in _CONDITIONS and isinstance(value, str):
                if expression := _compiled(value):
                    yield Written(file, f"{path}/{key}", expression.root)
            elif key in ("enum", "const", "default", "examples"):
                yield from _values(file, f"{path}/{key}", value, of_a_body)
            else:
                yield from _within(file, f"{path}/{key}", value, body=of_a_body and key == "items")
    elif isinstance(part, list):
        for index, value in enumerate(part):
            yield from _within(file, f"{path}/{index}", value)


def _values(file: str, path: str, value: Any, body: bool) -> Iterator[Written]:
    for each in value if isinstance(value, list) else [value]:
        yield Written(file, path, tree.Literal(each), names_a_body=body)


def _decision(file: str, text: str) -> Iterator[Written]:
    from zhongshu.engine.decisions.rules.dmn import source  # loads lxml

    try:
        root = source.parse(text.encode())
    except Invalid:
        return
    for cell in root.iter(*(f"{{*}}{name}" for name in _CELLS)):
        said = "".join(map(str, cell.itertext())).strip()
        read = feel.read_tests if source.name(cell) == "inputEntry" else feel.compile
        if said and (expression := _compiled(said, read)):
            yield Written(file, cell.get("id", ""), expression.root, source.line(cell))


def _compiled(text: str, read: Callable[[str], Expression] = feel.compile) -> Expression | None:
    try:
        return read(text)
    except feel.SyntaxProblem:
        return None


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return {}


def _properties(form: Any) -> Iterator[tuple[str, Any]]:
    found = form.get("properties", {}) if isinstance(form, Mapping) else {}
    return iter(found.items() if isinstance(found, Mapping) else ())


def _asks_for_a_body(schema: Any) -> bool:
    ui = schema.get("x-ui") if isinstance(schema, Mapping) else None
    return isinstance(ui, Mapping) and ui.get("widget") == "body"


_READERS: Mapping[str, Callable[[str, str], Iterator[Written]]] = {
    "toml": _page, "bpmn": _drawing, "json": _form, "dmn": _decision,
}  # fmt: skip
