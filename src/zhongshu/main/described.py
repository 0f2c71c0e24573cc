"""How the machine door describes itself (OpenAPI 3.1), in both languages."""

from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

REFUSALS = {
    "400": "内容读不出来 Not readable", "401": "没有密钥 No key", "403": "没有权限 Not allowed", "404": "没有 Absent",
    "409": "已有变化 It has moved on", "413": "过大 Too large", "422": "内容有误 Invalid", "429": "过于频繁 Too often",
    "503": "稍后再试 Resting",
}  # fmt: skip
"""What any operation may answer instead of what was asked for."""
REFUSED = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {"type": "string", "description": "错在哪里，怎么办。What is wrong and what to do."},
        "field": {"type": "string", "description": "有误的一项。The field at fault."},
        "happened": {"type": "array", "items": {"type": "object"}, "description": "其间发生的事，先后为序。"},
    },
}


class Described(NinjaAPI):
    """Describes beside what was asked for what every operation may answer instead."""

    def get_openapi_schema(self, **given: Any) -> OpenAPISchema:
        """The description of the machine door (OpenAPI 3.1)."""
        described = super().get_openapi_schema(**given)
        described["components"]["schemas"]["Refused"] = REFUSED
        content = {"application/json": {"schema": {"$ref": "#/components/schemas/Refused"}}}
        refusals = {status: {"description": said, "content": content} for status, said in REFUSALS.items()}
        for operations in described["paths"].values():
            for operation in operations.values():
                operation["responses"] = {str(k): v for k, v in operation["responses"].items()} | refusals
        return described
