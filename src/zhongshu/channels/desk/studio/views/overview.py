"""A draft at a glance: how far it is, what is to be changed, what it consists of."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from zhongshu.base.http import access
from zhongshu.base.http.refusals import Refusal
from zhongshu.channels.desk.studio.presenters import checklist, lists
from zhongshu.channels.desk.studio.views import working
from zhongshu.engine.studio import actions as studio
from zhongshu.engine.studio.queries import drafts

SECTION = "studio_draft"


@access.holding("scenarios.read")
@require_http_methods(["GET", "HEAD", "POST"])
def overview(request: access.Request, draft: UUID) -> HttpResponse:
    """What the draft is and what is said of it; a POST takes the last change back, or gives the draft up."""
    return working.answered(request, draft, _page, _done)


def _done(request: access.Request, work: working.Work) -> HttpResponse:
    if request.POST.get("go") == "drop":
        studio.drop(work.draft.pk, by=request.by, at=request.at)
        return redirect("desk:studio")
    working.undo(request, work)
    return working.back(SECTION, work.draft.pk)


def _page(request: access.Request, work: working.Work, problem: Refusal | None = None) -> HttpResponse:
    more = {
        "body": lists.body_name(work.draft.body), "origin": lists.origin(work.draft),
        "others": lists.rows(drafts.others(work.draft)), "parts": sorted(work.files),
        "checks": checklist.checks(work.draft.pk, work.files, work.findings),
    }  # fmt: skip
    return working.page(request, work, SECTION, problem, more)
