"""The JSON Schema of a questionnaire: what may stand in it, checked before anything is made of it.

A closed subset of JSON Schema 2020-12 (json-schema.org/draft/2020-12): one object of plain fields and of groups
that repeat. A keyword that is not listed here is refused, never ignored, and so is a `$ref` that leaves the document.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import jsonschema_rs

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
_ITEMS = {"type", "enum", "format", "x-labels"}
_ROW = {"type", "properties", "required", "additionalProperties", "x-ui"}
_UI = {
    "widget",
    "help",
    "help_en",
    "title_en",
    "visible",
    "required",
    "computed",
    "source",
    "unit",
    "unit_en",
    "accept",
}
_WIDGETS = {"textarea", "radio", "select", "body", "amount"}
_TOP_UI = {"order", "title_en", "steps"}


def refuse(sentence: str, path: str, **gaps: Any) -> refusals.Invalid:
    """The refusal of a document for what stands at `path` (a JSON pointer)."""
    return refusals.Invalid(sentence, field=path, path=path or "/", **gaps)


def checked(source: Any) -> dict[str, Any]:
    """The document, each field's schema in its place of `properties` with local references resolved.

    Raises Invalid with the path at fault.
    """
    document = _copied(source)
    _conforms(document)
    only(document, _TOP, "")
    only(mapping(document.get("x-ui", {}), "/x-ui"), _TOP_UI, "/x-ui")
    if document.get("$schema", DIALECT) != DIALECT or document.get("type") != "object":
        raise refuse("问卷应当是 JSON Schema 2020-12 的对象，请检查 $schema 和 type。", "")
    _closed(document, "")
    definitions = document.get("$defs", {})
    document["properties"] = _fields(document, definitions, "", rows=True)
    total = sum(1 + len(schema.get("items", {}).get("properties", ())) for schema in document["properties"].values())
    if not 0 < total <= MOST_FIELDS:
        raise refuse("问卷应当有 1 至 {most} 项。", "/properties", most=MOST_FIELDS)
    return document


def mapping(part: Any, path: str) -> Mapping[str, Any]:
    """The part at a path, which has to be an object."""
    if not isinstance(part, Mapping):
        raise refuse("{path} 处应当是一个 JSON 对象。", path)
    return part


def only(part: Mapping[str, Any], known: set[str], path: str) -> None:
    """Refuses whatever is not among the known keywords."""
    for keyword in part:
        if keyword not in known:
            raise refuse("问卷不用 {keyword} 这个写法，请去掉或改写。", f"{path}/{keyword}", keyword=keyword)


def _copied(source: Any) -> dict[str, Any]:
    if not isinstance(source, Mapping):
        raise refuse("问卷应当是一个 JSON 对象。", "")
    level, levels = [source], 0
    while level:
        level, levels = [part for whole in level for part in _parts(whole)], levels + 1
        if levels > MOST_LEVELS or len(level) > MOST_BYTES:
            raise refuse("问卷嵌套超过 {most} 层，请写得平一些。", "", most=MOST_LEVELS)
    try:
        text = json.dumps(source, ensure_ascii=False, allow_nan=False).encode()
    except (TypeError, ValueError):
        raise refuse("问卷里有 JSON 写不出的内容，请检查数字和文字。", "") from None
    if len(text) > MOST_BYTES:
        raise refuse("问卷超过 {most} 字节，请精简。", "", most=MOST_BYTES)
    copy: dict[str, Any] = json.loads(text)
    return copy


def _parts(whole: Any) -> Iterator[Any]:
    values = whole.values() if isinstance(whole, Mapping) else whole
    return (value for value in values if isinstance(value, Mapping | list | tuple))


def _conforms(document: dict[str, Any]) -> None:
    try:
        jsonschema_rs.meta.validate(document)
    except jsonschema_rs.ValidationError as error:
        path = "".join(f"/{part}" for part in error.instance_path)
        raise refuse("{path} 处不合 JSON Schema 2020-12，请检查写法。", path) from None
    except (jsonschema_rs.ReferencingError, ValueError):
        raise refuse("问卷应当是 JSON Schema 2020-12 的对象，请检查 $schema 和 type。", "") from None


def _closed(part: Mapping[str, Any], path: str) -> None:
    if part.get("additionalProperties", False) is not False:
        raise refuse("{path} 只能是 false：问卷不收没有列出的项。", f"{path}/additionalProperties")


def _fields(part: Mapping[str, Any], definitions: Mapping[str, Any], path: str, *, rows: bool) -> dict[str, Any]:
    fields = part.get("properties", {})
    return {
        name: _field(schema, definitions, f"{path}/properties/{name}", rows=rows) for name, schema in fields.items()
    }


def _field(written: Any, definitions: Mapping[str, Any], path: str, *, rows: bool) -> dict[str, Any]:
    schema = _resolved(mapping(written, path), definitions, path)
    kind = schema.get("type")
    if not isinstance(kind, str) or kind not in KEYWORDS:
        raise refuse("{path} 处应当是 string、number、integer、boolean 或 array 中的一种。", f"{path}/type")
    only(schema, KEYWORDS[kind], path)
    ui = mapping(schema.get("x-ui", {}), f"{path}/x-ui")
    only(ui, _UI, f"{path}/x-ui")
    if "widget" in ui and ui["widget"] not in sorted(_WIDGETS):
        raise refuse("{path} 处只能是 textarea、radio、select、body 或 amount。", f"{path}/x-ui/widget")
    if kind == "array":
        schema["items"] = _items(schema.get("items"), definitions, f"{path}/items", rows=rows)
    return schema


def _items(written: Any, definitions: Mapping[str, Any], path: str, *, rows: bool) -> dict[str, Any]:
    items = _resolved(mapping(written, path), definitions, path)
    if items.get("type") != "object":
        only(items, _ITEMS, path)
        return items
    if not rows:
        raise refuse("{path} 处不能再分行：重复的组只有一层。", path)
    only(items, _ROW, path)
    only(mapping(items.get("x-ui", {}), f"{path}/x-ui"), {"order"}, f"{path}/x-ui")
    _closed(items, path)
    items["properties"] = _fields(items, definitions, path, rows=False)
    if not items["properties"]:
        raise refuse("{path} 处至少要有一项。", f"{path}/properties")
    return items


def _resolved(schema: Mapping[str, Any], definitions: Mapping[str, Any], path: str) -> dict[str, Any]:
    if "$ref" not in schema:
        return dict(schema)
    reference = schema["$ref"]
    name = reference.removeprefix("#/$defs/")
    if name == reference or name not in definitions:
        raise refuse("{path} 处只能引用本问卷 $defs 里的一段。", f"{path}/$ref")
    target = mapping(definitions[name], f"/$defs/{name}")
    if "$ref" in target:
        raise refuse("{path} 处不能再引用别处。", f"/$defs/{name}/$ref")
    return {**target, **{key: value for key, value in schema.items() if key != "$ref"}}
