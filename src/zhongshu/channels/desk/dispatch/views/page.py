"""The dispatch desk: one address for the whole page, its queue alone and the open case alone."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext

from zhongshu.base.http import access
from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.rules import Scope
from zhongshu.channels.desk.cases.views.one import seen
from zhongshu.channels.desk.dispatch.presenters import crew, queue
from zhongshu.channels.desk.dispatch.presenters import pane as panes
from zhongshu.engine.cases.queries import desk
from zhongshu.engine.cases.queries.desk import Desk
from zhongshu.engine.cases.queries.lists import After
from zhongshu.engine.cases.queries.one import View
from zhongshu.registers.places import queries as places

DISPATCH = "case.dispatch"
SAID = {
    "complete": "已提交。", "call": "已叫来：环节已交给这名人员。", "redirect": "已改派，等新的单位接办。",
    "return": "已收回，等人重新派遣。",
}  # fmt: skip
"""What is said when an act is done."""


@access.holding(DISPATCH)
def dispatch(request: access.Request) -> HttpResponse:
    """The desk; a request of htmx for its queue or its pane gets that alone."""
    part = request.headers.get("HX-Target", "")
    number = request.GET.get("case", "")
    if part == "pane":
        return pane(request, number)
    context = _queue(request, number)
    if part != "queue":
        context |= _pane(request, number, said=SAID.get(request.GET.get("said", ""), ""))
    template = "desk/dispatch/queue.html" if part == "queue" else "desk/dispatch/page.html"
    return _varied(render(request, template, context))


def pane(request: access.Request, number: str, *, status: int = 200, **more: Any) -> HttpResponse:
    """The open case alone; without a number the officers on shift."""
    return _varied(render(request, "desk/dispatch/pane.html", _pane(request, number, **more), status=status))


def whole(request: access.Request, number: str, *, status: int = 200, **more: Any) -> HttpResponse:
    """The whole page with the open case, for browsers without scripts."""
    context = _queue(request, number) | _pane(request, number, **more)
    return render(request, "desk/dispatch/page.html", context, status=status)


def before(request: access.Request) -> Desk:
    """The visitor's desk."""
    return desk.desk(_scope(request), places.root(), request.at)


def _scope(request: access.Request) -> Scope:
    return permissions.scope(request.by, DISPATCH, request.at)


def _varied(response: HttpResponse) -> HttpResponse:
    patch_vary_headers(response, ["HX-Target"])
    return response


def _asked(request: access.Request, name: str) -> str:
    """What the address says, or the form that was sent instead of one."""
    return request.POST.get(name, "") or request.GET.get(name, "")


def _queue(request: access.Request, number: str) -> dict[str, Any]:
    wanted, after = desk.kind_of(_asked(request, "show")), After.parse(request.GET.get("after", ""))
    return {"queue": queue.queue(before(request), wanted, after, number), "number": number}


def _pane(
    request: access.Request,
    number: str,
    *,
    said: str = "",
    found: View | None = None,
    token: int | None = None,
    typed: Mapping[str, Any] | None = None,
    **more: Any,
) -> dict[str, Any]:
    kind = desk.kind_of(_asked(request, "show")) or ""
    context = {"said": gettext(said) if said else "", "number": number, "kind": kind, **more}
    if not number:
        return context | {"crew": crew.on_shift(_scope(request), request.at)}
    case = panes.pane(found or seen(request, number), token or _token(request), request.by, request.at)
    chosen = {"result": request.GET["result"]} if request.GET.get("result") == "whistle" else {}
    return context | {"pane": case, "typed": typed or chosen, "whistling": bool(chosen)}


def _token(request: access.Request) -> int | None:
    text = request.GET.get("task", "")
    return int(text) if text.isdecimal() and len(text) < 10 else None
