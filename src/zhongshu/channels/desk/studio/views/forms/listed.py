"""The questionnaires of a draft: what is asked at the beginning and at each task."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from zhongshu.base.http import access
from zhongshu.base.http.refusals import Invalid, Refusal
from zhongshu.channels.desk.studio.presenters.forms import listing
from zhongshu.channels.desk.studio.views import working
from zhongshu.engine.studio.rules.editing import forms

SECTION = "studio_forms"


@access.holding("scenarios.read")
@require_http_methods(["GET", "HEAD", "POST"])
def listed(request: access.Request, draft: UUID) -> HttpResponse:
    """Where the scenario asks, and what; a POST begins a questionnaire for a task, or takes one away."""
    return working.answered(request, draft, _page, _done)


def _done(request: access.Request, work: working.Work) -> HttpResponse:
    if task := request.POST.get("end-task"):
        working.keep(request, work, forms.ended(work.files, task))
        return working.back(SECTION, work.draft.pk)
    saved, file = forms.begun(work.files, request.POST.get("begin-task", ""))
    working.keep(request, work, saved)
    return redirect(listing.address("studio_forms_edit", work.draft.pk, file=file))


def _page(request: access.Request, work: working.Work, problem: Refusal | None = None) -> HttpResponse:
    try:
        more = {"rows": listing.rows(work.draft.pk, work.files, work.findings)}
    except Invalid as broken:
        return working.page(request, work, SECTION, problem, {"broken": broken})
    return working.page(request, work, SECTION, problem, more)
