"""The wall, what it shows as data, and the rows behind each of its numbers."""

from datetime import date
from typing import cast, get_args
from urllib.parse import urlencode

import msgspec
from django.http import HttpResponse
from django.shortcuts import render

from zhongshu.base.http import access
from zhongshu.base.http.refusals import Absent
from zhongshu.base.permissions import rules as permissions
from zhongshu.channels.screen.presenters import areas, board, names, rows
from zhongshu.channels.screen.presenters.areas import Area
from zhongshu.engine.cases.queries import behind, lists
from zhongshu.registers.places import queries as places


@access.holding("screen.open")
def wall(request: access.Request) -> HttpResponse:
    """The whole wall; complete without scripts."""
    open_to_me, area = _area(request)
    shown = board.board(area, places.root(), request.at)
    context = {
        "areas": open_to_me,
        "area": area,
        "board": shown,
        "bounds": msgspec.json.encode(areas.bounds(area)).decode(),
    }
    return render(request, "screen/wall.html", context)


@access.holding("screen.open")
def data(request: access.Request) -> HttpResponse:
    """What the wall shows now, for its script."""
    _, area = _area(request)
    body = msgspec.json.encode(board.board(area, places.root(), request.at))
    return HttpResponse(body, content_type="application/json", headers={"Cache-Control": "no-store"})


@access.holding("screen.open")
def cases(request: access.Request) -> HttpResponse:
    """The rows behind a number."""
    _, area = _area(request)
    number = _number(request)
    after = lists.After.parse(request.GET.get("after", ""))
    found = behind.rows(area.under, number, after, lists.PAGE + 1)
    following = rows.following(found, lists.PAGE)
    kept = {key: value for key, value in request.GET.items() if key != "after"}
    context = {
        "area": area, "heading": rows.heading(number), "items": rows.items(found[: lists.PAGE], request.at),
        "next": urlencode({**kept, "after": following}) if following else "",
    }  # fmt: skip
    return render(request, "screen/cases.html", context)


def _area(request: access.Request) -> tuple[list[Area], Area]:
    """The areas open to the visitor, and the one that is asked for."""
    scope = permissions.scope(request.by, "screen.open", request.at)
    found = areas.within(scope, places.root())
    return found, areas.chosen(found, request.GET.get("of", ""))


def _number(request: access.Request) -> behind.Number:
    """The number an address asks the rows of; Absent when there is none such."""
    what, phase, day = (request.GET.get(name, "") for name in ("what", "phase", "day"))
    try:
        on = date.fromisoformat(day) if day else None
    except ValueError:
        raise Absent("没有这一天：请从大屏上的数字进入。") from None
    known = what in get_args(behind.What) and (what != "phase" or phase in names.running_phases())
    if not known or (what in ("opened", "closed", "late") and on is None):
        raise Absent("没有这个数字：请从大屏上的数字进入。")
    return behind.Number(cast(behind.What, what), request.at, phase, on)
