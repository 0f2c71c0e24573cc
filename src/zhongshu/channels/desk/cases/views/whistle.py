"""A whistle while it is out: calling one more body, calling one off, another lead; and marks afterwards."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from zhongshu.base.http import access
from zhongshu.base.http.refusals import Invalid
from zhongshu.channels.desk.cases.views.outcomes import with_reason
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.rules.state import WHOLE
from zhongshu.engine.cases.rules.whistle import MOST_HOURS, Marks


@access.holding("desk.open")
@require_POST
def call(request: access.Request, number: str) -> HttpResponse:
    """Call one more body."""

    def act(case_id: UUID, reason: str) -> None:
        body = _number(request, "body")
        if body is None:
            raise Invalid("请选择点名的单位。", field="body")
        cases.call_body(
            case_id, body, reason, hours=_hours(request), lead="lead" in request.POST, by=request.by, at=request.at
        )

    return with_reason(request, number, WHOLE, "call", act)


@access.holding("desk.open")
@require_POST
def call_off(request: access.Request, number: str, token: int) -> HttpResponse:
    """Call a body off."""

    def act(case_id: UUID, reason: str) -> None:
        cases.call_off(case_id, token, reason, by=request.by, at=request.at)

    return with_reason(request, number, token, "off", act)


@access.holding("desk.open")
@require_POST
def lead(request: access.Request, number: str, token: int) -> HttpResponse:
    """Make another of the bodies at work the lead."""

    def act(case_id: UUID, reason: str) -> None:
        cases.name_lead(case_id, token, reason, by=request.by, at=request.at)

    return with_reason(request, number, token, "lead", act)


@access.holding("desk.open")
@require_POST
def score(request: access.Request, number: str, token: int) -> HttpResponse:
    """Give a called body its marks; what is typed as the reason goes with them."""

    def act(case_id: UUID, reason: str) -> None:
        marks = Marks(*(_number(request, name) or 0 for name in Marks.__slots__))
        cases.score_body(case_id, token, marks, reason, by=request.by, at=request.at)

    return with_reason(request, number, token, "score", act)


def _number(request: access.Request, name: str) -> int | None:
    text = request.POST.get(name, "").strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 12 else None


def _hours(request: access.Request) -> int | None:
    """The limit typed, None where none was; what is no number is told like one that is out of bounds."""
    if not request.POST.get("hours", "").strip():
        return None
    found = _number(request, "hours")
    if found is None:
        raise Invalid("时限须为 1 至 {most} 小时。", field="hours", most=MOST_HOURS)
    return found
