"""The kinds of question an author may choose, and what each is written as in JSON Schema."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Schema = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind: the schema that makes a question one, and the keywords of its least and most (empty: it has none).

    `per_item` holds those parts of the schema that say what each answer of a list is.
    """

    name: str
    type: str
    format: str = ""
    widget: str = ""
    items: str = ""
    least: str = ""
    most: str = ""

    @property
    def chosen(self) -> bool:
        """Whether its answers are chosen from options the author writes."""
        return self.name in ("choice", "choices")

    @property
    def numeric(self) -> bool:
        """Whether its bounds are those of a number rather than a count."""
        return self.least == "minimum"


def _text(name: str, format: str = "", widget: str = "") -> Kind:
    bounds = ("minLength", "maxLength") if name in ("text", "longtext", "address") else ("", "")
    return Kind(name, "string", format, widget, "", *bounds)


def _list(name: str, items: str, format: str = "", widget: str = "") -> Kind:
    return Kind(name, "array", format, widget, items, "minItems", "maxItems")


KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        _text("text"),
        _text("longtext", widget="textarea"),
        Kind("choice", "string"),
        _list("choices", "string"),
        Kind("boolean", "boolean"),
        Kind("number", "number", least="minimum", most="maximum"),
        Kind("integer", "integer", least="minimum", most="maximum"),
        Kind("amount", "number", widget="amount", least="minimum", most="maximum"),
        _text("date", "date"),
        _text("time", "time"),
        _text("date-time", "date-time"),
        _text("phone", "phone"),
        _text("email", "email"),
        _text("id-number", "id-number"),
        _text("uscc", "uscc"),
        _text("address", "address"),
        _list("photo", "string", "photo"),
        _list("file", "string", "file"),
        Kind("body", "integer", widget="body"),
        _list("bodies", "integer", widget="body"),
        _list("rows", "object"),
    )
}
"""In the order they are offered."""


def of(schema: Schema) -> Kind:
    """The kind of a question; text if it is none of them."""
    items = schema.get("items", {})
    asked = (
        schema.get("type"),
        schema.get("format") or items.get("format", ""),
        schema.get("x-ui", {}).get("widget", ""),
        items.get("type", ""),
    )
    if "enum" in schema or "enum" in items:
        return KINDS["choices" if asked[0] == "array" else "choice"]
    return next(
        (kind for kind in KINDS.values() if not kind.chosen and _fits(kind, *asked)),
        KINDS.get(str(asked[0]), KINDS["text"]),
    )


def _fits(kind: Kind, type: object, format: str, widget: str, items: str) -> bool:
    known = widget if widget in ("textarea", "amount", "body") else ""
    single = kind.name in ("photo", "file") and type == "string" and format == kind.format
    return single or (kind.type, kind.format, kind.widget, kind.items) == (type, format, known, items)


def turned(schema: Schema, kind: Kind) -> dict[str, Any]:
    """The schema made one of another kind: what only the old kind had is gone, titles, help and rules stay."""
    if "type" in schema and of(schema) == kind:
        return dict(schema)
    kept = {key: schema[key] for key in ("title", "description", "$comment") if key in schema}
    ui = {key: value for key, value in schema.get("x-ui", {}).items() if key != "widget"}
    return {"type": kind.type} | kept | _form(kind) | {"x-ui": ui | ({"widget": kind.widget} if kind.widget else {})}


def _form(kind: Kind) -> dict[str, Any]:
    if kind.name == "rows":
        return {"items": {"type": "object", "properties": {}, "required": [], "additionalProperties": False}}
    if kind.items:
        return {"items": {"type": kind.items} | ({"format": kind.format} if kind.format else {})}
    return {"format": kind.format} if kind.format else {}
