"""Proposed changes of the responsibility table: what waits, and deciding on one."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from zhongshu.base.approvals import actions as approvals
from zhongshu.base.approvals import queries as proposals
from zhongshu.base.approvals.models import Proposal
from zhongshu.base.http import access
from zhongshu.base.http.refusals import Absent, Conflict, Forbidden, Invalid, Refusal
from zhongshu.base.permissions import rules as permissions
from zhongshu.channels.desk.duties.presenters import changes, options
from zhongshu.engine.dispatch.actions import responsibility


@access.holding("duties.read")
def waiting(request: access.Request) -> HttpResponse:
    """The proposals the visitor could decide, and the visitor's own that wait for another."""
    others = proposals.waiting(request.by, request.at, responsibility.KIND)
    mine = proposals.mine(request.by, responsibility.KIND)
    context = {
        "tabs": options.tabs(request), "others": changes.proposals(others), "mine": changes.proposals(mine),
        "may_decide": permissions.holds_anywhere(request.by, responsibility.APPROVE, request.at),
    }  # fmt: skip
    return render(request, "desk/duties/proposals.html", context)


@access.holding("duties.read")
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: access.Request, proposal: UUID) -> HttpResponse:
    """A proposal with its changes and its trial; a POST approves, refuses or withdraws it."""
    found = _found(request, proposal)
    if request.method != "POST":
        return _page(request, found)
    try:
        _decide(request, found)
    except (Invalid, Conflict, Forbidden) as problem:
        return _page(request, _found(request, proposal), problem)
    return redirect("desk:duty_proposal", proposal)


def _found(request: access.Request, proposal: UUID) -> Proposal:
    found = proposals.one(proposal)
    if found is None or found.kind != responsibility.KIND or not _readable(request, found):
        raise Absent("没有找到这个申请。")
    return found


def _readable(request: access.Request, found: Proposal) -> bool:
    own = str(found.proposer) == request.by.id
    return own or permissions.may(request.by, "duties.read", found.reach, request.at)


def _decide(request: access.Request, found: Proposal) -> None:
    go, answer = request.POST.get("go"), request.POST.get("answer", "")
    if go == "withdraw":
        approvals.withdraw(found.pk, by=request.by, at=request.at)
    elif go in ("approve", "refuse"):
        approvals.decide(found.pk, go == "approve", answer, by=request.by, at=request.at)
    else:
        raise Invalid("请选择同意或不同意。", field="answer")


def _page(request: access.Request, found: Proposal, problem: Refusal | None = None) -> HttpResponse:
    open_ = found.decided is None
    (asked,) = changes.proposals([found])
    context = {
        "tabs": options.tabs(request), "asked": asked, "open": open_, "problem": problem,
        "own": open_ and str(found.proposer) == request.by.id,
        "decidable": open_ and proposals.may_decide(found, request.by, request.at),
        "typed": request.POST.get("answer", ""),
        "outcome": changes.outcome(found.outcome),
    }  # fmt: skip
    return render(request, "desk/duties/proposal.html", context, status=problem.status if problem else 200)
