"""What one may do to a case: claim, give back, hand over, finish a task."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from zhongshu.base.http import access
from zhongshu.base.http.refusals import Absent, Conflict, Forbidden, Invalid, Refusal, TooLarge
from zhongshu.channels.desk import held
from zhongshu.channels.desk.cases import forms
from zhongshu.channels.desk.cases.views import keeping
from zhongshu.channels.desk.cases.views.one import page, seen
from zhongshu.channels.desk.cases.views.outcomes import not_done, with_reason
from zhongshu.channels.presenters import answers, resuming
from zhongshu.channels.presenters.forms import documents
from zhongshu.channels.presenters.forms import typed as typing
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.queries.one import Task, View
from zhongshu.engine.intake.rules.answers import Unfit
from zhongshu.engine.intake.rules.questionnaire import Questionnaire


@access.holding("desk.open")
@require_POST
def claim(request: access.Request, number: str, token: int) -> HttpResponse:
    """Take a task, and keep what was typed into its form before; whoever comes second reads who has it."""
    found = seen(request, number)
    form = found.scenario.forms.get(_task(found, token).element)
    typed, _ = _typed(request, form)
    try:
        cases.claim(found.row.id, token, revision=forms.revision(request), by=request.by, at=request.at)
    except (Conflict, Forbidden) as refusal:
        return not_done(request, found, refusal, answers.answered(form, typed, full=True))
    sent = resuming.sent(request, form, typed)
    if sent and any(sent.typed.values()):
        return redirect(resuming.keep(request, sent))
    return redirect("desk:case", found.row.number)


@access.holding("desk.open")
@require_POST
def release(request: access.Request, number: str, token: int) -> HttpResponse:
    """Give a task back, with the reason."""

    def act(case_id: UUID, reason: str) -> None:
        cases.release(case_id, token, reason, by=request.by, at=request.at)

    return with_reason(request, number, token, "release", act)


@access.holding("desk.open")
@require_POST
def assign(request: access.Request, number: str, token: int) -> HttpResponse:
    """Give a task to somebody who may do it, with the reason."""

    def act(case_id: UUID, reason: str) -> None:
        cases.assign(case_id, token, forms.account(request), reason, by=request.by, at=request.at)

    return with_reason(request, number, token, "assign", act)


@access.holding("desk.open")
@require_POST
def complete(request: access.Request, number: str, token: int) -> HttpResponse:
    """Finish a task with what was typed; then back to the list for the next."""
    found = seen(request, number)
    task = _task(found, token)
    form = found.scenario.forms.get(task.element)
    typed, wrong = _typed(request, form)
    if (turned := typing.turned(form, typed, request.POST)) is not None:
        return page(request, found, token=token, typed=held.again(form, turned), problems={})
    if not wrong and (onward := resuming.saved(request, form, typed)):
        return redirect(onward)
    try:
        if wrong:
            raise next(iter(wrong.values()))
        with transaction.atomic():
            if about := keeping.subject(request, found, task):
                resuming.finish_all(request, about)
            cases.complete(
                found.row.id, token, typed, position=forms.position(request), revision=forms.revision(request),
                by=request.by, at=request.at,
            )  # fmt: skip
    except (Conflict, Forbidden) as refusal:
        return not_done(request, found, refusal, answers.answered(form, typed, full=True))
    except (Invalid, TooLarge) as problem:
        again = held.again(form, typed)
        return page(request, found, token=token, typed=again, problems=wrong or _problems(problem), status=422)
    return redirect(f"{reverse('desk:inbox')}?done={found.row.number}")


def _typed(request: access.Request, form: Questionnaire | None) -> tuple[dict[str, Any], Mapping[str, Refusal]]:
    """What was typed, with the documents sent so far; and what is wrong with any of them, by question."""
    chosen, wrong = held.photos(request, form)
    return documents.put(forms.answers(request, form), chosen), wrong


def _task(found: View, token: int) -> Task:
    task = next((task for task in found.tasks if task.token == token), None)
    if task is None:
        raise Absent("这个办件没有这个环节。")
    return task


def _problems(problem: Refusal) -> Mapping[str, Any]:
    """What is wrong by field; what belongs to no field stands above the form."""
    return problem.problems if isinstance(problem, Unfit) else {problem.field or "task": problem}
