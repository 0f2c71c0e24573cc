"""Two records of one person: what waits to be decided, deciding, and taking a merging back."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhongshu.base.approvals import actions as approvals
from zhongshu.base.approvals import queries as proposals
from zhongshu.base.approvals.models import Proposal
from zhongshu.base.http import access, reading
from zhongshu.base.http.refusals import Absent, Conflict, Forbidden, Invalid
from zhongshu.channels.desk.persons import presenters
from zhongshu.registers.people import actions as people
from zhongshu.registers.people.actions.merging import KIND
from zhongshu.registers.people.queries.looks import MERGE


@never_cache
@require_safe
@access.holding(MERGE)
def waiting(request: access.Request) -> HttpResponse:
    """What waits for the visitor's decision, and the mergings that stand."""
    return _list(request)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@access.holding(MERGE)
def one(request: access.Request, proposal: UUID) -> HttpResponse:
    """Two records side by side; a POST decides."""
    found = proposals.one(proposal)
    if found is None or found.kind != KIND:
        raise Absent("没有找到这个申请。")
    if request.method != "POST":
        return _one(request, found)
    go, answer = request.POST.get("go", ""), reading.text(request.POST, "answer")
    try:
        if go not in ("approve", "refuse"):
            raise Invalid("请选择同意或不同意。", field="answer")
        approvals.decide(proposal, go == "approve", answer, by=request.by, at=request.at)
    except (Invalid, Conflict, Forbidden) as problem:
        return _one(request, found, {"answer": problem}, problem.status)
    return redirect("desk:mergings")


@require_POST
@access.holding(MERGE)
def undo(request: access.Request, merge: UUID) -> HttpResponse:
    """Take a merging back."""
    try:
        people.undo_merge(merge, reading.text(request.POST, "reason"), by=request.by, at=request.at)
    except (Invalid, Conflict) as problem:
        return _list(request, {"reason": problem}, problem.status)
    return redirect("desk:mergings")


def _list(request: access.Request, problems: Mapping[str, Any] | None = None, status: int = 200) -> HttpResponse:
    others = proposals.waiting(request.by, request.at, KIND)
    context = {"pairs": presenters.pairs(others), "done": presenters.done(), "problems": problems or {}}
    return render(request, "desk/persons/mergings.html", context, status=status)


def _one(
    request: access.Request, found: Proposal, problems: Mapping[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    (pair,) = presenters.pairs([found])
    context = {
        "pair": pair, "open": found.decided is None, "problems": problems or {}, "typed": request.POST,
        "decidable": found.decided is None and proposals.may_decide(found, request.by, request.at),
    }  # fmt: skip
    return render(request, "desk/persons/merging.html", context, status=status)
