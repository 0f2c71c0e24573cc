"""The compiled JSON Schema validator of a questionnaire's answers, and its errors as sentences.

Patterns run on an engine that takes time in proportion to the text (Rust's `regex`): none of them can hold a worker.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import jsonschema_rs

from zhongshu.engine.intake.rules.shape import Field, Kind

_TYPES: Mapping[Kind, str] = {
    "number": "number", "integer": "integer", "amount": "number", "boolean": "boolean", "bodies": "integer",
}  # fmt: skip
_LARGEST_PATTERN = 500_000
"""Bytes of a compiled one."""
_PATTERNS = jsonschema_rs.RegexOptions(size_limit=_LARGEST_PATTERN)
SENTENCES = {
    "type number": "请填写数字，例如 12 或 3.5。",
    "type amount": "请填写金额，例如 1200 或 35.50。",
    "type integer": "请填写整数，例如 12。",
    "type boolean": "请选择是或否。",
    "type choices": "请从列出的选项中选择。",
    "type bodies": "请从列出的单位中选择。",
    "type rows": "请一行一行地填写。",
    "type": "请填写一段文字。",
    "enum": "请从列出的选项中选择。",
    "const": "请阅读后确认。",
    "pattern": "格式不对，请按说明填写。",
    "minLength": "请至少填写 {limit} 个字。",
    "maxLength": "最多填写 {limit} 个字，现在有 {length} 个字，请删减。",
    "minimum": "不能小于 {limit}，请改正。",
    "maximum": "不能大于 {limit}，请改正。",
    "exclusiveMinimum": "应当大于 {limit}，请改正。",
    "exclusiveMaximum": "应当小于 {limit}，请改正。",
    "multipleOf": "应当是 {limit} 的整数倍，请改正。",
    "multipleOf amount": "金额最多两位小数，请改正。",
    "minItems": "请至少选 {limit} 项。",
    "minItems rows": "请至少填写 {limit} 行。",
    "maxItems": "最多选 {limit} 项，请减少。",
    "maxItems rows": "最多填写 {limit} 行，请减少。",
    "uniqueItems": "同一项不能选两次，请去掉重复的。",
}


def validator(fields: Iterable[Field]) -> jsonschema_rs.Validator:
    """One validator for all answers; which are required depends on what is shown and is not its matter."""
    return jsonschema_rs.Draft202012Validator(_object(fields), pattern_options=_PATTERNS, validate_formats=False)


def is_pattern(written: str) -> bool:
    """Whether a regular expression is one we run: without looking back or around, and of bounded size."""
    try:
        for text in (written, _whole(written)):
            jsonschema_rs.Draft202012Validator({"pattern": text}, pattern_options=_PATTERNS)
    except ValueError:
        return False
    return True


def sentence(error: jsonschema_rs.ValidationError, field: Field) -> tuple[str, dict[str, Any]]:
    """What to tell the person who gave the answer: a sentence and what fills its gaps."""
    keyword = error.kind.name
    limit = field.limits.get(keyword)
    kind = f"{keyword} {field.kind}"
    if keyword == "multipleOf" and limit != 0.01:
        kind = keyword
    text = SENTENCES.get(kind) or SENTENCES[keyword]
    gaps = {"limit": limit, "length": len(error.instance) if isinstance(error.instance, str) else 0}
    return text, {name: value for name, value in gaps.items() if f"{{{name}}}" in text}


def _object(fields: Iterable[Field]) -> dict[str, Any]:
    properties = {field.name: _schema(field) for field in fields}
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _schema(field: Field) -> dict[str, Any]:
    if field.kind == "rows":
        return {"type": "array", **field.limits, "items": _object(field.fields)}
    single: dict[str, Any] = {"type": _TYPES.get(field.kind, "string")}
    if field.options:
        single["enum"] = [option.value for option in field.options]
    if field.many:
        return {"type": "array", **field.limits, "items": single, "uniqueItems": True}
    bounds = {**single, **field.limits}
    return bounds | {"pattern": _whole(bounds["pattern"])} if "pattern" in bounds else bounds


def _whole(pattern: str) -> str:
    """The pattern held against the whole text, also where an alternative forgets one end."""
    return f"^(?:{pattern})$"
