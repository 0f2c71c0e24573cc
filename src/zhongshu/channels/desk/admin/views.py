"""Keys of connected systems: who has which, issuing and revoking."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from zhongshu.base.http import access
from zhongshu.base.http.refusals import Absent, Invalid
from zhongshu.channels.desk.admin import forms
from zhongshu.channels.presenters import names
from zhongshu.engine.cases.queries import clocks
from zhongshu.engine.cases.queries import devices as told
from zhongshu.registers.people import actions as people
from zhongshu.registers.people import queries as known
from zhongshu.registers.people.models import Account, ApiKey


@access.holding("keys.manage", fresh=True)
@require_http_methods(["GET", "HEAD", "POST"])
def keys(request: access.Request) -> HttpResponse:
    """The devices with their keys; a POST issues a key, shown this once."""
    if request.method != "POST":
        return _page(request)
    try:
        key = people.issue_key(
            _device(request), forms.name(request.POST), per_minute=forms.per_minute(request.POST),
            expires=forms.expires(request.POST, request.at), by=request.by, at=request.at,
        )  # fmt: skip
    except Invalid as problem:
        return _page(request, problems={problem.field: problem}, typed=request.POST.dict(), status=422)
    answer = _page(request, key=key)
    answer["Cache-Control"] = "no-store"
    return answer


@access.holding("keys.manage")
@require_POST
def revoke(request: access.Request, key: UUID) -> HttpResponse:
    """Revoke a key: the next request with it is refused."""
    found = ApiKey.objects.filter(pk=key).first()
    if found is None:
        raise Absent("没有这个密钥。")
    people.revoke_key(found, by=request.by, at=request.at)
    return redirect("desk:admin")


def _device(request: access.Request) -> Account:
    wanted = request.POST.get("account", "")
    found = next((device for device in known.devices() if str(device.pk) == wanted), None)
    if found is None:
        raise Invalid("请选择密钥发给哪个系统。", field="account")
    return found


def _page(
    request: access.Request,
    *,
    key: str = "",
    problems: Mapping[str, Any] | None = None,
    typed: Mapping[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    holders = list(known.devices())
    totals = told.totals([device.pk for device in holders])
    devices = [(device, names.body(device.body_id), totals.get(device.pk)) for device in holders]
    called = {device.pk: device.name for device in holders}
    context = {
        "devices": devices,
        "reckonings": clocks.reckonings(),
        "flagged": [(one, called.get(one.sender, "")) for one in told.flagged()],
        "key": key,
        "problems": problems or {},
        "typed": typed or {"per_minute": "600"},
    }
    return render(request, "desk/admin/keys.html", context, status=status)
