"""What browsers tell us of themselves, and what a form hears that did not come from our page."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode, urlsplit

import msgspec
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.csrf import csrf_failure
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from zhongshu.base.http import access, browsers, events
from zhongshu.base.http.doors import doors
from zhongshu.base.http.refusals import Refusal

_MOST_BYTES = 16_384
_DIRECTIVES = frozenset(
    f"{kind}-src{part}" for kind in ("default", "script", "style") for part in ("", "-elem", "-attr")
) | {
    *("img-src", "media-src", "connect-src", "worker-src", "object-src", "font-src", "frame-src"),
    *("base-uri", "form-action", "frame-ancestors"),
}  # fmt: skip


@csrf_exempt  # a browser sends it by itself, without a form
@require_POST
@access.anyone
def violated(request: access.Request) -> HttpResponse:
    """A page tried what its policy forbids (CSP 3, 5.3): kept by page and directive, without what stood in queries."""
    report = _report(request.body) if int(request.META.get("CONTENT_LENGTH") or 0) <= _MOST_BYTES else {}
    directive = str(report.get("effective-directive") or report.get("violated-directive") or "").split(" ")[0]
    if directive in _DIRECTIVES:
        page = urlsplit(str(report.get("document-uri", "")))
        ours = page.path[:200] if page.netloc == request.get_host() else ""
        events.note("security.policy_violated", {"directive": directive, "page": ours})
    return HttpResponse(status=204)


def _report(body: bytes) -> dict[str, Any]:
    try:
        read = msgspec.json.decode(body)
    except msgspec.DecodeError:
        return {}
    report = read.get("csp-report") if isinstance(read, dict) else None
    return report if isinstance(report, dict) else {}


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without the sign of our own page (CSRF): refused, and kept that it was tried.

    One that carries a draft was drawn before somebody signed in anew in another window: it is set aside for who it was
    drawn for, never done, and they are led to where they can look at it and send it again.
    """
    at = doors.now()
    if kept := doors.set_aside(request, at):
        to = kept.onward if _is_known(request, at) else f"{settings.LOGIN_URL}?{urlencode({'next': kept.onward})}"
        return browsers.remember(HttpResponseRedirect(to), kept.browser)
    events.note(
        "security.forgery_refused", {"page": request.resolver_match.view_name if request.resolver_match else ""}
    )
    return csrf_failure(request, reason)


def _is_known(request: HttpRequest, at: datetime) -> bool:
    try:
        return doors.actor_of(request, at) is not None
    except Refusal:  # a mandate that is over: they are themselves again
        return True
