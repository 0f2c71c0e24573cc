"""One trial of a draft: what waits, what is done, what happened, and the clock."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from zhongshu.base.http import access
from zhongshu.base.http.refusals import Conflict, Forbidden, Invalid, Refusal
from zhongshu.channels.desk.studio.presenters import sections
from zhongshu.channels.desk.studio.presenters.trial import examples, questions, services, standing, story, typed
from zhongshu.channels.desk.studio.views import working
from zhongshu.channels.presenters.forms import typed as typing
from zhongshu.channels.presenters.forms.asked import called
from zhongshu.engine.cases.rules import supplement
from zhongshu.engine.intake.rules.questionnaire import Questionnaire, Unfit
from zhongshu.engine.studio.actions import trying as actions
from zhongshu.engine.studio.models import Trial
from zhongshu.engine.studio.queries import trials
from zhongshu.engine.studio.rules import trial as paper

SECTION, TEMPLATE = "studio_trial", "studio_trying"
OWN = (services.ANSWER, services.FAILED)


@dataclass(frozen=True, slots=True)
class Failed:
    """What was typed and not taken."""

    problem: Refusal | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)

    @property
    def problems(self) -> Mapping[str, Any]:
        """What is wrong by question."""
        return self.problem.problems if isinstance(self.problem, Unfit) else {}


@access.holding("scenarios.read")
@require_http_methods(["GET", "HEAD", "POST"])
def trying(request: access.Request, draft: UUID, trial: UUID) -> HttpResponse:
    """How a trial stands; a POST does something in it, pushes its clock, takes a step back, keeps it as an example."""
    work = working.opened(request, draft)
    held = trials.of(work.draft, trial)
    played = _played(work, held)
    if request.method != "POST":
        return _page(request, work, held, played, Failed())
    if played.trial is not None and (turned := _turned(played.trial, request.POST)) is not None:
        return _page(request, work, held, played, Failed(None, turned))
    try:
        return _done(request, work, held, played)
    except (Invalid, Conflict, Forbidden) as problem:
        _placed(problem, request.POST.get("own-go", ""))
        return _page(request, work, held, played, Failed(problem, _answers(played.trial, request.POST)))


def _played(work: working.Work, held: Trial) -> paper.Played:
    try:
        return trials.played(held, trials.scenario(work.files))
    except Invalid as problem:
        return paper.Played(None, refusal=problem)


def _done(request: access.Request, work: working.Work, held: Trial, played: paper.Played) -> HttpResponse:
    go, post = request.POST.get("own-go", ""), request.POST
    if go == "remove":
        actions.drop(held.pk, by=request.by, at=request.at)
        return working.back(SECTION, work.draft.pk)
    if go == "name":
        actions.name(held.pk, post.get("own-title", ""), by=request.by, at=request.at)
    elif go == "back":
        actions.back(held.pk, _turn(post), by=request.by, at=request.at)
    elif played.trial is None:
        raise played.refusal or Conflict("这次试办现在走不通，请先改好草稿。")
    elif go == "keep":
        _keep(request, work, held, played.trial)
        return working.back(SECTION, work.draft.pk, at="examples")
    else:
        actions.take(held.pk, typed.steps(played.trial, post), _turn(post), by=request.by, at=request.at)
    return working.back(TEMPLATE, work.draft.pk, held.pk, at="title" if go == "name" else "waits")


def _keep(request: access.Request, work: working.Work, held: Trial, tried: paper.Trial) -> None:
    title = request.POST.get("example-title", "")
    file = examples.named(title, work.files)
    town: paper.Where = "city" if held.town == Trial.Town.CITY else "made_up"
    working.keep(request, work, {file: examples.text(tried, title, town)})


def _turn(post: Mapping[str, str]) -> int:
    text = post.get("own-turn", "")
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise Invalid("页面不完整，请刷新后再办。", field="own-turn")
    return int(text)


def _form(tried: paper.Trial | None, post: QueryDict) -> Questionnaire | None:
    """The form that was filled in: the applicant's list, or that of a task."""
    if tried is None:
        return None
    if post.get("own-go") == "supply":
        return supplement.form(tried.waiting.items) if tried.waiting else None
    token = post.get("own-token", "")
    task = tried.held.task(int(token)) if token.isdecimal() and len(token) < 10 else None
    return tried.scenario.forms.get(task.element) if task else None


def _answers(tried: paper.Trial | None, post: QueryDict) -> dict[str, Any]:
    return questions.answers(_form(tried, post), post)


def _turned(tried: paper.Trial, post: QueryDict) -> dict[str, Any] | None:
    return typing.turned(_form(tried, post), _answers(tried, post), post)


def _placed(problem: Refusal, go: str) -> None:
    """Let what is wrong lead to the input of the button that was pressed."""
    if isinstance(problem, paper.Unchosen):
        problem.field = f"choose-{services.ANSWER}{problem.call.element}"
        return
    if problem.field and not problem.field.startswith((*OWN, "example-")):
        problem.field = f"{go}-{problem.field.removeprefix('own-')}"


def _page(
    request: access.Request, work: working.Work, held: Trial, played: paper.Played, failed: Failed
) -> HttpResponse:
    more: dict[str, Any] = {
        "trial": held, "steps": len(held.plain.get("steps", ())), "played": played, "problems": failed.problems,
        "went": request.POST.get("own-go", ""), "typed": _kept(request.POST), "rows": _rows(request.POST),
        "stopped_at": played.step + 1 if played.step is not None else None,
    }  # fmt: skip
    if (tried := played.trial) is not None:
        more |= _tried(request, work, tried, failed)
    return working.page(request, work, TEMPLATE, failed.problem, more | _tabs(work))


def _tabs(work: working.Work) -> dict[str, Any]:
    """The trial's page stands under that of all trials."""
    return {"sections": sections.sections(work.draft.pk, SECTION, work.findings), "here": ()}


def _tried(request: access.Request, work: working.Work, tried: paper.Trial, failed: Failed) -> dict[str, Any]:
    asked = reverse("desk:studio_trial_asked", args=[work.draft.pk, "TASK"]).replace("TASK", "{}")
    wanted = _wanted(request)
    now = standing.standing(tried, wanted, failed.answers, failed.problems, asked)
    unchosen = failed.problem if isinstance(failed.problem, paper.Unchosen) else None
    element = unchosen.call.element if unchosen else ""
    found = services.services(tried.scenario, tried.town, tried.outcomes, request.POST)
    told = {"problem": None} if failed.problems else {}  # each is told by its question
    form = _form(tried, request.POST)
    return told | {
        "now": now, "story": story.told(tried), "services": found,
        "services_open": bool(failed.problem and failed.problem.field.startswith(OWN)),
        "unchosen": [one for one in found if one.element == element], "again": _again(request.POST, element),
        "titles": {path: called(form, path) for path in failed.problems},
    }  # fmt: skip


def _wanted(request: access.Request) -> str:
    if request.POST.get("own-go") == "supply":
        return standing.APPLICANT
    return request.POST.get("own-token") or request.GET.get("task", "")


def _again(post: QueryDict, element: str) -> list[tuple[str, str]]:
    """Everything that was sent, to be sent again with what the automatic step answers."""
    chosen = {f"{name}{element}" for name in OWN} | {"csrfmiddlewaretoken"}
    return [(name, value) for name, values in post.lists() if name not in chosen for value in values if element]


def _kept(post: QueryDict) -> dict[str, str]:
    """What was typed beside the questions, by the names of the inputs without hyphens."""
    return {name.removeprefix("own-").replace("-", "_"): str(value) for name, value in post.items() if "-" in name}


def _rows(post: QueryDict) -> list[tuple[str, str]]:
    """The rows of what the applicant is asked for, as far as they were typed."""
    typed_rows = list(zip(post.getlist("own-what"), post.getlist("own-why"), strict=False))[: typed.MOST_ITEMS]
    return [*typed_rows, *([("", "")] * (typed.MOST_ITEMS - len(typed_rows)))]
