"""A questionnaire as other programs ask for it: Open311 GeoReport v2, GET Service Definition."""

from typing import Any, Literal

from zhongshu.engine.intake.rules.shape import Field, Kind, Option, Questionnaire

_TYPES: dict[Kind, str] = {
    "text": "string",
    "longtext": "text",
    "number": "number",
    "integer": "number",
    "amount": "number",
    "boolean": "singlevaluelist",
    "choice": "singlevaluelist",
    "choices": "multivaluelist",
    "bodies": "multivaluelist",
    "date": "datetime",
    "date-time": "datetime",
    "time": "string",
    "phone": "string",
    "email": "string",
    "address": "string",
    "id-number": "string",
    "uscc": "string",
}
_TRUTHS = (Option("true", "是", "Yes"), Option("false", "否", "No"))


def definition(code: str, questionnaire: Questionnaire, language: Literal["zh", "en"]) -> dict[str, Any]:
    """The service definition of the service with this code, its texts in one language.

    Left out are photos and files (Open311 sends media beside the attributes), groups that repeat, of which it knows
    nothing, and what is worked out. A question asked only under a condition is never marked required, since Open311
    knows no conditions.
    """
    unconditional = {name for step in questionnaire.steps if step.visible is None for name in step.fields}
    asked = [field for field in questionnaire.fields if field.kind in _TYPES and field.computed is None]
    return {
        "service_code": code,
        "attributes": [
            _attribute(field, order, language, field.name in unconditional) for order, field in enumerate(asked, 1)
        ],
    }


def _attribute(field: Field, order: int, language: str, always: bool) -> dict[str, Any]:
    english = language == "en"
    options = _TRUTHS if field.kind == "boolean" else field.options
    values = [{"key": option.value, "name": option.label_en if english else option.label} for option in options]
    return {
        "variable": True,
        "code": field.name,
        "datatype": _TYPES[field.kind],
        "required": field.required and always and field.visible is None,
        "datatype_description": field.hint(language) or None,
        "order": order,
        "description": field.called(language),
        **({"values": values} if values else {}),
    }
