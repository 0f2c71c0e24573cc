"""Publishing a draft: one asks, another decides."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from zhongshu.base.approvals import actions as approvals
from zhongshu.base.approvals import queries as proposals
from zhongshu.base.http import access
from zhongshu.base.http.refusals import Conflict, Forbidden, Invalid, Refusal
from zhongshu.base.permissions import rules as permissions
from zhongshu.channels.desk.studio.presenters import sections
from zhongshu.channels.desk.studio.views import working
from zhongshu.engine.cases.queries import scenarios
from zhongshu.engine.cases.rules.examining import Unsound, is_sound
from zhongshu.engine.studio import actions as studio
from zhongshu.engine.studio.queries import comparing, drafts
from zhongshu.registers.people import queries as people

SECTION = "studio_publish"


@access.holding("scenarios.read")
@require_http_methods(["GET", "HEAD", "POST"])
def publishing(request: access.Request, draft: UUID) -> HttpResponse:
    """What publishing it changes; a POST asks for it, takes the request back, approves or refuses."""
    work = working.opened(request, draft)
    if request.method != "POST":
        return _page(request, work)
    try:
        _done(request, work)
    except (Invalid, Conflict, Forbidden) as problem:
        return _page(request, working.opened(request, draft), problem)
    if (go := request.POST.get("go")) in ("approve", "refuse"):  # who decides need not be one who drafts
        return redirect("desk:studio")
    return working.back(SECTION, draft, at="asked" if go == "propose" else "revision")


def _done(request: access.Request, work: working.Work) -> None:
    go, reason = request.POST.get("go", ""), request.POST.get("reason", "")
    if go == "propose":
        if working.based_on(request) != work.draft.revision:
            raise Conflict("草稿已有新的改动，请看过现在的内容再申请。")
        studio.propose(work.draft.pk, reason, by=request.by, at=request.at)
    elif work.waiting is None:
        raise Conflict("现在没有等待审批的申请。")
    elif go == "withdraw":
        approvals.withdraw(work.waiting.pk, by=request.by, at=request.at)
    elif go in ("approve", "refuse"):
        approvals.decide(work.waiting.pk, go == "approve", reason, by=request.by, at=request.at)
    else:
        raise Invalid("请从页面上的按钮里选一个。")


def _page(request: access.Request, work: working.Work, problem: Refusal | None = None) -> HttpResponse:
    waiting = work.waiting
    called = people.names([str(waiting.proposer)] if waiting else [])
    more = {
        "compared": sections.compared(comparing.with_published(work.draft)),
        "newest": scenarios.newest_number(work.draft.code),
        "sound": is_sound(work.findings), "typed": request.POST,
        "decidable": waiting is not None and proposals.may_decide(waiting, request.by, request.at),
        "own": waiting is not None and str(waiting.proposer) == request.by.id,
        "who": called.get(str(waiting.proposer), "") if waiting else "",
        "may_propose": permissions.may(request.by, drafts.PROPOSE, drafts.reach(work.draft), request.at),
        "unsound": sections.said(work.draft.pk, problem.findings) if isinstance(problem, Unsound) else (),
    }  # fmt: skip
    return working.page(request, work, SECTION, problem, more)
