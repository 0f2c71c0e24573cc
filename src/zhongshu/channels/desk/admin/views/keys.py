"""Keys of connected systems: who has which, issuing, replacing and revoking."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from zhongshu.base.http import access
from zhongshu.base.http.refusals import Absent, Invalid, Refusal
from zhongshu.channels.desk.admin.forms import keys as forms
from zhongshu.channels.desk.admin.presenters import keys as presenter
from zhongshu.channels.desk.admin.presenters import tabs
from zhongshu.registers.people import actions as people
from zhongshu.registers.people import queries as known
from zhongshu.registers.people.models import Account, ApiKey
from zhongshu.registers.people.rules.keys import USUAL_LIFE

MANAGE = "keys.manage"


@access.holding(MANAGE, fresh=True)
@require_http_methods(["GET", "HEAD", "POST"])
def keys(request: access.Request) -> HttpResponse:
    """The systems with their keys; a POST issues a key, shown this once."""
    if request.method != "POST":
        return _page(request)
    post = request.POST
    try:
        key = people.issue_key(
            _system(request), forms.name(post), scopes=post.getlist("scope"), networks=forms.networks(post),
            per_minute=forms.per_minute(post), per_day=forms.per_day(post), expires=forms.expires(post, request.at),
            by=request.by, at=request.at,
        )  # fmt: skip
    except Invalid as problem:
        typed = post.dict() | {"scopes": post.getlist("scope")}
        return _page(request, problems={problem.field: problem}, typed=typed, status=422)
    return _page(request, key=key)


@require_POST
@access.holding(MANAGE, fresh=True)
def revoke(request: access.Request, key: UUID) -> HttpResponse:
    """Revoke a key: the next request with it is refused."""
    people.revoke_key(_key(request, key), by=request.by, at=request.at)
    return redirect("desk:keys")


@require_POST
@access.holding(MANAGE, fresh=True)
def rotate(request: access.Request, key: UUID) -> HttpResponse:
    """Issue a key in the place of another, which goes on for some days; shown this once."""
    found = _key(request, key)
    try:
        fresh = people.rotate_key(found, overlap_days=forms.overlap(request.POST), by=request.by, at=request.at)
    except Refusal as problem:
        return _page(request, problems={"rotate": problem}, status=problem.status)
    return _page(request, key=fresh)


def _key(request: access.Request, key: UUID) -> ApiKey:
    """A key of a system the visitor looks after."""
    found = ApiKey.objects.select_related("account__body").filter(pk=key).first()
    if found is None or not known.manages(request.by, MANAGE, found.account.body, request.at):
        raise Absent("没有这个密钥。")
    return found


def _system(request: access.Request) -> Account:
    wanted = request.POST.get("account", "")
    found = next((one for one in presenter.systems(request.by, request.at) if str(one.pk) == wanted), None)
    if found is None:
        raise Invalid("请选择密钥发给哪个系统。", field="account")
    return found


def _page(
    request: access.Request,
    *,
    key: str = "",
    problems: Mapping[str, Any] | None = None,
    typed: Mapping[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    ends = (request.at + USUAL_LIFE).date() - timedelta(1)
    usual = {"per_minute": "600", "per_day": "100000", "expires": ends.isoformat(), "scopes": []}
    context = presenter.context(request.by, request.at) | {
        "tabs": tabs.tabs(request), "key": key, "problems": problems or {}, "typed": {**usual, **(typed or {})},
    }  # fmt: skip
    answer = render(request, "desk/admin/keys.html", context, status=status)
    answer["Cache-Control"] = "no-store"
    return answer
