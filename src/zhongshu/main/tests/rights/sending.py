"""What visitors send, so that what is refused is refused for want of a right and not for want of a reason."""

from typing import Any

from zhongshu.main.api import api
from zhongshu.main.rights.addresses import Door

_OF = {
    "GET desk:figure_cases": {"what": "opened", "of": ""},
    "GET screen:cases": {"what": "overdue"},
    "POST desk:rosters": {"body": "-{body_id}"},
}
"""What an address takes that has other words for it than the rest."""


def sent(name: str, door: Door, things: dict[str, Any]) -> dict[str, Any]:
    """What goes with a request to the address of this line: `GET desk:cases`, `POST /v1/cases/{case_id}/merge`."""
    method = name.partition(" ")[0]
    special = {field: value.format(**things) for field, value in _OF.get(name, {}).items()}
    if method == "GET":
        return special
    return (_body(door, method, things) if door.machine else _form(things)) | special


def _form(things: dict[str, Any]) -> dict[str, Any]:
    """One form that fills in what any page asks for."""
    return {
        "reason": "核对过现场，情况属实。", "purpose": "电话核实现场情况", "amount": "1", "hours": "2",
        "body": things["body_id"], "number": things["number"], "points": "[]",
        "account": things["account"], "to": things["account"], "into": things["other"], "other": things["other"],
        "kind": "related", "what": "身份证明", "why": "申请人未提交", "question": "请核对是否属实", "reply": "agreed",
        "release_reason": "不在辖区", "assign_reason": "就近处置", "answer": "yes", "signer": f"a:{things['account']}",
        "level": "5", "lon": "120.9", "lat": "29.8", "act": "approve", "response": "5", "result": "5", "attitude": "5",
    }  # fmt: skip


def _body(door: Door, method: str, things: dict[str, Any]) -> dict[str, Any]:
    """The smallest body that the description of an operation takes, of the things of this city."""
    described = api.get_openapi_schema()
    path = "/" + door.pattern.replace("<", "{").replace(">", "}").lstrip("/")
    asked = described["paths"][path][method.lower()].get("requestBody", {}).get("content", {})
    schema = next(iter(asked.values()), {}).get("schema", {})
    return _example(_named(schema, described), described, _form(things)) if schema else {}


def _named(schema: dict[str, Any], described: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in schema:
        schema = described["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return schema


def _example(schema: dict[str, Any], described: dict[str, Any], known: dict[str, Any]) -> Any:
    schema = _named(schema, described)
    if schema.get("type") == "object":
        return {
            name: _value(name, _named(one, described), described, known)
            for name, one in schema.get("properties", {}).items()
            if name in schema.get("required", ())
        }
    if schema.get("type") == "array":
        return [_example(schema.get("items", {}), described, known)]
    return {"integer": 1, "number": 1.0, "boolean": True}.get(schema.get("type", ""), "x" * schema.get("minLength", 1))


def _value(name: str, schema: dict[str, Any], described: dict[str, Any], known: dict[str, Any]) -> Any:
    if name not in known or schema.get("type") in ("array", "object"):
        return _example(schema, described, known)
    take = {"integer": int, "number": float}.get(schema.get("type", ""), str)
    return take(known[name])
