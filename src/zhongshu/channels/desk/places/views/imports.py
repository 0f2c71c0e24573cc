"""A file of places: first checked, then taken in; and the imports of the past."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from zhongshu.base.http import access
from zhongshu.base.http.refusals import Conflict, Refusal
from zhongshu.channels.desk.places import forms
from zhongshu.channels.desk.places.presenters import imports as presenter
from zhongshu.channels.desk.places.presenters import tabs
from zhongshu.registers.places import actions as places
from zhongshu.registers.places.actions.importing import scope
from zhongshu.registers.places.queries import imports
from zhongshu.registers.places.queries.incoming.preview import preview
from zhongshu.registers.places.rules.rows import BrokenRows


@access.holding("places.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def take_in(request: access.Request) -> HttpResponse:
    """Send a file: what it would change is shown; it is taken in when the very file that was checked is sent again."""
    if request.method != "POST":
        return _answer(request, {})
    try:
        return _answer(request, _acted(request))
    except Refusal as problem:
        return _answer(request, {"problem": problem, "problems": {problem.field: problem}}, problem.status)


def _acted(request: access.Request) -> dict[str, Any]:
    go, basis = request.POST.get("go", ""), request.POST.get("basis", "")
    sound_only = go == "sound"
    order = forms.order(request, sound_only=sound_only)
    if go in ("all", "sound") and basis:
        try:
            taken = places.take_in(order, by=request.by, at=request.at, basis=basis)
        except BrokenRows:
            pass  # shown below, row by row
        else:
            return {"shown": presenter.shown(taken.preview), "taken": True, "loose": taken.loose}
    elif go != "check":
        raise Conflict("这个文件还没有检查过；请先点“检查”。")
    found = preview(order, scope(request.by, request.at))
    return {"shown": presenter.shown(found), "basis": found.basis}


def _answer(request: access.Request, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """The outcome alone for htmx (the chosen file stays chosen), else the whole page with what was chosen."""
    if request.headers.get("HX-Request"):
        return render(request, "desk/places/outcome.html", context | {"part": True}, status=status)
    typed = request.POST.dict() if request.method == "POST" else {"register": "regions"}
    context = {
        "tabs": tabs.tabs(request), "typed": typed, "registers": presenter.registers(typed.get("register", "")),
        "datums": presenter.datums(typed.get("datum", "")), **context,
    }  # fmt: skip
    return render(request, "desk/places/import.html", context, status=status)


@access.holding("places.manage")
def past(request: access.Request) -> HttpResponse:
    """The imports there have been, newest first."""
    said = request.GET.get("before", "")
    before = int(said) if said.isascii() and said.isdecimal() and len(said) < 10 else None
    found = imports.imports(before, imports.PAGE + 1)
    context = {
        "tabs": tabs.tabs(request), "imports": presenter.past(found[: imports.PAGE]), "later": before is not None,
        "next": found[imports.PAGE - 1].number if len(found) > imports.PAGE else "",
    }  # fmt: skip
    return render(request, "desk/places/imports.html", context)
