"""Acting on a matter one has told of while it runs: adding what is missing, urging, taking it back."""

from uuid import UUID

from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from zhongshu.affairs.city.queries import Progress
from zhongshu.base.http import access, reading
from zhongshu.base.http.refusals import Conflict, Invalid, Refusal
from zhongshu.channels.portal import applicant, held
from zhongshu.channels.portal.views import drafts, track
from zhongshu.channels.portal.views.photos import with_photos
from zhongshu.channels.presenters import drafts as saving
from zhongshu.channels.presenters import resuming
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.intake.rules.questionnaire import Unfit


@require_POST
@access.anyone
def supplement(request: access.Request, case_id: UUID) -> HttpResponse:
    """Add everything that was asked for; or keep what there is of it."""
    if (ended := drafts.ended(request)) is not None:
        return ended
    found = track.theirs(request, case_id)
    asked = applicant.part(found, request.at).form
    if asked is None:
        raise Conflict("现在没有等您补正的材料：可能已经提交，或已过了补正期限。")
    draft, problems = with_photos(request, asked.form)
    if saving.saves(request) and not problems and (sent := resuming.sent(request, asked.form, draft.answers)):
        return drafts.save(request, sent)
    try:
        if problems:
            raise next(iter(problems.values()))
        with transaction.atomic():
            resuming.finish_all(request, asked.subject)
            cases.answer_supplement(case_id, draft.plain(), code=_code(request, case_id), by=request.by, at=request.at)
    except Unfit as unfit:
        return track.page(request, found, draft=draft, problems=unfit.problems | problems)
    except (Invalid, Conflict) as problem:
        return track.page(request, found, draft=draft, problems=problems or {problem.field or "own-send": problem})
    return _back(case_id, "part")


@require_POST
@access.anyone
def urge(request: access.Request, case_id: UUID) -> HttpResponse:
    """Urge whoever the matter waits for."""
    found, text = track.theirs(request, case_id), reading.text(request.POST, "urge")
    try:
        cases.urge_own(case_id, text, code=_code(request, case_id), by=request.by, at=request.at)
    except (Invalid, Conflict) as problem:
        return _again(request, found, "urge", problem)
    return _back(case_id, "part")


@require_POST
@access.anyone
def withdraw(request: access.Request, case_id: UUID) -> HttpResponse:
    """Take the matter back."""
    found, reason = track.theirs(request, case_id), reading.text(request.POST, "withdraw")
    try:
        cases.withdraw(case_id, reason, code=_code(request, case_id), by=request.by, at=request.at)
    except (Invalid, Conflict) as problem:
        return _again(request, found, "withdraw", problem)
    return _back(case_id, "trace")


def _code(request: access.Request, case_id: UUID) -> str:
    known = held.case(request, case_id)
    return known[1] if known else ""


def _again(request: access.Request, found: Progress, field: str, problem: Refusal) -> HttpResponse:
    problem.field = field
    return track.page(request, found, problem)


def _back(case_id: UUID, part: str) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('portal:progress', args=[case_id])}#{part}")
