"""Proposed grants: what waits, and deciding on one."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from zhongshu.base.approvals import actions as approvals
from zhongshu.base.approvals import queries as proposals
from zhongshu.base.approvals.models import Proposal
from zhongshu.base.http import access
from zhongshu.base.http.refusals import Absent, Conflict, Forbidden, Invalid, Refusal
from zhongshu.base.permissions import rules as permissions
from zhongshu.channels.desk.rights.presenters import rows, tabs
from zhongshu.registers.people.rules.grants import APPROVE, GIVE, PROPOSE


@access.signed_in
def waiting(request: access.Request) -> HttpResponse:
    """The proposals the visitor could decide, and the visitor's own that wait for another."""
    context = {
        "tabs": tabs.tabs(request), "others": rows.asked(proposals.waiting(request.by, request.at, GIVE)),
        "mine": rows.asked(proposals.mine(request.by, GIVE)),
        "may_decide": permissions.holds_anywhere(request.by, APPROVE, request.at),
    }  # fmt: skip
    return render(request, "desk/rights/proposals.html", context)


@access.signed_in
def one(request: access.Request, proposal: UUID) -> HttpResponse:
    """A proposed grant, for who proposed it and for who may decide in that place."""
    return _page(request, _found(request, proposal))


@access.holding(APPROVE, fresh=True)
@require_POST
def decide(request: access.Request, proposal: UUID) -> HttpResponse:
    """Approve, which gives the grant, or refuse with a reason."""
    go = request.POST.get("go")
    _found(request, proposal)
    try:
        if go not in ("approve", "refuse"):
            raise Invalid("请选择同意或不同意。", field="answer")
        approvals.decide(proposal, go == "approve", request.POST.get("answer", ""), by=request.by, at=request.at)
    except (Invalid, Conflict, Forbidden) as problem:
        return _page(request, _found(request, proposal), problem)
    return redirect("desk:grant_proposal", proposal)


@access.holding(PROPOSE)
@require_POST
def withdraw(request: access.Request, proposal: UUID) -> HttpResponse:
    """Take one's own proposal back."""
    _found(request, proposal)
    try:
        approvals.withdraw(proposal, by=request.by, at=request.at)
    except Conflict as problem:
        return _page(request, _found(request, proposal), problem)
    return redirect("desk:grant_proposal", proposal)


def _found(request: access.Request, proposal: UUID) -> Proposal:
    found = proposals.one(proposal)
    if found is None or found.kind != GIVE or not _readable(request, found):
        raise Absent("没有找到这个申请。")
    return found


def _readable(request: access.Request, found: Proposal) -> bool:
    rights = (APPROVE, PROPOSE)
    own = str(found.proposer) == request.by.id
    return own or any(permissions.may(request.by, right, found.reach, request.at) for right in rights)


def _page(request: access.Request, found: Proposal, problem: Refusal | None = None) -> HttpResponse:
    (asked,) = rows.asked([found])
    context = {
        "tabs": tabs.tabs(request), "asked": asked, "open": found.decided is None, "problem": problem,
        "own": found.decided is None and str(found.proposer) == request.by.id,
        "decidable": rows.decidable(found, request.by, request.at), "typed": request.POST.get("answer", ""),
    }  # fmt: skip
    return render(request, "desk/rights/proposal.html", context, status=problem.status if problem else 200)
