"""Who may use a page: every view says so with one of these, and a guard test finds one that does not."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any, Literal
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase

from zhongshu.base.http import browsers, paces, reading
from zhongshu.base.http.doors import doors
from zhongshu.base.http.refusals import Forbidden, Unauthenticated
from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.rules import ANONYMOUS, Actor


class Request(HttpRequest):
    """A request that has passed its door: `by` is who sends it, `at` the business moment it came."""

    by: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class Access:
    """What a view asks of its visitors: nothing, to be signed in, or to hold a permission somewhere.

    `fresh`: that they have proved who they are within the last ten minutes, for what they send or for the whole page.
    """

    signed_in: bool = False
    permission: str = ""
    fresh: Literal["", "sent", "page"] = ""


View = Callable[..., HttpResponseBase]
PROVE_URL = "/account/prove/"
SENT_AGAIN = "sent_again"
"""In a session: that the next page is to say that a form was not taken and has to be sent again."""
_READING = frozenset({"GET", "HEAD", "OPTIONS"})


def _guarded(access: Access) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        @wraps(view)
        def enter(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
            request.at = doors.now()
            actor = doors.actor_of(request, request.at)
            request.by = actor or ANONYMOUS
            match = request.resolver_match
            paces.keep(*paces.of(request, request.by, doors.paces.get(match.view_name, "") if match else ""))
            if access.signed_in and actor is None:
                return _to_sign_in(request)
            _in_own_name(request)
            if access.permission and not permissions.holds_anywhere(request.by, access.permission, request.at):
                raise Forbidden("您的岗位没有这个页面的权限。如有需要，请联系系统管理员。")
            if _stale(request, access):
                return _to_prove(request)
            return view(request, *args, **kwargs)

        enter.access = access  # type: ignore[attr-defined]
        return enter

    return decorate


def _in_own_name(request: Request) -> None:
    """Refuse who acts for another on a page that is about oneself or one's office."""
    page = request.resolver_match
    if request.by.mandate and page and not {page.namespace, page.view_name} & doors.for_another:
        raise Forbidden("您正在代他人办理，这个页面只能以自己的身份使用。请先结束代办。")


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """Back to where one was going after signing in; htmx is told to go there with the whole page.

    A form that was sent from a page of a session that has ended is kept first.
    """
    if request.headers.get("Accept", "").startswith("application/json"):
        raise Unauthenticated("请先登录。")
    kept = doors.set_aside(request, doors.now()) if request.method not in _READING else None
    if kept is None:
        return _led_to(request, settings.LOGIN_URL, request.get_full_path())
    return browsers.remember(_led_to(request, settings.LOGIN_URL, kept.onward), kept.browser)


def _stale(request: Request, access: Access) -> bool:
    asked = access.fresh == "page" or (access.fresh == "sent" and request.method not in _READING)
    return asked and not doors.is_fresh(request, request.at)


def _to_prove(request: Request) -> HttpResponse:
    """Asks again who one is, then leads back to the page with the form, which says that it has to be sent again."""
    if request.headers.get("Accept", "").startswith("application/json"):
        raise Unauthenticated("这一步需要重新确认身份，请在页面上确认后再试。")
    if request.method in _READING:
        return _led_to(request, PROVE_URL, request.get_full_path())
    request.session[SENT_AGAIN] = True
    return _led_to(request, PROVE_URL, _form_of(request))


def _form_of(request: Request) -> str:
    """The page whose form was sent: the one it came from, when that is ours."""
    came = urlsplit(reading.own_page(request, request.headers.get("Referer", "")))
    path = came.path if came.netloc else request.path
    return f"{path}?{came.query}" if came.netloc and came.query else path


def _led_to(request: HttpRequest, page: str, onward: str) -> HttpResponse:
    target = f"{page}?{urlencode({'next': onward})}"
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": target})
    return HttpResponseRedirect(target)


anyone = _guarded(Access())
signed_in = _guarded(Access(signed_in=True))
signed_in_fresh = _guarded(Access(signed_in=True, fresh="page"))


def holding(permission: str, *, fresh: bool = False) -> Callable[[View], View]:
    """Only for those who hold the permission somewhere; over which things, the action or query decides.

    `fresh`: what is sent here needs a proof of who one is not older than ten minutes (step-up).
    """
    return _guarded(Access(signed_in=True, permission=permission, fresh="sent" if fresh else ""))
