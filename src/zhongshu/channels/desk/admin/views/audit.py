"""What was done to rights, accounts and protected data, for the auditor's eyes alone."""

from dataclasses import replace
from datetime import datetime

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from zhongshu.base.http import access
from zhongshu.base.http.refusals import Invalid, Refusal
from zhongshu.base.journal.queries.audit import PAGE, Search
from zhongshu.channels.desk.admin.forms import text
from zhongshu.channels.desk.admin.presenters import audit as presenter
from zhongshu.channels.desk.admin.presenters import tabs
from zhongshu.registers.people.actions import auditing
from zhongshu.registers.people.models import Account


@require_safe
@access.holding("audit.read")
def search(request: access.Request) -> HttpResponse:
    """Entries by who, about whom, what and when, newest first. That somebody searched is kept."""
    context = {"tabs": tabs.tabs(request), "typed": request.GET.dict(), "verbs": presenter.verbs(_verb(request))}
    try:
        found = auditing.search(_wanted(request), by=request.by, at=request.at)
    except Refusal as problem:
        return render(
            request, "desk/admin/audit.html", context | {"problem": problem, "field": problem.field},
            status=problem.status,
        )  # fmt: skip
    shown = found[:PAGE]
    context |= {
        "lines": presenter.lines(shown), "next": _next(request, shown[-1]) if len(found) > PAGE else "",
        "file": _address(request),
    }  # fmt: skip
    return render(request, "desk/admin/audit.html", context)


@require_safe
@access.holding("audit.read", fresh=True)
def export(request: access.Request) -> StreamingHttpResponse:
    """The entries of a search as a file, at most 50,000. That somebody took them out is kept."""
    found = auditing.export(replace(_wanted(request), after=None), by=request.by, at=request.at)
    return StreamingHttpResponse(
        presenter.file(found), content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="audit.csv"', "Cache-Control": "no-store"},
    )  # fmt: skip


def _wanted(request: access.Request) -> Search:
    sent = request.GET
    since, until = text.period(sent)
    about = _account(request, "about")
    return Search(
        auditing.scope(request.by, request.at), _account(request, "who"), ("account", about) if about else None,
        _verb(request), since, until, _after(request),
    )  # fmt: skip


def _account(request: access.Request, name: str) -> str:
    """The id of the account whose login was typed; empty when nothing was."""
    login = text.line(request.GET, name, 64).lower()
    if not login:
        return ""
    found = Account.objects.filter(login=login).values_list("pk", flat=True).first()
    if found is None:
        raise Invalid("没有登录名为“{login}”的账号，请核对。", field=name, login=login)
    return str(found)


def _verb(request: access.Request) -> str:
    wanted = request.GET.get("verb", "")
    return wanted if presenter.known(wanted) else ""


def _after(request: access.Request) -> tuple[datetime, int] | None:
    moment, _, number = request.GET.get("after", "").partition("~")
    try:
        found = datetime.fromisoformat(moment)
    except ValueError:
        return None
    numbered = number.isascii() and number.isdecimal() and len(number) < 19
    return (found, int(number)) if numbered and found.tzinfo else None


def _next(request: access.Request, last: presenter.Read) -> str:
    sent = request.GET.copy()
    sent["after"] = f"{last.at.isoformat()}~{last.id}"
    return sent.urlencode()


def _address(request: access.Request) -> str:
    sent = request.GET.copy()
    sent.pop("after", None)
    return sent.urlencode()
