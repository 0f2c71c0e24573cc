"""Lists of cases: all in my scope, and those of a body."""

import re
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render

from zhongshu.base.http import access
from zhongshu.base.http.refusals import Absent
from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.rules import Scope, body_key
from zhongshu.channels.desk.cases.presenters import lists as rows
from zhongshu.channels.desk.cases.presenters import scope as narrowing
from zhongshu.engine.cases.queries import lists
from zhongshu.registers.people import queries as people
from zhongshu.registers.places import queries as places

_NUMBER = re.compile(r"[A-Za-z0-9-]{1,40}")


@access.holding("desk.open")
def cases(request: access.Request) -> HttpResponse:
    """All cases I may see, newest first; `number` goes to one."""
    if number := request.GET.get("number", "").strip():
        if not _NUMBER.fullmatch(number):
            raise Absent("没有找到这个办件：请核对编号。")
        return redirect("desk:case", number.upper())
    return _page(request, narrowing.ancestor(request.GET.get("under", "")), {})


@access.holding("desk.open")
def body(request: access.Request, body_id: int) -> HttpResponse:
    """The cases a body and those under it answer for, as far as I may see them."""
    if body_id not in people.tree():
        raise Absent("没有这个单位。")
    return _page(request, body_key(body_id), {"body": narrowing.name(body_key(body_id))})


def _page(request: access.Request, under: int | None, also: dict[str, Any]) -> HttpResponse:
    scope = permissions.scope(request.by, "case.read", request.at)
    everything = request.GET.get("show") == "all"
    found = lists.page(
        scope, places.root(), running=not everything, under=under,
        after=lists.After.parse(request.GET.get("after", "")), limit=lists.PAGE + 1,
    )  # fmt: skip
    context = {
        "items": rows.items(found[: lists.PAGE], request.at), "next": rows.following(found, lists.PAGE),
        "everything": everything, "under": under, "later": "after" in request.GET, **_options(scope, under), **also,
    }  # fmt: skip
    part = "desk/cases/table.html" if request.headers.get("HX-Request") else "desk/cases/list.html"
    return render(request, part, context)


def _options(scope: Scope, under: int | None) -> dict[str, Any]:
    return {"places": narrowing.place_options(scope, under), "bodies": narrowing.body_options(scope, under)}
