"""What a draft said before, how two of its revisions differ, and how it differs from what is published."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from zhongshu.base.http import access
from zhongshu.base.http.refusals import Invalid, Refusal
from zhongshu.channels.desk.studio.presenters import sections
from zhongshu.channels.desk.studio.views import working
from zhongshu.engine.cases.queries import scenarios
from zhongshu.engine.studio import actions as studio
from zhongshu.engine.studio.queries import comparing, drafts
from zhongshu.registers.people import queries as people

SECTION = "studio_history"


@access.holding("scenarios.read")
@require_http_methods(["GET", "HEAD", "POST"])
def history(request: access.Request, draft: UUID) -> HttpResponse:
    """Every revision, newest first; a POST goes back to one, or takes over what was published meanwhile."""
    return working.answered(request, draft, _page, _turned)


def _turned(request: access.Request, work: working.Work) -> HttpResponse:
    if request.POST.get("go") == "catch_up":
        studio.catch_up(work.draft.pk, request.POST.getlist("theirs"), by=request.by, at=request.at)
    else:
        studio.go_back(work.draft.pk, _number(request.POST.get("to", "")), by=request.by, at=request.at)
    return working.back(SECTION, work.draft.pk)


def _page(request: access.Request, work: working.Work, problem: Refusal | None = None) -> HttpResponse:
    before = request.GET.get("before", "")
    found = drafts.revisions(work.draft, before=_number(before) if before else None, limit=drafts.PAGE + 1)
    called = people.names([str(each.by) for each in found])
    newest = scenarios.newest_number(work.draft.code)
    more = {
        "revisions": [(each, called.get(str(each.by), "")) for each in found[: drafts.PAGE]],
        "next": found[drafts.PAGE - 1].number if len(found) > drafts.PAGE else None, "later": bool(before),
        "newest": newest, "behind": newest != work.draft.base,
        "clashes": sections.compared(comparing.clashes(work.draft)),
    }  # fmt: skip
    return working.page(request, work, SECTION, problem, more)


@access.holding("scenarios.read")
@require_safe
def compare(request: access.Request, draft: UUID) -> HttpResponse:
    """How two revisions differ; without a first one, how a revision differs from what is published."""
    work = working.opened(request, draft)
    first, second = request.GET.get("from", ""), request.GET.get("to", "")
    after = _number(second) if second else work.draft.revision
    if first:
        compared = comparing.revisions(work.draft, _number(first), after)
    else:
        compared = comparing.with_published(work.draft, after)
    more = {
        "compared": sections.compared(compared), "first": first, "after": after,
        "newest": scenarios.newest_number(work.draft.code),
        "numbers": [each.number for each in drafts.revisions(work.draft)],
    }  # fmt: skip
    return working.page(request, work, "studio_compare", None, more)


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise Invalid("没有这一稿，请从列表中选。", field="to")
    return int(text)
