"""Asking the applicant for what is missing, waiting no longer, calling it withdrawn when nothing came."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from zhongshu.base.http import access
from zhongshu.base.http.refusals import Conflict, Forbidden, Invalid
from zhongshu.channels.desk.cases import forms
from zhongshu.channels.desk.cases.views.one import TurnedDown, page, seen
from zhongshu.channels.desk.cases.views.outcomes import not_done, with_reason
from zhongshu.channels.presenters.answers import Fact
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.rules import supplement
from zhongshu.engine.cases.rules.state import WHOLE


@access.holding("desk.open")
@require_POST
def ask(request: access.Request, number: str, token: int) -> HttpResponse:
    """Ask for everything that is missing, in one list."""
    found, typed = seen(request, number), _typed(request)
    try:
        asked = supplement.items(typed)
        cases.ask_supplement(found.row.id, token, asked, revision=forms.revision(request), by=request.by, at=request.at)
    except (Conflict, Forbidden) as refusal:
        return not_done(request, found, refusal, [Fact("", f"{what} {why}") for what, why in typed])
    except Invalid as problem:
        wrong = TurnedDown("supplement", token, problem, "")
        return page(request, found, typed={"items": typed}, turned_down=wrong, status=422)
    return redirect("desk:case", found.row.number)


def _typed(request: access.Request) -> list[tuple[str, str]]:
    pairs = zip(request.POST.getlist("what"), request.POST.getlist("why"), strict=False)
    return [(what, why) for what, why in pairs if what.strip() or why.strip()]


@access.holding("desk.open")
@require_POST
def drop(request: access.Request, number: str) -> HttpResponse:
    """Wait for the applicant no longer."""

    def act(case_id: UUID, reason: str) -> None:
        cases.drop_supplement(case_id, reason, by=request.by, at=request.at)

    return with_reason(request, number, WHOLE, "drop", act)


@access.holding("desk.open")
@require_POST
def deem(request: access.Request, number: str) -> HttpResponse:
    """End a case whose applicant added nothing in time."""

    def act(case_id: UUID, reason: str) -> None:
        cases.deem_withdrawn(case_id, reason, by=request.by, at=request.at)

    return with_reason(request, number, WHOLE, "deem", act)
