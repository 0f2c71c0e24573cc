"""What a scenario is called, the term of its cases, who answers for them, its phases."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from zhongshu.base.http import access
from zhongshu.base.http.refusals import Conflict, Forbidden, Invalid
from zhongshu.channels.desk.studio.presenters import controls
from zhongshu.channels.desk.studio.presenters import settings as shown
from zhongshu.channels.desk.studio.presenters.controls import Inputs
from zhongshu.channels.desk.studio.presenters.tasks.around import around
from zhongshu.channels.desk.studio.views import working
from zhongshu.engine.studio.rules.editing import pages

SECTION = "studio_settings"


@access.holding("scenarios.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: access.Request, draft: UUID) -> HttpResponse:
    """The page of settings but for its tasks; a POST saves it, adds a phase or takes one away."""
    work = working.opened(request, draft)
    try:
        known = around(work.files)
    except Invalid as broken:
        return working.page(request, work, SECTION, None, {"broken": broken})
    if request.method != "POST":
        return working.page(request, work, SECTION, None, {"form": shown.form(known)})
    typed = dict(request.POST.lists())
    try:
        working.keep(request, work, {pages.FILE: shown.changed(known, typed)})
    except (Invalid, Conflict, Forbidden) as problem:
        return working.page(request, work, SECTION, problem, {"form": shown.form(known, typed)})
    return working.back(SECTION, draft, at=_place(typed))


def _place(typed: Inputs) -> str:
    """Where one goes on: at a phase that was added, at the phases where one was taken away."""
    if controls.value(typed, "new-phase").strip():
        return "new-phase"
    return "phases" if controls.value(typed, "drop-phase") else "revision"
