"""The process of a scenario as a table: every row with what leads to it, where it leads, and what one can do to it."""

from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from zhongshu.base.http import access
from zhongshu.base.http.refusals import Absent, Refusal
from zhongshu.channels.desk.studio.views import working

SECTION = "studio_process"


@access.holding("scenarios.read")
@require_http_methods(["GET", "HEAD", "POST"])
def process(request: access.Request, draft: UUID) -> HttpResponse:
    """A drawing of the draft as a table, one row open for changes; a POST does one thing to that row, or undoes it."""
    return working.answered(request, draft, _page, _done)


def _done(request: access.Request, work: working.Work) -> HttpResponse:
    """Do it, save it, and go on at what was made."""
    from zhongshu.channels.desk.studio.presenters.process import page  # loads lxml

    name = page.chosen(work.files, request.POST.get("file", ""))
    if request.POST.get("verb") == "undo":
        working.undo(request, work)
        return redirect(_address(work, name, ""))
    changed = page.changed(work.files, name, request.POST.dict())
    working.keep(request, work, changed.files)
    return redirect(_address(work, name, changed.at))


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
