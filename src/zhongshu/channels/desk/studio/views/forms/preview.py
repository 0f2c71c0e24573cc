"""How a questionnaire looks to who is asked: in both languages, in elder mode, on a phone."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_http_methods, require_POST

from zhongshu.base.http import access
from zhongshu.base.http.refusals import Invalid
from zhongshu.channels.desk.studio.presenters.forms import lines
from zhongshu.channels.desk.studio.views.forms import paper as papers
from zhongshu.channels.desk.studio.views.forms.paper import Paper
from zhongshu.channels.presenters.forms import typed, walk
from zhongshu.channels.presenters.forms.asked import called
from zhongshu.engine.intake.rules import asking, questionnaire
from zhongshu.engine.intake.rules.questionnaire import Questionnaire

MODES = ("usual", "en", "elder", "phone")
_GOINGS = ("next", "back", "send")


@access.holding("scenarios.read")
@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: access.Request, draft: UUID) -> HttpResponse:
    """A questionnaire as it is asked (`?as=`: usual, en, elder, phone), to be filled in; nothing of it is kept."""
    paper = papers.opened(request, draft)
    mode = request.GET.get("as", "") if request.GET.get("as", "") in MODES else "usual"
    try:
        form = paper.form
    except Invalid as problem:
        return _shown(request, paper, mode, {"why": lines.said(paper.document, problem.sentence, problem.gaps)})
    return _shown(request, paper, mode, _walked(request, form, mode == "elder"))


def _walked(request: access.Request, form: Questionnaire, singly: bool) -> dict[str, Any]:
    """The page of the form the visitor is on, what is wrong with it, and whether all of it is as it should be."""
    answers = typed.typed(form, request.POST)
    turned = typed.turned(form, answers, request.POST)
    going = request.POST.get("form-go", "") if turned is None else ""
    found = walk.pages(form, answers if turned is None else turned, singly=singly)
    step = request.POST.get("form-step", "")
    wrong = _wrong(form, answers) if going == "send" else {}
    here = walk.walk(found, step, going if going in _GOINGS else "stay", lambda: _wrong(form, answers), wrong)
    return {
        "form": form, "answers": answers if turned is None else turned, "walk": here,
        "titles": {path: called(form, path) for path in here.problems}, "fine": going == "send" and not wrong,
    }  # fmt: skip


def _wrong(form: Questionnaire, answers: dict[str, Any]) -> dict[str, Any]:
    """What would be wrong with the answers; that files are missing is not, for none are taken here."""
    problems = questionnaire.check(form, answers).problems
    return {path: each for path, each in problems.items() if not _of_a_file(form, path)}


def _of_a_file(form: Questionnaire, path: str) -> bool:
    found = form.named(path)
    return found is not None and found.kind in ("photo", "file")


def _shown(request: access.Request, paper: Paper, mode: str, more: dict[str, Any]) -> HttpResponse:
    context = {
        "draft": paper.work.draft, "mode": mode, "edit": paper.address(), "asked": paper.address("studio_asked"),
        "modes": [(each, paper.address("studio_forms_preview", **{"as": each})) for each in MODES],
        "called": paper.document.get("title", ""), **more,
    }  # fmt: skip
    if mode == "elder":
        context["elder"] = True
    if mode != "en":
        return render(request, "desk/studio/forms_preview.html", context)
    with translation.override("en"):
        return render(request, "desk/studio/forms_preview.html", context)


@access.holding("scenarios.read")
@require_POST
def asked(request: access.Request, draft: UUID) -> HttpResponse:
    """What of the questionnaire is asked of someone who has typed so much, what must be answered, what works out."""
    paper = papers.opened(request, draft)
    form = paper.form
    settled = asking.round_of(form, typed.typed(form, request.POST))
    told = {"asked": sorted(settled.shown), "required": sorted(settled.required), "computed": dict(settled.computed)}
    return JsonResponse(told)
