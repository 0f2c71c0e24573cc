"""One questionnaire: its questions in order, its steps and groups, and beside them how it looks."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from zhongshu.base.http import access
from zhongshu.base.http.refusals import Absent, Conflict, Forbidden, Invalid, Refusal
from zhongshu.channels.desk.studio.presenters.forms import lines, words
from zhongshu.channels.desk.studio.views import working
from zhongshu.channels.desk.studio.views.forms import paper as papers
from zhongshu.channels.desk.studio.views.forms.paper import Paper
from zhongshu.engine.intake.rules.questionnaire import Questionnaire
from zhongshu.engine.studio.rules.editing.questions import layout, paths, verbs

Changed = tuple[Mapping[str, Any], str]
"""The document after an edit, and the id of what to look at on the page then."""


@access.holding("scenarios.read")
@require_http_methods(["GET", "HEAD", "POST"])
def editing(request: access.Request, draft: UUID) -> HttpResponse:
    """A questionnaire with all its questions; a POST adds, moves or removes a question, a step or a group."""
    paper = papers.opened(request, draft)
    if request.method != "POST":
        return _page(request, paper)
    try:
        return redirect(_back(request, paper) if request.POST.get("go") == "undo" else _done(request, paper))
    except (Invalid, Conflict, Forbidden, Absent) as problem:
        return _page(request, paper, problem)


def _done(request: access.Request, paper: Paper) -> str:
    verb = next((name for name in _OF_A_PLACE if name in request.POST), request.POST.get("go", ""))
    document = papers.sound(paper)
    if verb in _OF_A_PLACE:
        changed, seen = _OF_A_PLACE[verb](document, request.POST[verb])
    elif verb in _OF_A_FORM:
        changed, seen = _formed(verb, document, request.POST)
    else:
        raise Invalid("页面不完整，请刷新后再试。")
    papers.keep(request, paper, changed)
    return f"{paper.address()}#{seen}"


def _formed(verb: str, document: Mapping[str, Any], typed: QueryDict) -> Changed:
    try:
        return _OF_A_FORM[verb](document, typed)
    except Invalid as problem:
        problem.field = f"{verb}_{problem.field}"
        raise


def _back(request: access.Request, paper: Paper) -> str:
    """Take the last save of the draft back."""
    now = working.undo(request, paper.work)
    return paper.address() if paper.file in now.files else reverse("desk:studio_forms", args=[paper.work.draft.pk])


def _moved(by: int) -> Callable[[Mapping[str, Any], str], Changed]:
    return lambda document, path: (layout.moved(document, path, by), f"at-{path}")


def _removed(document: Mapping[str, Any], path: str) -> Changed:
    return verbs.remove(document, path), "questions"


def _added(document: Mapping[str, Any], typed: QueryDict) -> Changed:
    how, _, name = typed.get("where", "").partition(":")
    kind, title = typed.get("kind", ""), typed.get("title", "")
    after = name if how == "after" else ""
    added, path = verbs.add(document, kind, title, group=name if how == "rows" else "", after=after)
    changed = placed(added, path, typed.get("where", "")) if how in ("first", "group") else added
    return changed, f"at-{path}"


def placed(document: Mapping[str, Any], path: str, where: str) -> Mapping[str, Any]:
    """The document with a question at a place of `lines.places`."""
    how, _, name = where.partition(":")
    if how == "group":
        return layout.put(document, paths.name(path), name)
    if how not in ("first", "after"):
        raise Invalid("请选择放在哪里。", field="where")
    return layout.placed(document, path, name)


def _step(document: Mapping[str, Any], typed: QueryDict) -> Changed:
    changed = layout.step_added(document, typed.get("title", "").strip())
    return changed, f"at-{layout.steps(changed)[-1]['name']}"


def _group(document: Mapping[str, Any], typed: QueryDict) -> Changed:
    step = typed.get("step", "")
    changed = layout.group_added(document, step, typed.get("title", "").strip())
    found = next(each for each in layout.steps(changed) if each["name"] == step)
    return changed, f"at-{found['groups'][-1]['name']}"


def _titled(document: Mapping[str, Any], typed: QueryDict) -> Changed:
    return verbs.titled(document, typed.get("title", ""), typed.get("title_en", "")), "revision"


_OF_A_PLACE: Mapping[str, Callable[[Mapping[str, Any], str], Changed]] = {
    "up": _moved(-1), "down": _moved(1), "remove": _removed,
    "part": lambda document, name: (layout.removed(document, name), "questions"),
}  # fmt: skip
"""What a button by its name does to the question, step or group it has as its value."""
_OF_A_FORM: Mapping[str, Callable[[Mapping[str, Any], QueryDict], Changed]] = {
    "add": _added, "step": _step, "group": _group, "called": _titled,
}  # fmt: skip
"""What a form by the value of its button `go` does."""


def _page(request: access.Request, paper: Paper, problem: Refusal | None = None) -> HttpResponse:
    document = paper.document
    form, why = _read(paper)
    more = {
        "steps": lines.steps(document, paper.findings), "stepped": bool(layout.steps(document)), "form": form,
        "why": why, "asked": paper.address("studio_asked"), "kinds": words.all_kinds(),
        "places": list(lines.places(document)) if not paper.broken else [], "typed": request.POST or request.GET,
        "went": request.POST.get("go", ""), "question": paper.address("studio_forms_question"),
        "part": paper.address("studio_forms_section"), "called": document.get("title", ""),
        "called_en": document.get("x-ui", {}).get("title_en", ""),
    }  # fmt: skip
    return papers.page(request, paper, "studio_forms_edit", problem, more)


def _read(paper: Paper) -> tuple[Questionnaire | None, str]:
    """The questionnaire as it is asked, or why it cannot be."""
    try:
        return paper.form, ""
    except Invalid as problem:
        return None, lines.said(paper.document, problem.sentence, problem.gaps)
