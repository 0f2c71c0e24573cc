"""Going on and off duty."""

from collections.abc import Mapping
from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from zhongshu.base.http import access
from zhongshu.base.http.refusals import Invalid
from zhongshu.channels.mobile.presenters import places
from zhongshu.channels.mobile.presenters import shift as presenter
from zhongshu.engine.dispatch import actions as dispatch
from zhongshu.engine.dispatch.queries import duty, tracks
from zhongshu.registers.people.models import Account


@require_http_methods(["GET", "HEAD", "POST"])
@access.holding("mobile.open")
def shift(request: access.Request) -> HttpResponse:
    """Whether I am on duty, where and until when; signing in to a planned shift, beginning one, ending it."""
    if request.method != "POST":
        return _page(request, {})
    account = Account.objects.get(pk=request.by.id)
    if request.POST.get("go") == "end":
        dispatch.end_shift(account, by=request.by, at=request.at)
        return redirect("mobile:shift")
    try:
        _begin(request, account)
    except Invalid as problem:
        return _page(request, {problem.field: problem}, 422)
    return redirect("mobile:shift")


def _begin(request: access.Request, account: Account) -> None:
    planned = duty.coming(account.pk, request.at)
    if planned is not None:
        place, ends = planned.place, planned.ends
    else:
        place, length = _chosen(request)
        ends = request.at + length
    dispatch.begin_shift(account, place, ends=ends, by=request.by, at=request.at)


def _chosen(request: access.Request) -> tuple[int, timedelta]:
    place, hours = request.POST.get("place", ""), request.POST.get("hours", "")
    if place not in {str(choice.code) for choice in places.shift_choices(request.by, request.at)}:
        raise Invalid("请选择您值班的地方。", field="place")
    if hours not in {str(known) for known in presenter.HOURS}:
        raise Invalid("请选择值班多久。", field="hours")
    return int(place), timedelta(hours=int(hours))


def _page(request: access.Request, problems: Mapping[str, Invalid], status: int = 200) -> HttpResponse:
    current = duty.running(request.by.id, request.at)
    context = {
        "current": current, "coming": None if current else duty.coming(request.by.id, request.at),
        "following": duty.following(request.by.id, request.at), "kept": tracks.KEPT.days,
        "choices": places.shift_choices(request.by, request.at), "hours": [str(hours) for hours in presenter.HOURS],
        "place": request.POST.get("place", ""), "chosen": request.POST.get("hours", "8"), "problems": problems,
        "titles": {"place": gettext("在哪里值班"), "hours": gettext("值班多久")},
    }  # fmt: skip
    return render(request, "mobile/shift.html", context, status=status)
