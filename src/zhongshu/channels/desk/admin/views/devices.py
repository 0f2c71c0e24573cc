"""Devices behind the keys: how often each told and was wrong, and that somebody looked into it."""

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
from zhongshu.registers.people.models import Account


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


def _sender(request: access.Request, account: UUID) -> Account:
    found = next((one for one in presenter.systems(request.by, request.at) if one.pk == account), None)
    if found is None:
        raise Absent("没有这个系统或设备账号。")
    return found


def _page(
    request: access.Request, sender: Account, *, wrong: Invalid | None = None, device: str = "", status: int = 200
) -> HttpResponse:
    rows = told.of_sender(sender.pk, request.GET.get("after", "")[:64])
    context = {
        "tabs": tabs.tabs(request), "sender": sender, "body": names.body(sender.body_id), "rows": rows,
        "next": rows[-1].device if len(rows) == told.PAGE else "", "wrong": wrong, "device": device,
        "typed": request.POST.get("reason", ""),
    }  # fmt: skip
    return render(request, "desk/admin/devices.html", context, status=status)
