"""What the desk's map shows: the cases of the open tab, and the officers on shift. Asked again every few seconds."""

import hashlib
import json
from typing import Any

from django.http import HttpResponse
from django.utils.cache import get_conditional_response

from zhongshu.base.http import access
from zhongshu.base.permissions import rules as permissions
from zhongshu.channels.desk.dispatch.presenters import crew, queue
from zhongshu.channels.desk.dispatch.views.page import DISPATCH, before
from zhongshu.channels.presenters import names
from zhongshu.engine.cases.queries import desk

MOST = 1_000
"""Cases on the map."""


@access.holding(DISPATCH)
def points(request: access.Request) -> HttpResponse:
    """The cases of a tab that have a point, as the queue orders them: at most the first thousand."""
    of = before(request)
    rows = desk.page(of, desk.kind_of(request.GET.get("show", "")) or "running", limit=MOST)
    return _answer(request, [
        {
            "number": row.number, "title": names.category(row.category, row.title), "lon": row.lon, "lat": row.lat,
            "urgency": queue.urgency(row, of.at),
        }
        for row in rows if row.lon is not None
    ])  # fmt: skip


@access.holding(DISPATCH)
def officers(request: access.Request) -> HttpResponse:
    """Where the officers on shift in the visitor's scope are; nothing new is 304."""
    scope = permissions.scope(request.by, DISPATCH, request.at)
    return _answer(request, crew.points(crew.on_shift(scope, request.at)))


def _answer(request: access.Request, value: Any) -> HttpResponse:
    text = json.dumps(value, ensure_ascii=False)
    etag = f'"{hashlib.sha256(text.encode()).hexdigest()[:20]}"'
    response = HttpResponse(text, content_type="application/json", headers={"ETag": etag, "Cache-Control": "private"})
    return get_conditional_response(request, etag=etag, response=response) or response
