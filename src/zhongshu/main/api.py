"""The machine door of the whole platform: one documented API (OpenAPI 3.1) made of the packages' routers."""

from typing import Any

import msgspec
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import DataError, InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.parser import Parser

from zhongshu import __version__
from zhongshu.affairs.city.api import router as city
from zhongshu.base.http import middleware
from zhongshu.base.http.middleware import as_json
from zhongshu.base.http.refusals import Absent, Invalid, Refusal, TooLarge, Unauthenticated
from zhongshu.engine.cases.api import router as cases
from zhongshu.engine.dispatch.api import router as dispatch
from zhongshu.main.described import Described

WRONG = {
    "missing": "缺少这一项", "extra_forbidden": "没有这一项，请核对名称", "string": "应为文字", "int": "应为整数",
    "float": "应为数字", "finite_number": "应为数字", "bool": "应为 true 或 false", "dict": "应为一个对象",
    "model": "应为一个对象", "list": "应为一个列表", "uuid": "应为 UUID", "date": "应为带时区的 ISO 8601 时间",
    "greater": "超出范围", "less": "超出范围",
}  # fmt: skip
"""Beginning of pydantic's kind of error → what is wrong."""


class Strict(Parser):
    """Reads bodies as JSON in the narrow sense: no NaN, no half characters, no depth that would exhaust us."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The body as plain values; what cannot be read is an error."""
        return msgspec.json.decode(request.body)


api = Described(
    title="中枢 Zhongshu",
    version=__version__,
    description="城市事件与办件接口。City events and cases. Authorization: Bearer <key>.",
    docs_url=None,
    openapi_url="/openapi.json",
    urls_namespace="api",
    parser=Strict(),
)
api.add_router("/v1/city", city)
api.add_router("/v1/cases", cases)
api.add_router("/v1/dispatch", dispatch)


@api.exception_handler(Refusal)
def refused(_request: HttpRequest, problem: Refusal) -> HttpResponse:
    """A refusal as JSON, with its own status."""
    return as_json(problem)


@api.exception_handler(ValidationError)
def misread(_request: HttpRequest, problem: ValidationError) -> HttpResponse:
    """What cannot be parsed: names the first field at fault and what is wrong with it."""
    first = problem.errors[0]
    where = ".".join(str(part) for part in first["loc"][2:]) or str(first["loc"][-1])
    why = next((why for kind, why in WRONG.items() if str(first["type"]).startswith(kind)), "格式不对")
    return as_json(Invalid("{where} 有误：{why}。", field=where, where=where, why=gettext(why)))


@api.exception_handler(Http404)
def unknown(_request: HttpRequest, _problem: Http404) -> HttpResponse:
    """An address that leads nowhere."""
    return as_json(Absent("没有这个地址。"))


@api.exception_handler(AuthenticationError)
def unsigned(_request: HttpRequest, _problem: AuthenticationError) -> HttpResponse:
    """A request without a key."""
    return as_json(Unauthenticated("请在 Authorization 头中附上接口密钥：Bearer zs_…"))


@api.exception_handler(OperationalError)
@api.exception_handler(InterfaceError)
def resting(_request: HttpRequest, problem: Exception) -> HttpResponse:
    """The database is starting again."""
    return as_json(middleware.resting(problem))


@api.exception_handler(DataError)
def beyond(_request: HttpRequest, _problem: DataError) -> HttpResponse:
    """A number or text that no column holds."""
    return as_json(middleware.beyond())


@api.exception_handler(HttpError)
def unreadable(_request: HttpRequest, problem: HttpError) -> HttpResponse:
    """A body that is not JSON at all."""
    return JsonResponse(
        {"error": gettext("请求内容不是有效的 JSON，请检查格式和编码（UTF-8）。")}, status=problem.status_code
    )


@api.exception_handler(RequestDataTooBig)
def oversized(_request: HttpRequest, _problem: RequestDataTooBig) -> HttpResponse:
    """More than a JSON body may hold."""
    limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE >> 20
    return as_json(TooLarge("请求内容过大：JSON 最多 {limit} MB；照片请用上传接口。", limit=limit))
