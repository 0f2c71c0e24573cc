"""Officials and systems: finding them, opening an account, and one account with what may be done to it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from zhongshu.base.http import access
from zhongshu.base.http.refusals import Absent, Invalid, Refusal
from zhongshu.channels.desk.admin.forms import text
from zhongshu.channels.desk.admin.presenters import staff as presenter
from zhongshu.channels.desk.admin.presenters import tabs
from zhongshu.registers.identity import actions as identity
from zhongshu.registers.people import actions as people
from zhongshu.registers.people import queries as known
from zhongshu.registers.people.models import Account, Body
from zhongshu.registers.people.queries.staff import PAGE

MANAGE = "staff.manage"
APART = frozenset({"security_administrator", "auditor"})
"""Who administers accounts does not hand out the keys to the seats that watch over administration."""


@require_safe
@access.holding(MANAGE)
def found(request: access.Request) -> HttpResponse:
    """The accounts that are called `q`, or those of one body (`body`), by name, a page at a time."""
    q, closed = text.line(request.GET, "q", 64), bool(request.GET.get("closed"))
    home = _home(request)
    listed: list[Account] = []
    if q:
        listed = list(known.find_staff(q, request.by, request.at))
    elif home:
        listed = known.staff_of(home.pk, after=_after(request), closed=closed)
    last = listed[-1] if home and not q and len(listed) == PAGE else None
    context = {
        "tabs": tabs.tabs(request), "q": q, "home": home, "closed": closed, "rows": presenter.rows(listed),
        "next": last, "cut": bool(q) and len(listed) == PAGE,
    }  # fmt: skip
    return render(request, "desk/admin/staff.html", context)


def _home(request: access.Request) -> Body | None:
    wanted = request.GET.get("body", "")
    if not (wanted.isascii() and wanted.isdecimal() and len(wanted) < 19):
        return None
    return known.managed_body(int(wanted), MANAGE, request.by, request.at)


def _after(request: access.Request) -> tuple[str, UUID] | None:
    try:
        return text.line(request.GET, "name"), UUID(request.GET.get("after", ""))
    except ValueError:
        return None


@access.holding(MANAGE, fresh=True)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: access.Request) -> HttpResponse:
    """Open an account; its start code is shown this once."""
    if request.method != "POST":
        return _form(request, {"body": text.line(request.GET, "body"), "kind": Account.Kind.STAFF})
    post = request.POST
    try:
        account = people.open_staff(
            text.line(post, "login"), text.line(post, "name"), text.line(post, "phone"),
            text.body(request, "body", MANAGE), kind=text.line(post, "kind"), by=request.by, at=request.at,
        )  # fmt: skip
    except Absent:
        raise
    except Refusal as problem:
        return _form(request, post.dict(), problem)
    code = _code(account, request) if account.kind == Account.Kind.STAFF else ""
    return _page(request, account, code=code)


def _form(request: access.Request, typed: dict[str, str], problem: Refusal | None = None) -> HttpResponse:
    context = {
        "tabs": tabs.tabs(request),
        "typed": typed,
        "problem": problem,
        "field": problem.field if problem else "",
    }
    return render(request, "desk/admin/new_staff.html", context, status=problem.status if problem else 200)


@access.holding(MANAGE, fresh=True)
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: access.Request, account: UUID) -> HttpResponse:
    """One account: what it holds and has in hand. A POST does one thing to it."""
    held = known.managed_account(account, MANAGE, request.by, request.at)
    if request.method != "POST":
        return _page(request, held)
    do = request.POST.get("do", "")
    try:
        if do == "start":
            return _page(request, held, code=_code(held, request))
        if do not in _ACTS:
            raise Invalid("没有这个操作。")
        _ACTS[do](request, held)
    except Absent:
        raise
    except Refusal as problem:
        return _page(request, held, problem)
    return redirect("desk:admin_account", account)


def _code(account: Account, request: access.Request) -> str:
    """A start code, unless the account sits in a seat that watches over this one."""
    if APART & {grant.role for grant in known.grants_of(account, request.at)}:
        raise Invalid("安全管理员和审计管理员的启用码不由系统管理员发放，请由机房人员用命令行办理。")
    return identity.passwords.give_start_code(account, by=request.by, at=request.at)


def _change(request: access.Request, held: Account) -> None:
    post = request.POST
    people.change_staff(held.pk, text.line(post, "name"), text.line(post, "phone"), by=request.by, at=request.at)


def _move(request: access.Request, held: Account) -> None:
    ending = {int(one) for one in request.POST.getlist("end") if one.isascii() and one.isdecimal() and len(one) < 19}
    people.move_staff(held.pk, text.body(request, "to", MANAGE), end=ending, by=request.by, at=request.at)


def _close(request: access.Request, held: Account) -> None:
    with_work = request.POST.get("with_work") == "yes"
    people.close_staff(held.pk, with_work=with_work, by=request.by, at=request.at)
    identity.end_sessions(held.pk, by=request.by, at=request.at)


def _reopen(request: access.Request, held: Account) -> None:
    people.reopen_staff(held.pk, by=request.by, at=request.at)


_ACTS: dict[str, Callable[[access.Request, Account], None]] = {
    "change": _change, "move": _move, "close": _close, "reopen": _reopen,
}  # fmt: skip


def _page(request: access.Request, held: Account, problem: Refusal | None = None, *, code: str = "") -> HttpResponse:
    home: Body | None = None
    asked = request.method != "POST" and bool(request.GET.get("to"))
    if asked:
        try:
            home = known.tree()[text.body(request, "to", MANAGE)]
        except Refusal as wrong:
            problem = wrong
    context: dict[str, Any] = {
        "tabs": tabs.tabs(request), "shown": presenter.shown(held, home, request.at), "home": home, "code": code,
        "to": text.line(request.POST if request.method == "POST" else request.GET, "to"), "problem": problem,
        "field": problem.field if problem else "", "typed": request.POST.dict(),
        "do": request.POST.get("do", "") or ("move" if asked else ""),
    }  # fmt: skip
    answer = render(request, "desk/admin/account.html", context, status=problem.status if problem else 200)
    answer["Cache-Control"] = "no-store"
    return answer
