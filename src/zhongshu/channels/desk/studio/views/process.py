"""The process of a scenario as a table: every row with what leads to it, where it leads, and what one can do to it."""

from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from zhongshu.base.http import access
from zhongshu.base.http.refusals import Absent, Conflict, Forbidden, Invalid, Refusal
from zhongshu.channels.desk.studio.views import working
from zhongshu.engine.studio import actions as studio

SECTION = "studio_process"


@access.holding("scenarios.read")
@require_http_methods(["GET", "HEAD", "POST"])
def process(request: access.Request, draft: UUID) -> HttpResponse:
    """A drawing of the draft as a table, one row open for changes; a POST does one thing to that row, or undoes it."""
    work = working.opened(request, draft)
    if request.method != "POST":
        return _page(request, work)
    try:
        return redirect(_done(request, work))
    except (Invalid, Conflict, Forbidden) as problem:
        return _page(request, work, problem)


def _done(request: access.Request, work: working.Work) -> str:
    """Do it, save it, and say where to go on."""
    from zhongshu.channels.desk.studio.presenters.process import page  # loads lxml

    name = page.chosen(work.files, request.POST.get("file", ""))
    if request.POST.get("verb") == "undo":
        return _undone(request, work, name)
    changed = page.changed(work.files, name, request.POST.dict())
    working.keep(request, work, changed.files)
    return _address(work, name, changed.at)


def _undone(request: access.Request, work: working.Work, name: str) -> str:
    based = working.based_on(request)
    if based != work.draft.revision or based < 2:
        raise Conflict("草稿已有新的改动，没有撤销。请看过现在的内容再决定。")
    studio.go_back(work.draft.pk, based - 1, by=request.by, at=request.at)
    return _address(work, name, "")


def _address(work: working.Work, name: str, at: str) -> str:
    asked = urlencode({"file": name} | ({"at": at} if at else {}))
    return f"{reverse('desk:studio_process', args=[work.draft.pk])}?{asked}" + (f"#row-{at}" if at else "")


def _page(request: access.Request, work: working.Work, problem: Refusal | None = None) -> HttpResponse:
    from zhongshu.channels.desk.studio.presenters.process import page

    typed = request.POST.dict() if problem else {}
    if problem and (form := typed.get("form", "")):
        problem.field = (
            f"{form}-{problem.field}" if problem.field else form
        )  # the parts of each form have ids of its own
    wanted = typed or request.GET.dict()
    try:
        name = page.chosen(work.files, wanted.get("file", ""))
    except Absent:
        if wanted.get("file"):
            raise
        return working.page(request, work, SECTION, problem, {"drawings": []})
    asked = wanted.get("at", "") if work.editable else ""
    more = page.shown(work.draft, work.files, name, work.findings, asked, typed)
    return working.page(request, work, SECTION, problem, more)
