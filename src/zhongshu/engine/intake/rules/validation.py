"""The compiled JSON Schema validator of a questionnaire's answers, and its errors as sentences."""

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError
from jsonschema.protocols import Validator
from jsonschema.validators import extend

from zhongshu.engine.decisions.rules.temporal import read_date
from zhongshu.engine.intake.rules import pattern
from zhongshu.engine.intake.rules.shape import LARGEST_NUMBER, Field

_TYPES = {"number": "number", "integer": "integer", "boolean": "boolean"}
_PHONE = re.compile(r"(?:1[3-9]\d{9}|0\d{2,3}-?\d{7,8}(?:-\d{1,6})?|400-?\d{3}-?\d{4}|\+[1-9]\d{6,14})", re.ASCII)
_PHOTO = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_FORMATS = FormatChecker(formats=())
_FORMATS.checks("date")(lambda value: not isinstance(value, str) or _is_day(value))
_FORMATS.checks("phone")(lambda value: not isinstance(value, str) or bool(_PHONE.fullmatch(value)))
_FORMATS.checks("photo")(lambda value: not isinstance(value, str) or bool(_PHOTO.fullmatch(value)))

SENTENCES = {
    "type number": "请填写数字，例如 12 或 3.5。",
    "type integer": "请填写整数，例如 12。",
    "type boolean": "请选择是或否。",
    "type string": "请填写一段文字。",
    "type array": "请从列出的选项中选择。",
    "format date": "请填写真实的日期，例如 2026-03-01。",
    "format phone": "请填写手机号码，或带区号的固定电话，例如 025-12345678。",
    "format photo": "照片没有上传成功，请重新上传。",
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
    "minItems": "请至少选 {limit} 项。",
    "maxItems": "最多选 {limit} 项，请减少。",
    "uniqueItems": "同一项不能选两次，请去掉重复的。",
}


def _is_day(text: str) -> bool:
    return len(text) == len("2026-03-01") and read_date(text) is not None


def _pattern(_: Validator, text: str, value: Any, __: Any) -> Iterator[ValidationError]:
    known = pattern.compile(text)
    if isinstance(value, str) and not (known and len(value) <= pattern.LONGEST and known.fullmatch(value)):
        yield ValidationError("pattern")


def _multiple(_: Validator, step: Any, value: Any, __: Any) -> Iterator[ValidationError]:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if number and abs(value) <= LARGEST_NUMBER and Fraction(str(value)) % Fraction(str(step)):
        yield ValidationError("multipleOf")


_Answers: type[Validator] = extend(Draft202012Validator, {"pattern": _pattern, "multipleOf": _multiple})


def validator(fields: Iterable[Field]) -> Validator:
    """One validator for all answers; which are required depends on what is shown and is not its matter."""
    properties = {field.name: _schema(field) for field in fields}
    return _Answers(
        {"type": "object", "properties": properties, "additionalProperties": False}, format_checker=_FORMATS
    )


def _schema(field: Field) -> dict[str, Any]:
    single: dict[str, Any] = {"type": _TYPES.get(field.kind, "string")}
    if field.options:
        single["enum"] = [option.value for option in field.options]
    if field.kind in ("date", "phone", "photo"):
        single["format"] = field.kind
    if not field.many:
        return {**single, **field.limits}
    return {"type": "array", **field.limits, "items": single, "uniqueItems": True}


def sentence(error: ValidationError) -> tuple[str, dict[str, Any]]:
    """What to tell the person who gave the answer: a sentence and what fills its gaps."""
    keyword, limit = str(error.validator), error.validator_value
    text = SENTENCES.get(keyword) or SENTENCES[f"{keyword} {limit}"]
    gaps = {"limit": limit, "length": len(error.instance) if isinstance(error.instance, str) else 0}
    return text, {name: value for name, value in gaps.items() if f"{{{name}}}" in text}
