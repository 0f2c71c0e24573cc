"""A questionnaire's file as a document the verbs can work on, and written again."""

import json
from collections.abc import Mapping
from typing import Any

from jsonschema_rs import Draft202012Validator

from zhongshu.base.http.refusals import Invalid
from zhongshu.engine.intake.rules.document import MOST_BYTES

Document = Mapping[str, Any]

_TEXT, _NAMES = {"type": "string"}, {"type": "array", "items": {"type": "string"}}
_WORDS = dict.fromkeys(("title", "title_en", "help", "help_en", "visible"), _TEXT)
_GROUP = {
    "type": "object",
    "required": ["name", "fields"],
    "properties": _WORDS | {"name": _TEXT, "fields": _NAMES},
}
_STEP = {
    "type": "object",
    "required": ["name", "groups"],
    "properties": _WORDS | {"name": _TEXT, "groups": {"type": "array", "minItems": 1, "items": _GROUP}},
}
_LABELS = {"type": "object", "additionalProperties": {"type": "object", "additionalProperties": _TEXT}}
_CHOICE = {"enum": {"type": "array", "items": _TEXT}, "x-labels": _LABELS, "format": _TEXT}
_WHOLE = {
    "type": "object",
    "$defs": {
        "part": {
            "type": "object",
            "properties": {
                "required": _NAMES,
                "properties": {"type": "object", "additionalProperties": {"$ref": "#/$defs/question"}},
            },
        },
        "question": {
            "type": "object",
            "properties": _CHOICE
            | {
                "title": _TEXT,
                "type": _TEXT,
                "x-ui": {"type": "object"},
                "items": {"allOf": [{"$ref": "#/$defs/part"}], "properties": _CHOICE},
            },
        },
    },
    "allOf": [{"$ref": "#/$defs/part"}],
    "properties": {
        "title": _TEXT,
        "x-ui": {"type": "object", "properties": {"order": _NAMES, "steps": {"type": "array", "items": _STEP}}},
    },
}
_FITS = Draft202012Validator(_WHOLE)


def read(text: str) -> dict[str, Any]:
    """The document in a file, whether the questionnaire is complete or not; texts its questions share stand in each.

    Raises Invalid for what is no questionnaire at all.
    """
    try:
        document = json.loads(text) if len(text) <= MOST_BYTES else None
    except (ValueError, RecursionError):
        document = None
    if not isinstance(document, dict) or not _FITS.is_valid(document):
        raise Invalid("这个文件不是问卷，读不出来。请到“历史与比较”回到先前的一稿，或者去掉它再新建。")
    return _spelled_out(document)


def write(document: Document) -> str:
    """The file of a document."""
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _spelled_out(document: dict[str, Any]) -> dict[str, Any]:
    shared = document.get("$defs")
    if not isinstance(shared, dict) or not shared:
        return document
    return {key: _filled(part, shared) for key, part in document.items() if key != "$defs"}


def _filled(part: Any, shared: Mapping[str, Any]) -> Any:
    if isinstance(part, list):
        return [_filled(each, shared) for each in part]
    if not isinstance(part, dict):
        return part
    named = shared.get(str(part.get("$ref", "")).removeprefix("#/$defs/"))
    if isinstance(named, dict) and "$ref" not in named:
        part = {**named, **{key: value for key, value in part.items() if key != "$ref"}}
    return {key: _filled(value, shared) for key, value in part.items()}
