"""The pages that numbers open to: their rows, and a whole standing."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render

from zhongshu.base.http import access
from zhongshu.base.http.refusals import Absent
from zhongshu.channels.screen.presenters import period, rows, standings
from zhongshu.channels.screen.presenters.counted import Counted
from zhongshu.channels.screen.views import asked
from zhongshu.engine.cases.queries import lists


@access.holding("screen.open")
def cases(request: access.Request) -> HttpResponse:
    """The rows behind a number."""
    _, area = asked.area(request)
    counted = Counted.parse(request.GET, area, request.at)
    after = lists.After.parse(request.GET.get("after", ""))
    found = counted.rows(after, lists.PAGE + 1)
    following = rows.following(found, lists.PAGE)
    kept = {key: value for key, value in request.GET.items() if key != "after"}
    context = {
        "area": area, "heading": counted.heading, "items": rows.items(found[: lists.PAGE], request.at),
        "next": urlencode({**kept, "after": following}) if following else "",
    }  # fmt: skip
    return render(request, "screen/cases.html", context)


@access.holding("screen.open")
def standing(request: access.Request, kind: str) -> HttpResponse:
    """How all bodies or streets of an area stand."""
    _, area = asked.area(request)
    if kind not in standings.KINDS:
        raise Absent("没有这种排名：请从大屏进入。")
    found = standings.shown(area, kind, request.at)
    context = {
        "area": area, "kind": kind, "heading": standings.heading(area, kind), "parts": found,
        "method": standings.method(), "days": period.DAYS,
    }  # fmt: skip
    return render(request, "screen/standing.html", context)
