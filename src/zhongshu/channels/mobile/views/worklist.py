"""The list of tasks, and saying where one is."""

import re

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from zhongshu.base.http import access
from zhongshu.base.http.refusals import Invalid
from zhongshu.channels.mobile import forms
from zhongshu.channels.mobile.presenters import worklist
from zhongshu.engine.dispatch import actions as dispatch

_NUMBER = re.compile(r"[A-Z0-9-]{1,40}", re.ASCII)
_WORK = {"handler": "处置", "verifier": "核查"}


@require_safe
@access.holding("mobile.open")
def mine(request: access.Request) -> HttpResponse:
    """My tasks and those offered to my roles, nearest first; htmx gets the list alone."""
    held = worklist.roles(request.by, request.at)
    wanted = request.GET.get("role", "") if request.GET.get("role") in held else ""
    here = worklist.stand(request.by, request.at)
    context = {
        "roles": [(role, gettext(_WORK[role])) for role in held if role in _WORK],
        "wanted": wanted,
        "here": here,
        "mine": worklist.mine(request.by, wanted, here, request.at),
        "offered": worklist.offered(request.by, [wanted] if wanted else held, here, request.at),
        "done": _number(request, "done"),
        "reported": _number(request, "reported"),
        "closed": _number(request, "closed"),
    }
    return render(request, "mobile/list.html" if request.headers.get("HX-Request") else "mobile/mine.html", context)


def _number(request: access.Request, name: str) -> str:
    """A case's number in the page's address, to say what just succeeded."""
    text = request.GET.get(name, "")
    return text if _NUMBER.fullmatch(text) else ""


@require_POST
@access.holding("mobile.open")
def position(request: access.Request) -> HttpResponse:
    """Where the officer is now."""
    found = forms.position(request.POST, request.at)
    if found is None:
        raise Invalid("没有读到有效的位置，请重新定位。", field="position")
    dispatch.stand_at(found.lon, found.lat, by=request.by, at=request.at)
    return HttpResponse(status=204)
