"""The way of an officer in a shift, for who plans the body's rosters: for a stated purpose, and on record."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from zhongshu.base.http import access
from zhongshu.base.http.refusals import Invalid
from zhongshu.channels.desk.duties.presenters import options
from zhongshu.channels.presenters import ways
from zhongshu.engine.dispatch.actions import tracks
from zhongshu.registers.people import queries as people


@require_http_methods(["GET", "HEAD", "POST"])
@access.holding("rosters.manage")
def track(request: access.Request, shift: int) -> HttpResponse:
    """Asks what for; then shows the way once, on a map and in a list."""
    account = str(tracks.seeable(shift, by=request.by, at=request.at).account)
    purpose = request.POST.get("purpose", "")
    context = {"tabs": options.tabs(request), "officer": people.names([account]).get(account, ""), "purpose": purpose}
    if request.method != "POST":
        return render(request, "desk/duties/track.html", context)
    try:
        way = tracks.look(shift, purpose, by=request.by, at=request.at)
    except Invalid as problem:
        return render(request, "desk/duties/track.html", context | {"problems": {"purpose": problem}}, status=422)
    answer = render(request, "desk/duties/track.html", context | {"way": ways.shown(way)})
    answer["Cache-Control"] = "no-store"
    return answer
