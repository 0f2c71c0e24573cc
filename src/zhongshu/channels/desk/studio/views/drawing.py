"""The process of a scenario on a canvas, for those who draw; the table is the way for everybody."""

from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from zhongshu.base.http import access
from zhongshu.base.http.refusals import Refusal
from zhongshu.channels.desk.studio.presenters import sections
from zhongshu.channels.desk.studio.views import working

SECTION = "studio_drawing"


@access.holding("scenarios.read")
@require_http_methods(["GET", "HEAD", "POST"])
def drawing(request: access.Request, draft: UUID) -> HttpResponse:
    """A drawing of the draft; a POST saves it as it was drawn or written, with the settings of its tasks."""
    return working.answered(request, draft, _page, _keep)


def _keep(request: access.Request, work: working.Work) -> HttpResponse:
    from zhongshu.channels.desk.studio.presenters.process import page  # loads lxml
    from zhongshu.engine.studio.rules.editing import drawings

    name = page.chosen(work.files, request.POST.get("file", ""))
    working.keep(request, work, drawings.written(work.files, name, request.POST.get("xml", "")))
    return working.back(SECTION, work.draft.pk, asked=urlencode({"file": name}))


def _page(request: access.Request, work: working.Work, problem: Refusal | None = None) -> HttpResponse:
    from zhongshu.channels.desk.studio.presenters.process import page
    from zhongshu.engine.studio.rules.editing import drawings

    name = page.chosen(work.files, (request.POST or request.GET).get("file", ""))
    found = [each for each in work.findings if each.file == name]
    told = sections.said(work.draft.pk, found)
    more = {
        "sections": sections.sections(work.draft.pk, "studio_process", work.findings), "here": told,
        "drawings": drawings.names(work.files), "drawing": name,
        "xml": request.POST.get("xml", work.files[name]) if problem else work.files[name],
        "marks": [
            {"element": each.place, "severity": "error" if each.error else "warning", "sentence": each.sentence}
            for each in told
        ],
    }  # fmt: skip
    return working.page(request, work, SECTION, problem, more)
