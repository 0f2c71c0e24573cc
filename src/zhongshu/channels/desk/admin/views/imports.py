"""A file of bodies or staff: first checked, then taken in by a job whose progress is shown."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from zhongshu.base.http import access
from zhongshu.base.http.language import language
from zhongshu.base.http.refusals import Absent, Conflict, Invalid, Refusal, TooLarge
from zhongshu.channels.desk.admin.presenters import imports as presenter
from zhongshu.channels.desk.admin.presenters import tabs
from zhongshu.registers.documents import inspecting
from zhongshu.registers.people import actions as people
from zhongshu.registers.people.models import Import
from zhongshu.registers.people.queries import importing
from zhongshu.registers.people.rules.organisation import rows, table

MANAGE = "bodies.manage"


@access.holding(MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def take_in(request: access.Request) -> HttpResponse:
    """Send a file: what it would change is shown; it is taken in when the very file that was checked is sent again."""
    if request.method != "POST":
        return _answer(request, {})
    try:
        kind, content = _kind(request), _content(request)
        if request.POST.get("go") == "import":
            made = people.ask_import(kind, content, basis=request.POST.get("basis", ""), by=request.by, at=request.at)
            return _gone_on(request, reverse("desk:admin_imported", args=[made.pk]))
        seen = importing.preview(kind, content, by=request.by, at=request.at)
    except Refusal as problem:
        return _answer(request, {"problem": problem, "field": problem.field}, problem.status)
    return _answer(request, {"seen": presenter.seen(seen)})


def _gone_on(request: access.Request, to: str) -> HttpResponse:
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": to})
    return redirect(to)


def _kind(request: access.Request) -> str:
    kind = request.POST.get("kind", "")
    if kind not in Import.Kind.values:
        raise Invalid("请选择文件里是什么。", field="kind")
    return kind


def _content(request: access.Request) -> bytes:
    file = request.FILES.get("file")
    if file is None:
        raise Invalid("请选择要导入的文件。", field="file")
    if file.size is None or file.size > table.MOST_BYTES:
        limit = table.MOST_BYTES // 1_000_000
        raise TooLarge("文件过大：一次最多 {limit} MB，请分成几个文件。", field="file", limit=limit)
    content = file.read()
    if content.startswith(b"PK"):
        inspecting.inspected(content)
    return content


def _answer(request: access.Request, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """The outcome alone for htmx (the chosen file stays chosen), else the whole page."""
    if request.headers.get("HX-Request"):
        return render(request, "desk/admin/import_outcome.html", context | {"part": True}, status=status)
    kind = request.POST.get("kind", "bodies")
    context = context | {"tabs": tabs.tabs(request), "kind": kind, "past": presenter.past(request.by)}
    return render(request, "desk/admin/import.html", context, status=status)


@require_safe
@access.holding(MANAGE)
def one(request: access.Request, wanted: UUID) -> HttpResponse:
    """How a file is being taken in, and what became of its rows."""
    shown = presenter.shown(_found(request, wanted))
    if request.headers.get("HX-Request"):
        return render(request, "desk/admin/imported_progress.html", {"shown": shown})
    return render(request, "desk/admin/imported.html", {"tabs": tabs.tabs(request), "shown": shown})


@require_safe
@access.holding(MANAGE)
def result(request: access.Request, wanted: UUID) -> StreamingHttpResponse:
    """What became of every row, as a file."""
    found = _found(request, wanted)
    if found.finished is None:
        raise Conflict("文件还在导入，请等它完成后再下载结果。")
    return _file(map(bytes, presenter.lines(found)), "result.csv")


@require_safe
@access.holding(MANAGE)
def example(request: access.Request, kind: str) -> StreamingHttpResponse:
    """A file with the columns of a kind and some lines of the city's own bodies to start from."""
    if kind not in Import.Kind.values:
        raise Absent("没有这个文件。")
    lines = presenter.example(kind, request.by, request.at)
    return _file([table.written(rows.example(kind, language() == "en", lines))], f"{kind}.csv")


def _file(parts: Any, name: str) -> StreamingHttpResponse:
    return StreamingHttpResponse(
        parts, content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
    )  # fmt: skip


def _found(request: access.Request, wanted: UUID) -> Import:
    """An import of one's own: its rows are for who had it made."""
    found = importing.one_import(wanted, request.by.id)
    if found is None:
        raise Absent("没有找到这次导入。")
    return found
