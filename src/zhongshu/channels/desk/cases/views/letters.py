"""Making a letter of a case by hand."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from zhongshu.base.http import access
from zhongshu.base.http.refusals import Conflict, Forbidden, Invalid
from zhongshu.channels.desk.cases.views.one import seen
from zhongshu.channels.desk.cases.views.outcomes import not_done
from zhongshu.engine.letters import actions as letters


@access.holding("desk.open")
@require_POST
def make(request: access.Request, number: str, name: str) -> HttpResponse:
    """Make the letter; it then stands among the files of the case."""
    found = seen(request, number)
    try:
        letters.make(found.row.id, name, by=request.by, at=request.at)
    except (Conflict, Forbidden, Invalid) as refusal:
        return not_done(request, found, refusal, [])
    return redirect(reverse("desk:case", args=[found.row.number]) + "#files-title")
