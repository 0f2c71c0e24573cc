"""How every address of Open311 is entered and how it answers."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ClassVar

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.utils.translation import gettext

from zhongshu.affairs.city.open311 import queries
from zhongshu.affairs.city.open311.rules.written import FORMATS, written
from zhongshu.base.http import limits, origin
from zhongshu.base.http.access import Request, View, anyone
from zhongshu.base.http.limits import Limit
from zhongshu.base.http.middleware import resting, said
from zhongshu.base.http.refusals import Absent, Refusal, TooMany, Unauthenticated, Unavailable
from zhongshu.engine.intake.rules.questionnaire import Unfit
from zhongshu.registers.people import queries as people

READS = Limit("open311.read", 120, 60)
"""Reading needs no key; who sends one is counted by its own limit."""
_STATUS = {401: 403, 422: 400}
"""Ours → GeoReport's: what is wrong is a 400, a key that is missing or unknown a 403."""

Answer = tuple[str, Any]
"""The outermost element and what is in it."""


class NotAllowed(Refusal):
    """The address does not take this method; `methods` are those it takes."""

    status: ClassVar[int] = 405


def door(*methods: str) -> Callable[[Callable[..., Answer]], View]:
    """A view that takes these methods, reading open to anybody unless the operator keeps it to keys: what it answers,
    or refuses, goes out in the asked format.
    """

    def decorate(view: Callable[..., Answer]) -> View:
        @anyone
        @wraps(view)
        def enter(request: Request, *, format: str, **named: str) -> HttpResponse:
            try:
                _come_in(request, format, methods)
                root, value = view(request, **named)
            except Refusal as refusal:
                return _refused(format, refusal)
            except (OperationalError, InterfaceError) as problem:
                return _refused(format, resting(problem))
            return HttpResponse(written(format, root, value), content_type=FORMATS[format])

        return enter

    return decorate


def _come_in(request: Request, format: str, methods: tuple[str, ...]) -> None:
    if format not in FORMATS:
        raise Absent("没有 {format} 格式，地址请以 .json 或 .xml 结尾。", format=format[:20])
    if request.method not in methods:
        raise NotAllowed("这个地址只接受 {methods}。", methods=", ".join(methods))
    if request.method != "POST":
        _count(request)
        queries.check_jurisdiction(request.GET.get("jurisdiction_id", "").strip())


def _count(request: Request) -> None:
    """Count a reading under the key that came with it, else under the network address, where no key is needed."""
    if token := bearer(request):
        people.key_holder(token, request.at)
    elif settings.OPEN311_PUBLIC:
        limits.take(READS, origin.network(request), request.at)
    else:
        raise Unauthenticated("本市的开放接口只供已登记的系统读取；请在 Authorization 头里带上密钥。")


def bearer(request: Request) -> str:
    """The key in the Authorization header; empty when there is none."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def _refused(format: str, refusal: Refusal) -> HttpResponse:
    """A list of {code, description}, as GeoReport v2 has errors; in JSON where the format asked for is none."""
    format = format if format in FORMATS else "json"
    status = _STATUS.get(refusal.status, refusal.status)
    errors = [{"code": status, "description": line} for line in _lines(refusal)]
    response = HttpResponse(written(format, "errors", errors), content_type=FORMATS[format], status=status)
    if isinstance(refusal, TooMany | Unavailable):
        response["Retry-After"] = str(refusal.retry_after)
    if isinstance(refusal, NotAllowed):
        response["Allow"] = refusal.gaps["methods"]
    return response


def _lines(refusal: Refusal) -> list[str]:
    """One line, or of answers that do not fit one for each."""
    if not isinstance(refusal, Unfit):
        return [said(refusal)]
    problems = refusal.problems.items()
    return [f"attribute[{name}]: {gettext(p.sentence).format(**p.gaps)}" for name, p in problems]
