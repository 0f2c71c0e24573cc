"""The outermost door: what every answer carries, and how a refusal looks."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext

from zhongshu.base.http.refusals import Conflict, Refusal, TooLarge, TooMany

MAX_BODY = 100 * 1024 * 1024
"""Bytes a request may carry at all; what a form or photo may weigh is less and said by its own door."""

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(self), microphone=(self)",
}


def content_security_policy(request: HttpRequest) -> str:
    """Nothing from another host, no script in a page; only the live feed may be reached beside our own address."""
    return (
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
        f"connect-src 'self' {feed_url(request)}; worker-src 'self'; object-src 'none'; base-uri 'self'; "
        "form-action 'self'; frame-ancestors 'none'"
    )


def feed_url(request: HttpRequest) -> str:
    """The live feed's address for this browser: the setting, else this host on the feed's port."""
    if settings.FEED_URL:
        return settings.FEED_URL
    host = request.get_host().rsplit(":", 1)[0] if not request.get_host().endswith("]") else request.get_host()
    return f"{request.scheme}://{host}:{settings.FEED_PORT}"


def said(refusal: Refusal) -> str:
    """The refusal's sentence in the visitor's language."""
    return gettext(refusal.sentence).format(**refusal.gaps)


def as_json(refusal: Refusal) -> JsonResponse:
    """The refusal for a machine: what is wrong, where, and what happened meanwhile."""
    answer: dict[str, object] = {"error": said(refusal)}
    if refusal.field:
        answer["field"] = refusal.field
    if isinstance(refusal, Conflict):
        answer["happened"] = refusal.happened
    return JsonResponse(answer, status=refusal.status, headers=_retry(refusal))


def _retry(refusal: Refusal) -> dict[str, str]:
    return {"Retry-After": str(refusal.retry_after)} if isinstance(refusal, TooMany) else {}


class Doors:
    """Sets the headers of every answer, turns refusals into answers, and lets nothing in that is too large."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            size = int(request.headers.get("Content-Length") or 0)
        except ValueError:
            size = 0
        if size > MAX_BODY:
            response: HttpResponse = as_json(TooLarge("上传内容过大：一次最多 {limit} MB。", limit=MAX_BODY >> 20))
        else:
            response = self.get_response(request)
        for name, value in _HEADERS.items():
            response.setdefault(name, value)
        response.setdefault("Content-Security-Policy", content_security_policy(request))
        return response

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """A refusal that no view has shown itself becomes a page (or JSON) with the right status."""
        if not isinstance(problem, Refusal):
            return None
        if request.headers.get("Accept", "").startswith("application/json"):
            return as_json(problem)
        page = {"refusal": problem, "sentence": said(problem), "happened": getattr(problem, "happened", [])}
        response = render(request, "refusal.html", page, status=problem.status)
        for name, value in _retry(problem).items():
            response[name] = value
        return response
