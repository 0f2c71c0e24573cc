"""The places there are, from the widest down to the cell."""

from django.http import HttpResponse
from django.shortcuts import render

from zhongshu.base.http import access
from zhongshu.base.http.refusals import Absent
from zhongshu.channels.desk.places.presenters import browsing as presenter
from zhongshu.channels.desk.places.presenters import tabs
from zhongshu.registers.places.queries import browsing
from zhongshu.registers.places.rules import codes


@access.holding("places.manage")
def places(request: access.Request) -> HttpResponse:
    """The outermost regions, or the place whose code was typed."""
    typed = request.GET.get("code", "").strip()
    found = browsing.look(typed) if typed.isascii() and typed.isdecimal() and len(typed) in codes.LENGTHS else None
    if typed and found is None:
        return _page(request, browsing.look(), typed=typed)
    return _page(request, found or browsing.look())


@access.holding("places.manage")
def place(request: access.Request, code: int) -> HttpResponse:
    """One region or cell with its outline, its parts and its past."""
    found = browsing.look(str(code)) if len(str(code)) in codes.LENGTHS else None
    if found is None:
        raise Absent("没有这个地点。")
    return _page(request, found)


def _page(request: access.Request, found: browsing.Looked | None, typed: str = "") -> HttpResponse:
    assert found is not None
    here = found.place
    context = {
        "tabs": tabs.tabs(request), "found": found, "place": here, "typed": typed,
        "level": presenter.level(here.code) if here else "", "way": presenter.way(here.code) if here else (),
        "parts": presenter.standing(found.parts), "ended": presenter.ended(found.parts),
        "full": len(found.parts) >= browsing.MOST, "map": presenter.map_of(found),
    }  # fmt: skip
    return render(request, "desk/places/place.html", context)
