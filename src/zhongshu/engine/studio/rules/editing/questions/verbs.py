"""Questions added, moved and removed."""

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

from zhongshu.base.http.refusals import Conflict, Invalid
from zhongshu.engine.cases.rules import asking, checks
from zhongshu.engine.decisions.rules import feel
from zhongshu.engine.studio.rules.editing.questions import kinds, layout, paths
from zhongshu.engine.studio.rules.editing.questions.panel import Option, Panel, write

Document = Mapping[str, Any]

LONGEST = 40
_RULES = ("visible", "required", "computed")
_FIRST = (Option("选项一", "选项一"), Option("选项二", "选项二"))


def new(title: str, title_en: str = "") -> dict[str, Any]:
    """A questionnaire nobody has put a question into yet."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        "type": "object",
        "additionalProperties": False,
        "required": [],
        "x-ui": {"title_en": title_en} if title_en else {},
        "properties": {},
    }


def titled(document: Document, title: str, title_en: str) -> dict[str, Any]:
    """The questionnaire called so."""
    if not title.strip():
        raise Invalid("请写上问卷的名称。", field="title")
    ui = {key: value for key, value in document.get("x-ui", {}).items() if key != "title_en"}
    named = {"title_en": title_en.strip()} if title_en.strip() else {}
    return {**document, "title": title.strip(), "x-ui": named | ui}


def add(document: Document, kind: str, title: str, *, group: str = "", after: str = "") -> tuple[dict[str, Any], str]:
    """The document with a new question, and its path: after another one of the same group, else at the end.

    `group` is the repeating group it belongs to; one cannot stand in another.
    """
    if kind not in kinds.KINDS:
        raise Invalid("没有“{kind}”这种题型，请从列表中选。", field="kind", kind=kind)
    if group and kind == "rows":
        raise Invalid("重复组里不能再放重复组。", field="kind")
    copy = deepcopy(dict(document))
    home = paths.home(copy, f"{group}.x") if group else copy
    name = named(title, {*home.setdefault("properties", {}), *checks.OWN, *asking.OWN})
    path = f"{group}.{name}" if group else name
    home["properties"][name] = kinds.turned({"title": title}, kinds.KINDS[kind])
    copy = write(copy, path, Panel(kind, title, options=_FIRST if kinds.KINDS[kind].chosen else ()))
    if kind == "rows":
        copy, _ = add(copy, "text", "名称", group=name)
    return layout.placed(copy, path, after or layout.last(copy, path)), path


def named(title: str, taken: set[str]) -> str:
    """A name for a question, made of its title: what FEEL can read as one name, and nobody has yet."""
    words = re.sub(r"[^\w]+|_+", "_", title.strip().lower()).strip("_")[:LONGEST].rstrip("_")
    name = words if words and _is_name(words) else f"q_{words}".rstrip("_")
    name = name if _is_name(name) else "q"
    return next(each for each in _numbered(name) if each not in taken)


def _is_name(text: str) -> bool:
    try:
        return text.isidentifier() and feel.compile(text).names == {text}
    except feel.SyntaxProblem:
        return False


def _numbered(name: str) -> Iterator[str]:
    yield name
    number = 2
    while True:
        yield f"{name}_{number}"
        number += 1


def remove(document: Document, path: str) -> dict[str, Any]:
    """The document without a question. Conflict while a rule of another one reads it."""
    paths.schema(document, path)
    if using := users(document, path):
        raise Conflict("“{name}”还被“{other}”的规则用到，请先改那条规则。", name=paths.name(path), other=using[0])
    copy = deepcopy(dict(document))
    home, name = paths.home(copy, path), paths.name(path)
    if paths.outer(path) and len(home["properties"]) == 1:
        raise Conflict("重复组里至少要有一题；不要这一组就把它整个删去。")
    del home["properties"][name]
    home["required"] = [each for each in home.get("required", []) if each != name]
    return copy if paths.outer(path) else layout.without(copy, name)


def users(document: Document, path: str) -> list[str]:
    """The titles of the questions and steps whose rules read the question at `path`."""
    name, inside = paths.name(path), paths.outer(path)
    found = []
    for where, schema in everything(document):
        rules = [schema.get("x-ui", {}).get(key) for key in _RULES]
        reads = any(name in _names(rule) and (not inside or _sees(rule, inside, where)) for rule in rules if rule)
        if reads and where != path:
            found.append(schema.get("title") or paths.name(where))
    if not inside:
        steps = document.get("x-ui", {}).get("steps", ())
        found += [step.get("title", "") for step in steps if name in _names(step.get("visible", ""))]
    return found


def everything(document: Document) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Path and schema of every question, those of groups included."""
    for name, schema in document.get("properties", {}).items():
        yield name, schema
        for inner, one in (schema.get("items", {}).get("properties") or {}).items():
            yield f"{name}.{inner}", one


def _sees(rule: str, group: str, where: str) -> bool:
    """Whether a rule standing at `where` means the question of that group: from inside it, or by way of the list."""
    return paths.outer(where) == group or group in _names(rule)


def _names(rule: str) -> set[str]:
    """The words of a rule that may be names; of one that cannot be read, too."""
    return set(re.findall(r"\w+", rule)) if isinstance(rule, str) else set()
