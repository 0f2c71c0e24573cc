"""The privacy officer's workplace: what people ask, terms, holds, notices, certificates."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhongshu.base.approvals import actions as approvals
from zhongshu.base.http import access, reading
from zhongshu.base.http.refusals import Absent, Conflict, Forbidden, Invalid, Refusal
from zhongshu.channels.desk.privacy import presenters
from zhongshu.channels.presenters import names
from zhongshu.engine.cases.models import Case
from zhongshu.registers.privacy import doors
from zhongshu.registers.privacy.actions import notices as notices_
from zhongshu.registers.privacy.actions import requests as asking
from zhongshu.registers.privacy.actions import retaining
from zhongshu.registers.privacy.queries import requests as queries
from zhongshu.registers.privacy.rules.notices import PURPOSES
from zhongshu.registers.privacy.rules.requests import DESTROYING

BAD = (Invalid, Conflict, Forbidden)
CHANGING = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@access.holding(queries.HANDLE)
def requests(request: access.Request) -> HttpResponse:
    """What waits for a decision, the one due first at the top."""
    return _list(request, "desk:privacy_request")


@require_safe
@access.holding(queries.VERIFY)
def corrections(request: access.Request) -> HttpResponse:
    """The corrections a counter decides on."""
    return _list(request, "desk:privacy_correction")


def _list(request: access.Request, page: str) -> HttpResponse:
    asked = presenters.asked(queries.waiting(request.by, request.at))
    return _render(request, "requests", {"asked": asked, "page": page})


@CHANGING
@access.holding(queries.HANDLE)
def one(request: access.Request, asked: UUID) -> HttpResponse:
    """A request with what would be destroyed; a POST decides."""
    return _one(request, asked, "desk:privacy_requests")


@CHANGING
@access.holding(queries.VERIFY)
def correction(request: access.Request, asked: UUID) -> HttpResponse:
    """A correction; a POST decides."""
    return _one(request, asked, "desk:privacy_corrections")


def _one(request: access.Request, asked: UUID, back: str) -> HttpResponse:
    problem: Refusal | None = None
    found = queries.one(asked, request.by, request.at)
    if request.method == "POST":
        approve, answer = request.POST.get("go") == "approve", reading.text(request.POST, "answer")
        try:
            asking.decide(asked, approve, answer, by=request.by, at=request.at)
            return redirect(back)
        except BAD as refused:
            problem = refused
    goes = presenters.what_goes(found, request.at) if found.kind in DESTROYING and not found.decided else []
    context = {
        "asked": presenters.asked([found])[0], "goes": [presenters.said(kind) for kind in goes], "back": back,
        "typed": request.POST.get("answer", ""),
    }  # fmt: skip
    return _render(request, "request", context, problem)


@CHANGING
@access.holding(queries.HANDLE)
def retention(request: access.Request) -> HttpResponse:
    """For how long each kind is kept; a POST proposes another term, or decides on a proposal."""

    def propose() -> None:
        days = reading.text(request.POST, "days").strip()
        if not (days.isascii() and days.isdecimal() and len(days) < 7):
            raise Invalid("请填写天数，例如 365。", field="days")
        reason = reading.text(request.POST, "reason")
        retaining.propose_days(request.POST.get("kind", ""), int(days), reason, by=request.by, at=request.at)

    problem = _acted(request, propose)
    if request.method == "POST" and problem is None:
        return redirect("desk:privacy_retention")
    called = {code: names.holding(code) for code in doors.holdings}
    waiting = presenters.waiting(retaining.KIND, called, request.by, request.at)
    context = {"terms": presenters.terms(request.at), "waiting": waiting, "typed": request.POST}
    return _render(request, "retention", context, problem)


@CHANGING
@access.holding("privacy.notices")
def notices(request: access.Request) -> HttpResponse:
    """The notices in force; a POST proposes a new version, or decides on a proposal."""

    def propose() -> None:
        said = {name: reading.text(request.POST, name) for name in ("code", "text", "text_en", "reason")}
        notices_.propose(**said, by=request.by, at=request.at)

    problem = _acted(request, propose)
    if request.method == "POST" and problem is None:
        return redirect("desk:privacy_notices")
    called = {code: names.local(purpose) for code, purpose in PURPOSES.items()}
    waiting = presenters.waiting(notices_.KIND, called, request.by, request.at)
    context = {"editions": presenters.editions(request.at), "waiting": waiting, "typed": request.POST}
    return _render(request, "notices", context, problem)


def _acted(request: access.Request, propose: Any) -> Refusal | None:
    """What a form of a page with proposals asks for: to propose, or to decide on or withdraw one. What was wrong."""
    if request.method != "POST":
        return None
    go, _, proposal = request.POST.get("go", "").partition(":")
    try:
        if go == "propose":
            propose()
        elif go == "withdraw":
            approvals.withdraw(_id(proposal), by=request.by, at=request.at)
        else:
            answer = reading.text(request.POST, "answer")
            approvals.decide(_id(proposal), go == "approve", answer, by=request.by, at=request.at)
    except BAD as problem:
        return problem
    return None


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Absent("没有找到这个申请。") from None


@CHANGING
@access.holding(queries.HANDLE)
def holds(request: access.Request) -> HttpResponse:
    """Cases whose data is kept while they are in dispute; a POST adds one by its number."""
    problem: Refusal | None = None
    if request.method == "POST":
        number, reason = reading.text(request.POST, "number").strip()[:40], reading.text(request.POST, "reason")
        try:
            retaining.place_hold(_case(number), reason, by=request.by, at=request.at)
            return redirect("desk:privacy_holds")
        except BAD as refused:
            problem = refused
    return _render(request, "holds", {"held": presenters.held(), "typed": request.POST}, problem)


def _case(number: str) -> UUID:
    found = Case.objects.filter(number=number).values_list("pk", flat=True).first()
    if found is None:
        raise Invalid("没有这个编号的办件，请核对编号。", field="number")
    return found


@require_POST
@access.holding(queries.HANDLE)
def lift(request: access.Request, hold: UUID) -> HttpResponse:
    """The dispute is over."""
    retaining.lift_hold(hold, by=request.by, at=request.at)
    return redirect("desk:privacy_holds")


@require_safe
@access.holding(queries.HANDLE)
def certificates(request: access.Request) -> HttpResponse:
    """The last certificates of destruction."""
    return _render(request, "certificates", {"proofs": presenters.proofs()})


def _render(
    request: access.Request, page: str, context: dict[str, Any], problem: Refusal | None = None
) -> HttpResponse:
    tabs = presenters.tabs(request, request.by, request.at)
    shown = {**context, "tabs": tabs, "problem": problem, "field": problem.field if problem else ""}
    return render(request, f"desk/privacy/{page}.html", shown, status=problem.status if problem else 200)
