"""Pieces of the report's page about where something is."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from zhongshu.base.http import access, limits, reading
from zhongshu.base.http.limits import Limit
from zhongshu.channels.portal.visitors import counted
from zhongshu.registers.places import queries as places

SEARCHES = Limit("portal.search", 120, 60)


@require_GET
@access.anyone
def found(request: access.Request) -> HttpResponse:
    """Places an address may mean, to choose from: part of a page."""
    limits.take(SEARCHES, counted(request), request.at)
    spots = places.search_address(reading.text(request.GET, "place-address"))
    return render(request, "portal/spots.html", {"spots": spots})


@require_GET
@access.anyone
def named(request: access.Request) -> HttpResponse:
    """What a point on the map is called: part of a page."""
    limits.take(SEARCHES, counted(request), request.at)
    try:
        spot = places.locate(float(request.GET.get("lon", "")), float(request.GET.get("lat", "")))
    except ValueError:
        spot = None
    return render(request, "portal/where.html", {"code": spot.path[-1] if spot else None})
