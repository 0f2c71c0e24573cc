"""Bodies: the tree, and one of them with what may be done to it."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from zhongshu.base.http import access
from zhongshu.base.http.refusals import Absent, Invalid, Refusal
from zhongshu.channels.desk.admin.forms import text
from zhongshu.channels.desk.admin.presenters import bodies as presenter
from zhongshu.channels.desk.admin.presenters import tabs
from zhongshu.registers.people import actions as people
from zhongshu.registers.people import queries as known
from zhongshu.registers.people.models import Body

MANAGE = "bodies.manage"


@require_safe
@access.holding(MANAGE)
def tree(request: access.Request) -> HttpResponse:
    """A level of the tree: where the visitor's part of it begins, or what is called `q`."""
    q = text.line(request.GET, "q", 60)
    found = presenter.called(q, request, MANAGE) if q else presenter.under(None, request, MANAGE)
    context = {"tabs": tabs.tabs(request), "q": q, "rows": presenter.rows(found), "cut": len(found) == presenter.PAGE}
    return render(request, "desk/admin/bodies.html", context)


@access.holding(MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: access.Request, body: int) -> HttpResponse:
    """One body: its parts, its history, what moving it to `to` would change. A POST does one thing to it."""
    found = known.managed_body(body, MANAGE, request.by, request.at)
    if request.method != "POST":
        return _page(request, found)
    act = _ACTS.get(request.POST.get("do", ""))
    if act is None:
        raise Invalid("没有这个操作。")
    try:
        to = act(request, found)
    except Absent:
        raise
    except Refusal as problem:
        return _page(request, found, problem)
    return redirect("desk:admin_body", to.pk)


def _change(request: access.Request, found: Body) -> Body:
    post = request.POST
    return people.change_body(
        found.pk, text.line(post, "name"), text.line(post, "name_en"), kind=text.line(post, "kind"),
        place=text.place(post, "place"), by=request.by, at=request.at,
    )  # fmt: skip


def _add(request: access.Request, found: Body) -> Body:
    post = request.POST
    return people.found_body(
        text.line(post, "name"), text.line(post, "name_en"), text.line(post, "kind"), parent=found,
        place=text.place(post, "place"), by=request.by, at=request.at,
    )  # fmt: skip


def _move(request: access.Request, found: Body) -> Body:
    return people.move_body(found.pk, text.body(request, "to", MANAGE), by=request.by, at=request.at)


def _end(request: access.Request, found: Body) -> Body:
    return people.end_body(found.pk, by=request.by, at=request.at)


def _reopen(request: access.Request, found: Body) -> Body:
    return people.reopen_body(found.pk, by=request.by, at=request.at)


_ACTS: dict[str, Callable[[access.Request, Body], Body]] = {
    "change": _change, "add": _add, "move": _move, "end": _end, "reopen": _reopen,
}  # fmt: skip


def _page(request: access.Request, found: Body, problem: Refusal | None = None) -> HttpResponse:
    told, problem = _told(request, found, problem)
    do = request.POST.get("do", "") if request.method == "POST" else "move" if request.GET.get("to") else ""
    context: dict[str, Any] = {
        "tabs": tabs.tabs(request), "body": found, "row": presenter.rows([found])[0], "line": presenter.line(found),
        "rows": presenter.rows(presenter.under(found, request, MANAGE)), "history": presenter.history(found),
        "move": presenter.move(found), "told": told, "to": text.line(_sent(request), "to"), "do": do,
        "typed": request.POST.dict(), "problem": problem, "field": problem.field if problem else "",
        "burdens": presenter.burdens(known.body_burdens(found, request.at)),
        "kinds": [(code, presenter.kind(code)) for code in Body.Kind.values],
    }  # fmt: skip
    return render(request, "desk/admin/body.html", context, status=problem.status if problem else 200)


def _sent(request: access.Request) -> Any:
    return request.POST if request.method == "POST" else request.GET


def _told(
    request: access.Request, found: Body, problem: Refusal | None
) -> tuple[presenter.Told | None, Refusal | None]:
    """What the move that is asked about would change; or what is wrong with it."""
    if not request.GET.get("to") or request.method == "POST":
        return None, problem
    try:
        to = known.tree()[text.body(request, "to", MANAGE)]
    except Refusal as wrong:
        return None, wrong
    return presenter.told(known.consequences(found, to, request.at)), problem
