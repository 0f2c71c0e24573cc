"""The outermost door: what every answer carries, and how a refusal looks."""

from collections.abc import Callable

from django.core.exceptions import DisallowedHost
from django.core.handlers.exception import response_for_exception
from django.db import DataError, InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import resolve
from django.utils import translation
from django.utils.translation import gettext

from zhongshu.base.http import events, headers, origin, paces
from zhongshu.base.http.doors import doors
from zhongshu.base.http.refusals import Absent, Conflict, Invalid, Refusal, TooLarge, TooMany, Unavailable

MACHINE = "/api/"
"""Where the machine doors are."""
MAX_BODY = 100 * 1024 * 1024
"""Bytes a request may carry at all; what a form or photo may weigh is less and said by its own door."""


def said(refusal: Refusal) -> str:
    """The refusal's sentence in the visitor's language."""
    return gettext(refusal.sentence).format(**refusal.gaps)


def as_json(refusal: Refusal) -> JsonResponse:
    """The refusal for a machine: what is wrong, where, and what happened meanwhile."""
    events.of_refusal(refusal)
    answer: dict[str, object] = {"error": said(refusal)}
    if refusal.field:
        answer["field"] = refusal.field
    if isinstance(refusal, Conflict):
        answer["happened"] = refusal.happened
    return JsonResponse(answer, status=refusal.status, headers=_retry(refusal))


def _retry(refusal: Refusal) -> dict[str, str]:
    return {"Retry-After": str(refusal.retry_after)} if isinstance(refusal, TooMany | Unavailable) else {}


def resting(_problem: Exception) -> Unavailable:
    """What a visitor hears while the database is starting again; the next request finds a new connection."""
    return Unavailable("数据库正在恢复，刚才的操作没有保存。请在几秒后重试。", retry_after=3)


def beyond() -> Invalid:
    """What a visitor hears when a number or text they sent is more than any column holds."""
    return Invalid("有一个数字或文字超出了能保存的范围，没有保存。请核对后再发。")


def _size(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def _machine(request: HttpRequest) -> HttpResponse:
    """Straight to the view: a machine brings a key, no session, no form, and needs none of what pages need."""
    with translation.override(translation.get_language_from_request(request)):
        try:
            found = request.resolver_match = resolve(request.path_info)
            response: HttpResponse = found.func(request, *found.args, **found.kwargs)
        except Http404:
            response = as_json(Absent("没有这个地址。"))
        except Exception as problem:
            response_for_exception(request, problem)  # logs it and tells the watchers; its page is not for a machine
            response = JsonResponse({"error": gettext("平台出了问题，已经记录。请稍后再试。")}, status=500)
    response.headers["Content-Security-Policy"] = headers.FOR_MACHINES
    return response


def _under_our_name(request: HttpRequest) -> bool:
    try:
        request.get_host()
    except DisallowedHost:
        return False
    return True


def _no_such_name() -> HttpResponse:
    """Tells whoever sets the platform up which setting is missing."""
    lines = (
        "这个地址不在本站的名单中；运维人员请把它加入 ZHONGSHU_ALLOWED_HOSTS。",
        "This name is not one of ours; the operator adds it to ZHONGSHU_ALLOWED_HOSTS.",
    )
    policy = {"Content-Security-Policy": headers.FOR_MACHINES}
    return HttpResponse("\n".join(lines), status=400, content_type="text/plain; charset=utf-8", headers=policy)


class Doors:
    """Sets the headers of every answer, turns refusals into answers, and lets nothing in that is too large."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with events.kept() as noted:
            response = headers.dress(request, self._answer(request))
        for event in noted:
            doors.record(event, getattr(request, "by", None) or getattr(request, "auth", None))
        return response

    def _answer(self, request: HttpRequest) -> HttpResponse:
        if _size(request) > MAX_BODY:
            return self._refused(request, TooLarge("上传内容过大：一次最多 {limit} MB。", limit=MAX_BODY >> 20))
        if request.path_info.startswith(MACHINE):
            return self._known(request, _machine(request))
        if not _under_our_name(request):
            events.note("security.host_refused", {})
            return _no_such_name()
        try:
            paces.keep(paces.FLOOD, origin.network(request))
        except TooMany as refusal:
            return self._refused(request, refusal)
        return self.get_response(request)

    def _known(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """The answer of the machine door; who brings wrong keys again and again has to wait, and it is kept."""
        if response.status_code == 401 and request.headers.get("Authorization"):
            events.note("security.key_refused", {})
            try:
                paces.keep(paces.KNOCK, origin.network(request))
            except TooMany as refusal:
                return self._refused(request, refusal)
        return response

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """A refusal that no view has shown itself becomes a page (or JSON) with the right status."""
        if isinstance(problem, OperationalError | InterfaceError):
            problem = resting(problem)
        if isinstance(problem, DataError):
            problem = beyond()
        return self._refused(request, problem) if isinstance(problem, Refusal) else None

    def _refused(self, request: HttpRequest, problem: Refusal) -> HttpResponse:
        events.of_refusal(problem)
        if request.path_info.startswith(MACHINE) or request.headers.get("Accept", "").startswith("application/json"):
            return as_json(problem)
        page = {"refusal": problem, "sentence": said(problem), "happened": getattr(problem, "happened", [])}
        response = render(request, "refusal.html", page, status=problem.status)
        for name, value in _retry(problem).items():
            response[name] = value
        return response
