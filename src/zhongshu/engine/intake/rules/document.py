"""The JSON Schema of a questionnaire: what may stand in it, checked before anything is made of it.

A closed subset of JSON Schema 2020-12 (json-schema.org/draft/2020-12): one object of plain fields. A keyword
that is not listed here is refused, never ignored, and so is a `$ref` that leaves the document.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

from zhongshu.base.http import refusals

DIALECT = "https://json-schema.org/draft/2020-12/schema"
MOST_BYTES = 200_000
MOST_LEVELS = 16
MOST_FIELDS = 300

_TOP = {"$schema", "$id", "$defs", "$comment", "title", "description", "type", "properties", "required"}
_TOP |= {"additionalProperties", "x-ui"}
_ANY = {"type", "title", "description", "$comment", "examples", "x-ui"}
_NUMBER = {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"}
KEYWORDS: Mapping[str, set[str]] = {
    "string": _ANY | {"minLength", "maxLength", "pattern", "format", "enum", "x-labels"},
    "number": _ANY | _NUMBER,
    "integer": _ANY | _NUMBER,
    "boolean": _ANY | {"const"},
    "array": _ANY | {"items", "minItems", "maxItems", "uniqueItems", "x-labels"},
}
_UI = {"widget", "help", "help_en", "title_en", "visible"}
_WIDGETS = {"textarea", "radio", "select", "body"}
_TOP_UI = {"order", "title_en"}


def refuse(sentence: str, path: str, **gaps: Any) -> refusals.Invalid:
    """The refusal of a document for what stands at `path` (a JSON pointer)."""
    return refusals.Invalid(sentence, field=path, path=path or "/", **gaps)


def properties(document: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The schema of each field, local references put in place. Raises Invalid with the path at fault."""
    _bounded(document)
    _conforms(document)
    _only(document, _TOP, "")
    _only(_mapping(document.get("x-ui", {}), "/x-ui"), _TOP_UI, "/x-ui")
    if document.get("$schema", DIALECT) != DIALECT or document.get("type") != "object":
        raise refuse("问卷应当是 JSON Schema 2020-12 的对象，请检查 $schema 和 type。", "")
    if document.get("additionalProperties", False) is not False:
        raise refuse("{path} 只能是 false：问卷不收没有列出的项。", "/additionalProperties")
    fields = document.get("properties", {})
    if not 0 < len(fields) <= MOST_FIELDS:
        raise refuse("问卷应当有 1 至 {most} 项。", "/properties", most=MOST_FIELDS)
    definitions = document.get("$defs", {})
    return {name: _field(schema, definitions, f"/properties/{name}") for name, schema in fields.items()}


def _bounded(document: Any) -> None:
    if not isinstance(document, Mapping):
        raise refuse("问卷应当是一个 JSON 对象。", "")
    level, levels = [document], 0
    while level:
        level, levels = [part for whole in level for part in _parts(whole)], levels + 1
        if levels > MOST_LEVELS or len(level) > MOST_BYTES:
            raise refuse("问卷嵌套超过 {most} 层，请写得平一些。", "", most=MOST_LEVELS)
    try:
        size = len(json.dumps(document, ensure_ascii=False, allow_nan=False).encode())
    except (TypeError, ValueError):
        raise refuse("问卷里有 JSON 写不出的内容，请检查数字和文字。", "") from None
    if size > MOST_BYTES:
        raise refuse("问卷超过 {most} 字节，请精简。", "", most=MOST_BYTES)


def _parts(whole: Any) -> Iterator[Any]:
    values = whole.values() if isinstance(whole, Mapping) else whole
    return (value for value in values if isinstance(value, Mapping | list))


def _conforms(document: Mapping[str, Any]) -> None:
    error = best_match(Draft202012Validator(Draft202012Validator.META_SCHEMA).iter_errors(document))
    if error:
        path = "".join(f"/{part}" for part in error.absolute_path)
        raise refuse("{path} 处不合 JSON Schema 2020-12，请检查写法。", path)


def _field(written: Any, definitions: Mapping[str, Any], path: str) -> dict[str, Any]:
    schema = _resolved(_mapping(written, path), definitions, path)
    kind = schema.get("type")
    if not isinstance(kind, str) or kind not in KEYWORDS:
        raise refuse("{path} 处应当是 string、number、integer、boolean 或 array 中的一种。", f"{path}/type")
    _only(schema, KEYWORDS[kind], path)
    ui = _mapping(schema.get("x-ui", {}), f"{path}/x-ui")
    _only(ui, _UI, f"{path}/x-ui")
    if "widget" in ui and ui["widget"] not in sorted(_WIDGETS):
        raise refuse("{path} 处只能是 textarea、radio、select 或 body。", f"{path}/x-ui/widget")
    if kind == "array":
        items = _resolved(_mapping(schema.get("items"), f"{path}/items"), definitions, f"{path}/items")
        _only(items, {"type", "enum", "format", "x-labels"}, f"{path}/items")
        schema = {**schema, "items": items}
    return schema


def _resolved(schema: Mapping[str, Any], definitions: Mapping[str, Any], path: str) -> dict[str, Any]:
    if "$ref" not in schema:
        return dict(schema)
    reference = schema["$ref"]
    name = reference.removeprefix("#/$defs/")
    if name == reference or name not in definitions:
        raise refuse("{path} 处只能引用本问卷 $defs 里的一段。", f"{path}/$ref")
    target = _mapping(definitions[name], f"/$defs/{name}")
    if "$ref" in target:
        raise refuse("{path} 处不能再引用别处。", f"/$defs/{name}/$ref")
    return {**target, **{key: value for key, value in schema.items() if key != "$ref"}}


def _mapping(part: Any, path: str) -> Mapping[str, Any]:
    if not isinstance(part, Mapping):
        raise refuse("{path} 处应当是一个 JSON 对象。", path)
    return part


def _only(part: Mapping[str, Any], known: set[str], path: str) -> None:
    for keyword in part:
        if keyword not in known:
            raise refuse("问卷不用 {keyword} 这个写法，请去掉或改写。", f"{path}/{keyword}", keyword=keyword)
