"""Signatures: asking for one, reminding, calling off, answering who disagrees."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from zhongshu.base.http import access
from zhongshu.base.http.refusals import Invalid
from zhongshu.channels.desk.cases import forms
from zhongshu.channels.desk.cases.views.outcomes import with_reason
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.rules.signing import MOST_HOURS, Wanted


@require_POST
@access.holding("desk.open")
def ask(request: access.Request, number: str, token: int) -> HttpResponse:
    """Ask somebody or a body to sign a task; what is typed as the reason is the question."""

    def act(case_id: UUID, question: str) -> None:
        cases.ask_signature(
            case_id, token, _wanted(request, question), revision=forms.revision(request), by=request.by, at=request.at
        )

    return with_reason(request, number, token, "ask_sign", act)


@require_POST
@access.holding("desk.open")
def off(request: access.Request, number: str, token: int) -> HttpResponse:
    """Call a signature off."""

    def act(case_id: UUID, reason: str) -> None:
        cases.call_off_signature(case_id, token, reason, revision=forms.revision(request), by=request.by, at=request.at)

    return with_reason(request, number, token, "sign_off", act)


@require_POST
@access.holding("desk.open")
def remind(request: access.Request, number: str, token: int) -> HttpResponse:
    """Remind whoever has not signed yet."""

    def act(case_id: UUID, _: str) -> None:
        cases.remind_signer(case_id, token, revision=forms.revision(request), by=request.by, at=request.at)

    return with_reason(request, number, token, "sign_remind", act)


@require_POST
@access.holding("desk.open")
def reply(request: access.Request, number: str, token: int) -> HttpResponse:
    """Say what becomes of a disagreement."""

    def act(case_id: UUID, text: str) -> None:
        cases.answer_signature(case_id, token, text, revision=forms.revision(request), by=request.by, at=request.at)

    return with_reason(request, number, token, "sign_reply", act)


def _wanted(request: access.Request, question: str) -> Wanted:
    kind, _, id_ = request.POST.get("signer", "").partition(":")
    body = int(id_) if kind == "body" and id_.isascii() and id_.isdecimal() and len(id_) < 12 else None
    return Wanted(question, account=_account(id_) if kind == "account" else "", body=body, hours=_hours(request))


def _account(text: str) -> str:
    try:
        return str(UUID(text))
    except ValueError:
        return ""


def _hours(request: access.Request) -> int | None:
    text = request.POST.get("hours", "").strip()
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) < 5):
        raise Invalid("时限须为 1 至 {most} 小时。", field="hours", most=MOST_HOURS)
    return int(text)
