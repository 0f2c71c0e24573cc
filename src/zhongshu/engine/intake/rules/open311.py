"""A questionnaire as other programs ask for it: Open311 GeoReport v2, GET Service Definition."""

from typing import Any, Literal

from zhongshu.engine.intake.rules.shape import Field, Kind, Option, Questionnaire

_TYPES: dict[Kind, str] = {
    "text": "string",
    "longtext": "text",
    "number": "number",
    "integer": "number",
    "boolean": "singlevaluelist",
    "choice": "singlevaluelist",
    "choices": "multivaluelist",
    "date": "datetime",
    "phone": "string",
}
_TRUTHS = (Option("true", "是", "Yes"), Option("false", "否", "No"))


def definition(code: str, questionnaire: Questionnaire, language: Literal["zh", "en"]) -> dict[str, Any]:
    """The service definition of the service with this code, its texts in one language.

    Photos are left out: Open311 sends them beside the attributes, as media. A question asked only
    under a condition is never marked required, since Open311 knows no conditions.
    """
    asked = [field for field in questionnaire.fields if field.kind != "photo"]
    return {
        "service_code": code,
        "attributes": [_attribute(field, order, language) for order, field in enumerate(asked, 1)],
    }


def _attribute(field: Field, order: int, language: str) -> dict[str, Any]:
    english = language == "en"
    options = _TRUTHS if field.kind == "boolean" else field.options
    values = [{"key": option.value, "name": option.label_en if english else option.label} for option in options]
    return {
        "variable": True,
        "code": field.name,
        "datatype": _TYPES[field.kind],
        "required": field.required and field.visible is None,
        "datatype_description": field.hint(language) or None,
        "order": order,
        "description": field.called(language),
        **({"values": values} if values else {}),
    }
