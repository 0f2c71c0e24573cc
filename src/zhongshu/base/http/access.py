"""Who may use a page: every view says so with one of these, and a guard test finds one that does not."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase

from zhongshu.base.http import paces
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
    """What a view asks of its visitors: nothing, to be signed in, or to hold a permission somewhere."""

    signed_in: bool = False
    permission: str = ""


View = Callable[..., HttpResponseBase]


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
            if access.permission and not permissions.holds_anywhere(request.by, access.permission, request.at):
                raise Forbidden("您的岗位没有这个页面的权限。如有需要，请联系系统管理员。")
            return view(request, *args, **kwargs)

        enter.access = access  # type: ignore[attr-defined]
        return enter

    return decorate


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """Back to where one was going after signing in; htmx is told to go there with the whole page."""
    if request.headers.get("Accept", "").startswith("application/json"):
        raise Unauthenticated("请先登录。")
    target = f"{settings.LOGIN_URL}?{urlencode({'next': request.get_full_path()})}"
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": target})
    return HttpResponseRedirect(target)


anyone = _guarded(Access())
signed_in = _guarded(Access(signed_in=True))


def holding(permission: str) -> Callable[[View], View]:
    """Only for those who hold the permission somewhere; over which things, the action or query decides."""
    return _guarded(Access(signed_in=True, permission=permission))
