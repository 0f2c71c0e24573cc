"""Kiosks and readers: binding a browser, and letting a bound one in."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from zhongshu.base.http import access, limits
from zhongshu.base.http.limits import Limit
from zhongshu.base.http.origin import address
from zhongshu.base.http.refusals import Refusal
from zhongshu.base.permissions.rules import ANONYMOUS
from zhongshu.channels.account.views import entering
from zhongshu.registers.identity import actions as identity

COOKIE = "device"
TRIES = Limit("account.device", 10, 900)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@access.anyone
def bind(request: access.Request) -> HttpResponse:
    """Bind this browser to a device account with the code the administrator has read out."""
    if request.method != "POST":
        bound = request.by is not ANONYMOUS and request.by.kind == "device"
        return render(request, "account/device.html", {"bound": bound, "problems": {}})
    try:
        limits.take(TRIES, address(request), request.at)
        made = identity.bind_device(request.POST.get("code", ""), origin=entering.origin(request), at=request.at)
    except Refusal as problem:
        return render(request, "account/device.html", {"problems": {"code": problem}}, status=problem.status)
    answer = entering.enter(request, made.device.account, "device", request.path)
    answer.set_cookie(
        COOKIE, made.token, max_age=identity.devices.GOOD_FOR, httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
    return answer


def come_in(request: access.Request, onward: str) -> HttpResponse | None:
    """A bound browser signs in by what it holds; None for any other."""
    token = request.COOKIES.get(COOKIE, "")
    device = identity.devices.wake(token, origin=entering.origin(request), at=request.at) if token else None
    return entering.enter(request, device.account, "device", onward) if device else None
