"""The wall, and what its scripts ask for to keep it up to date."""

from typing import Any

import msgspec
from django.http import HttpResponse
from django.shortcuts import render

from zhongshu.base.http import access
from zhongshu.channels.screen.presenters import areas, board, moments, trends
from zhongshu.channels.screen.views import asked
from zhongshu.registers.places import queries as places

HOUR = 3_600


@access.holding("screen.open")
def wall(request: access.Request) -> HttpResponse:
    """The whole wall; complete without scripts but for the map."""
    open_to_me, area = asked.area(request)
    context = {
        "areas": open_to_me,
        "area": area,
        "board": board.board(area, places.root(), request.at),
        "trends": trends.trends(area, request.at),
        "bounds": msgspec.json.encode(areas.bounds(area)).decode(),
    }
    return render(request, "screen/wall.html", context)


@access.holding("screen.open")
def data(request: access.Request) -> HttpResponse:
    """What the wall shows now: what changes with every case."""
    _, area = asked.area(request)
    return _told(board.board(area, places.root(), request.at))


@access.holding("screen.open")
def slow(request: access.Request) -> HttpResponse:
    """What the wall shows now: what changes slowly."""
    _, area = asked.area(request)
    return _told({"trends": trends.trends(area, request.at)})


@access.holding("screen.open")
def points(request: access.Request) -> HttpResponse:
    """The map, now or at a past hour; the past stays as it was, so a browser may keep it for its visitor."""
    _, area = asked.area(request)
    then = moments.chosen(request.GET.get("hour", ""), request.at)
    answer = _told(moments.drawn(area, then, request.at))
    if then is not None:
        answer.headers["Cache-Control"] = f"private, max-age={HOUR}"
        answer.headers["Vary"] = "Cookie"
    return answer


def _told(what: dict[str, Any]) -> HttpResponse:
    body = msgspec.json.encode(what)
    return HttpResponse(body, content_type="application/json", headers={"Cache-Control": "no-store"})
