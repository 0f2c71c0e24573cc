"""Devices of a connected system: how often each told and was wrong, and the browsers bound to its account."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from zhongshu.base.http import access
from zhongshu.base.http.refusals import Absent, Invalid
from zhongshu.channels.desk.admin.presenters import keys as presenter
from zhongshu.channels.desk.admin.presenters import tabs
from zhongshu.channels.presenters import names
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.queries import devices as told
from zhongshu.registers.identity import actions as identity
from zhongshu.registers.identity import queries as known
from zhongshu.registers.people.models import Account

MOST_BOUND = 50


@access.holding("keys.manage")
def devices(request: access.Request, account: UUID) -> HttpResponse:
    """The devices behind an account's keys, by name."""
    return _page(request, _sender(request, account))


@access.holding("keys.manage")
@require_POST
def review(request: access.Request, account: UUID) -> HttpResponse:
    """Keep that a device was looked into, and what was found."""
    sender, device = _sender(request, account), request.POST.get("device", "")
    try:
        cases.review_device(sender.pk, device, request.POST.get("reason", ""), by=request.by, at=request.at)
    except Invalid as problem:
        return _page(request, sender, wrong=problem, device=device, status=422)
    return redirect("desk:devices", account)


@access.holding("keys.manage", fresh=True)
@require_POST
def bind(request: access.Request, account: UUID) -> HttpResponse:
    """Give the code that binds a kiosk's or reader's browser; it is shown this once."""
    sender = _sender(request, account)
    try:
        code = identity.enrol_code(sender, network=request.POST.get("network", "")[:64], by=request.by, at=request.at)
    except Invalid as problem:
        return _page(request, sender, unbound=problem, status=422)
    answer = _page(request, sender, code=code)
    answer["Cache-Control"] = "no-store"
    return answer


@access.holding("keys.manage")
@require_POST
def unbind(request: access.Request, account: UUID, bound: UUID) -> HttpResponse:
    """Revoke a bound browser: its next request is nobody's."""
    found = known.devices(_sender(request, account).pk).filter(pk=bound).first()
    if found is None:
        raise Absent("没有这台设备。")
    identity.revoke_device(found, by=request.by, at=request.at)
    return redirect("desk:devices", account)


def _sender(request: access.Request, account: UUID) -> Account:
    found = next((one for one in presenter.systems(request.by, request.at) if one.pk == account), None)
    if found is None:
        raise Absent("没有这个系统或设备账号。")
    return found


def _page(
    request: access.Request, sender: Account, *, wrong: Invalid | None = None, device: str = "", code: str = "",
    unbound: Invalid | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    rows = told.of_sender(sender.pk, request.GET.get("after", "")[:64])
    context = {
        "tabs": tabs.tabs(request), "sender": sender, "body": names.body(sender.body_id), "rows": rows,
        "bound": known.devices(sender.pk)[:MOST_BOUND], "code": code, "unbound": unbound,
        "next": rows[-1].device if len(rows) == told.PAGE else "", "wrong": wrong, "device": device,
        "typed": request.POST.get("reason", ""),
    }  # fmt: skip
    return render(request, "desk/admin/devices.html", context, status=status)
