"""The way of a patrol: agreeing that it is kept, sending it, seeing one's own."""

import json

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from zhongshu.base.http import access
from zhongshu.base.http.refusals import Invalid
from zhongshu.channels.mobile.presenters import track as presenter
from zhongshu.channels.mobile.views import answers
from zhongshu.channels.presenters import ways
from zhongshu.engine.dispatch.actions import tracks
from zhongshu.engine.dispatch.queries import tracks as queries


@require_safe
@access.holding("mobile.open")
def track(request: access.Request) -> HttpResponse:
    """My way in one of my shifts: on a map and in a list; the newest unless one is chosen."""
    shifts = queries.latest(request.by, request.at)
    chosen = _number(request.GET.get("shift", "")) or (shifts[0][0].pk if shifts else None)
    way = ways.shown(queries.own(chosen, request.by)) if chosen is not None else None
    context = {"way": way, "shifts": presenter.shifts(shifts, chosen), "kept": queries.KEPT.days}
    return render(request, "mobile/track.html", context)


@require_POST
@access.holding("mobile.open")
def agree(request: access.Request) -> HttpResponse:
    """Let one's way be kept from now on, or no longer."""
    tracks.agree("stop" if request.POST.get("go") == "stop" else "begin", by=request.by, at=request.at)
    return answers.went(request, reverse("mobile:shift"))


@require_POST
@access.holding("mobile.open")
def points(request: access.Request, shift: int) -> HttpResponse:
    """Take points of a way in, as JSON under `points`: rows of [seconds ago, lon, lat, accuracy]."""
    try:
        rows = json.loads(request.POST.get("points", ""))
    except (ValueError, RecursionError):
        raise Invalid("没有读到轨迹的点。", field="points") from None
    tracks.keep(shift, rows, by=request.by, at=request.at)
    return answers.went(request, reverse("mobile:track"))


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 15 else None
