"""Trying a draft: beginning a trial, those there are, the author's examples."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from zhongshu.base.http import access
from zhongshu.base.http.refusals import Absent, Conflict, Forbidden, Invalid, Refusal
from zhongshu.channels.desk.studio.presenters.trial import beginning, examples, questions, services
from zhongshu.channels.desk.studio.views import working
from zhongshu.channels.presenters.forms import typed as typing
from zhongshu.channels.presenters.forms.asked import called
from zhongshu.engine.cases.rules.scenario import Scenario
from zhongshu.engine.intake.rules import asking
from zhongshu.engine.intake.rules.questionnaire import Questionnaire, Unfit
from zhongshu.engine.studio.actions import trying
from zhongshu.engine.studio.models import Trial
from zhongshu.engine.studio.queries import trials
from zhongshu.engine.studio.rules import trial as paper
from zhongshu.registers.people import queries as people

SECTION = "studio_trial"
REPORT = "report"
"""Stands for the questionnaire a case begins with where a task's name would."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed and not taken: answers, what is wrong with them, and an automatic step nobody has chosen for."""

    answers: Mapping[str, Any] = field(default_factory=dict)
    problems: Mapping[str, Any] = field(default_factory=dict)
    unchosen: paper.Unchosen | None = None


@access.holding("scenarios.read")
@require_http_methods(["GET", "HEAD", "POST"])
def trial(request: access.Request, draft: UUID) -> HttpResponse:
    """The trials of a draft and its examples; a POST begins a trial, goes on from an example, or takes one away."""
    work = working.opened(request, draft)
    try:
        known = trials.scenario(work.files)
    except Invalid as problem:
        return _page(request, work, None, problem if request.method == "POST" else None)
    if request.method != "POST":
        return _page(request, work, known)
    match request.POST.get("own-go"):
        case "begin":
            return _begin(request, work, known)
        case "example" | "drop-example":
            return _example(request, work, known)
        case _:
            return _page(request, work, known, Invalid("请从页面上的按钮里选一个。"))


def _begin(request: access.Request, work: working.Work, known: Scenario) -> HttpResponse:
    given = questions.answers(known.form, request.POST)
    if (turned := typing.turned(known.form, given, request.POST)) is not None:
        return _page(request, work, known, typed=Typed(turned))
    try:
        where = _where(request)
        begun = beginning.begun(known, beginning.town(where, request.at), request.POST)
        title = request.POST.get("own-title", "")
        made = trying.begin(work.draft.pk, begun, town=where, title=title, by=request.by, at=request.at)
    except paper.Unchosen as problem:
        problem.field = services.ANSWER + problem.call.element
        return _page(request, work, known, problem, Typed(given, unchosen=problem))
    except Unfit as problem:
        return _page(request, work, known, problem, Typed(given, problem.problems))
    except (Invalid, Conflict, Forbidden) as problem:
        return _page(request, work, known, problem, Typed(given))
    return working.back("studio_trying", work.draft.pk, made.pk, at="waits")


def _example(request: access.Request, work: working.Work, known: Scenario) -> HttpResponse:
    try:
        file = examples.chosen(request.POST.get("example", ""), work.files)
        if request.POST["own-go"] == "drop-example":
            working.keep(request, work, {file: None})
            return working.back(SECTION, work.draft.pk, at="examples")
        example = paper.read_example(work.files[file])
        made = trying.begin_from(work.draft.pk, example, by=request.by, at=request.at)
    except (Invalid, Conflict, Forbidden) as problem:
        return _page(request, work, known, problem)
    return working.back("studio_trying", work.draft.pk, made.pk, at="waits")


def _where(request: access.Request) -> paper.Where:
    """The town that was chosen, this city's unless it is the made-up one."""
    given = request.POST if request.method == "POST" else request.GET
    return "made_up" if (given.get("own-town") or given.get("town")) == Trial.Town.MADE_UP else "city"


def _page(
    request: access.Request, work: working.Work, known: Scenario | None, problem: Refusal | None = None,
    typed: Typed | None = None,
) -> HttpResponse:  # fmt: skip
    found = trials.listed(work.draft)
    who = people.names([str(each.by) for each in found])
    more: dict[str, Any] = {
        "trials": [(each, len(each.plain.get("steps", ())), who.get(str(each.by), "")) for each in found],
        "room": len(found) < trials.MOST, "most": trials.MOST, "sound": known is not None,
        "examples": examples.listed(work.draft, work.files, work.findings),
    }  # fmt: skip
    if known is not None:
        more |= _beginning(request, work, known, typed or Typed())
    return working.page(request, work, SECTION, problem, more)


def _beginning(request: access.Request, work: working.Work, known: Scenario, typed: Typed) -> dict[str, Any]:
    where = _where(request)
    town = beginning.town(where, request.at)
    asked = reverse("desk:studio_trial_asked", args=[work.draft.pk, REPORT])
    call = typed.unchosen.call if typed.unchosen else None
    told = {"problem": None} if typed.problems else {}  # each is told by its question
    return told | {
        "begin": beginning.offered(
            known, town, where, request.at, request.POST, typed.answers, typed.problems, asked
        ),
        "unchosen": services.services(known, town, {}, request.POST, call.element) if call else (),
        "problems": typed.problems, "titles": {path: called(known.form, path) for path in typed.problems},
    }  # fmt: skip


@access.holding("scenarios.read")
@require_POST
def asked(request: access.Request, draft: UUID, element: str) -> JsonResponse:
    """What of a form is asked of someone who has typed so much; photos and files are asked by a box to tick."""
    form = _form(trials.scenario(working.opened(request, draft).files), element)
    settled = asking.round_of(form, questions.answers(form, request.POST))
    boxes = {field.name for field in form.fields if field.kind in questions.KINDS}
    told = {
        "asked": sorted(settled.shown - boxes), "required": sorted(settled.required),
        "computed": dict(settled.computed),
    }  # fmt: skip
    return JsonResponse(told)


def _form(known: Scenario, element: str) -> Questionnaire:
    form = known.form if element == REPORT else known.forms.get(element)
    if form is None:
        raise Absent("没有这张表，请刷新页面。")
    return form
