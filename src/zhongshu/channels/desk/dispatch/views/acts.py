"""What the desk does to a case: finish its own task, call an officer over, give it to another body, take it back."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect as to
from django.views.decorators.http import require_POST

from zhongshu.base.http import access
from zhongshu.base.http.middleware import said
from zhongshu.base.http.refusals import Absent, Conflict, Forbidden, Invalid, Refusal, TooLarge
from zhongshu.channels.desk import held
from zhongshu.channels.desk.cases import forms
from zhongshu.channels.desk.cases.presenters import one as cases_presenter
from zhongshu.channels.desk.cases.views.one import seen
from zhongshu.channels.desk.dispatch.presenters import queue
from zhongshu.channels.desk.dispatch.views import page
from zhongshu.channels.presenters import answers
from zhongshu.channels.presenters.answers import Fact
from zhongshu.channels.presenters.forms import documents
from zhongshu.channels.presenters.forms import typed as typing
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.queries import desk
from zhongshu.engine.cases.queries.one import View
from zhongshu.engine.dispatch import actions as dispatch
from zhongshu.engine.intake.rules.answers import Unfit
from zhongshu.engine.intake.rules.questionnaire import Questionnaire

ACTED = "desk:acted"
"""What the page hears when something was done: its queue and map are not the newest."""
Act = Callable[[access.Request, View, int, Mapping[str, Any]], object]


def _complete(request: access.Request, found: View, token: int, typed: Mapping[str, Any]) -> None:
    cases.complete(
        found.row.id, token, typed, position=forms.position(request), revision=forms.revision(request),
        by=request.by, at=request.at,
    )  # fmt: skip


def _call(request: access.Request, found: View, token: int, _typed: Mapping[str, Any]) -> None:
    try:
        officer = UUID(request.POST.get("officer", ""))
    except ValueError:
        raise Invalid("请选择要叫来的人员。", field="officer") from None
    dispatch.call_over(
        found, token, officer, instead_of=request.POST.get("holder", ""), revision=forms.revision(request),
        by=request.by, at=request.at,
    )  # fmt: skip


def _redirect(request: access.Request, found: View, token: int, typed: Mapping[str, Any]) -> None:
    body = typed["body"]
    if not (body.isascii() and body.isdecimal() and len(body) < 19):
        raise Invalid("请选择改派给哪个单位。", field="body")
    revision = forms.revision(request)
    cases.redirect(found.row.id, token, int(body), typed["reason"], revision=revision, by=request.by, at=request.at)


def _return(request: access.Request, found: View, token: int, typed: Mapping[str, Any]) -> None:
    revision = forms.revision(request)
    cases.take_back(found.row.id, token, typed["reason"], revision=revision, by=request.by, at=request.at)


ACTS: Mapping[str, Act] = {"complete": _complete, "call": _call, "redirect": _redirect, "return": _return}


@access.holding(page.DISPATCH)
@require_POST
def act(request: access.Request, number: str, token: int, name: str) -> HttpResponse:
    """Do it, and show the case as it is now; what is not taken comes back with why, and with what was typed."""
    found = seen(request, number)
    if name not in ACTS:
        raise Absent("没有这个操作。")
    form = _form(found, token) if name == "complete" else None
    typed, wrong = _typed(request, form)
    if (turned := typing.turned(form, typed, request.POST)) is not None:
        return _show(request, found.row.number, 200, token=token, typed=held.again(form, turned), found=found)
    try:
        if wrong:
            raise next(iter(wrong.values()))
        ACTS[name](request, found, token, typed)
    except (Conflict, Forbidden) as refusal:
        return _not_done(request, found, refusal, answers.answered(form, typed, full=True) or _reason(typed))
    except (Invalid, TooLarge) as problem:
        more = {"token": token, "typed": held.again(form, typed), "wrong": name, "found": found}
        return _show(request, found.row.number, 422, problems=wrong or _problems(problem), **more)
    if _by_htmx(request):
        response = page.pane(request, found.row.number, said=page.SAID[name])
        response["HX-Trigger"] = ACTED
        return response
    kind = desk.kind_of(request.POST.get("show", "")) or "running"
    return to(queue.address(kind, case=found.row.number, said=name))


def _not_done(request: access.Request, found: View, refusal: Conflict | Forbidden, kept: list[Fact]) -> HttpResponse:
    """Why it was not done and what happened meanwhile, above the case as it is now."""
    happened = cases_presenter.steps(found, getattr(refusal, "happened", []), {})
    moved = isinstance(refusal, Conflict)
    more = {"sentence": said(refusal), "moved": moved, "happened": happened, "before": found, "kept": kept}
    return _show(request, found.row.number, refusal.status, **more)


def _reason(typed: Mapping[str, Any]) -> list[Fact]:
    return [Fact("", typed["reason"])] if typed.get("reason") else []


def _problems(problem: Refusal) -> Mapping[str, Any]:
    return problem.problems if isinstance(problem, Unfit) else {problem.field or "task": problem}


def _show(request: access.Request, number: str, status: int, **more: Any) -> HttpResponse:
    show = page.pane if _by_htmx(request) else page.whole
    return show(request, number, status=status, **more)


def _by_htmx(request: access.Request) -> bool:
    return bool(request.headers.get("HX-Request"))


def _form(found: View, token: int) -> Questionnaire | None:
    task = next((task for task in found.tasks if task.token == token), None)
    if task is None:
        raise Absent("这个办件没有这个环节。")
    return found.scenario.forms.get(task.element)


def _typed(request: access.Request, form: Questionnaire | None) -> tuple[dict[str, Any], Mapping[str, Refusal]]:
    """What was typed, its photos kept, and what is wrong with any of them; without a form a body and a reason."""
    if form is None:
        return {name: request.POST.get(name, "") for name in ("body", "reason")}, {}
    chosen, wrong = held.photos(request, form)
    return documents.put(forms.answers(request, form), chosen), wrong
