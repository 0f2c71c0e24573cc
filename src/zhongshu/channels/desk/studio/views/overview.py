"""A draft at a glance: how far it is, what is to be changed, what it consists of."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from zhongshu.base.http import access
from zhongshu.base.http.refusals import Conflict, Forbidden, Invalid, Refusal
from zhongshu.channels.desk.studio.presenters import checklist, lists
from zhongshu.channels.desk.studio.views import working
from zhongshu.engine.studio import actions as studio
from zhongshu.engine.studio.queries import drafts

SECTION = "studio_draft"


@access.holding("scenarios.read")
@require_http_methods(["GET", "HEAD", "POST"])
def overview(request: access.Request, draft: UUID) -> HttpResponse:
    """What the draft is and what is said of it; a POST takes the last change back, or gives the draft up."""
    work = working.opened(request, draft)
    if request.method != "POST":
        return _page(request, work)
    try:
        return _done(request, work)
    except (Invalid, Conflict, Forbidden) as problem:
        return _page(request, work, problem)


def _done(request: access.Request, work: working.Work) -> HttpResponse:
    if request.POST.get("go") == "drop":
        studio.drop(work.draft.pk, by=request.by, at=request.at)
        return redirect("desk:studio")
    based = working.based_on(request)
    if based != work.draft.revision or based < 2:
        raise Conflict("草稿已有新的改动，没有撤销。请看过现在的内容再决定。")
    studio.go_back(work.draft.pk, based - 1, by=request.by, at=request.at)
    return working.back(SECTION, work.draft.pk)


def _page(request: access.Request, work: working.Work, problem: Refusal | None = None) -> HttpResponse:
    more = {
        "body": lists.body_name(work.draft.body), "origin": lists.origin(work.draft),
        "others": lists.rows(drafts.others(work.draft)), "parts": sorted(work.files),
        "checks": checklist.checks(work.draft.pk, work.files, work.findings),
    }  # fmt: skip
    return working.page(request, work, SECTION, problem, more)
