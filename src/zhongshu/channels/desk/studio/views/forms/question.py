"""All that is said of one question."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from zhongshu.base.http import access
from zhongshu.base.http.refusals import Absent, Conflict, Forbidden, Invalid, Refusal
from zhongshu.channels.desk.studio.presenters.forms import inputs, lines, panels, words
from zhongshu.channels.desk.studio.views.forms import editing
from zhongshu.channels.desk.studio.views.forms import paper as papers
from zhongshu.channels.desk.studio.views.forms.paper import Paper
from zhongshu.engine.intake.doors import sources
from zhongshu.engine.studio.rules.editing.questions import conditions, judging, kinds, panel, paths
from zhongshu.engine.studio.rules.editing.questions.conditions import Known


@access.holding("scenarios.read")
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: access.Request, draft: UUID) -> HttpResponse:
    """One question (`?path=`); a POST says all of it anew, or puts it elsewhere."""
    paper, path = papers.opened(request, draft), request.GET.get("path", "")
    document = papers.sound(paper)
    if request.method != "POST":
        return _page(request, paper, path)
    try:
        papers.keep(request, paper, _changed(request, document, path))
    except Absent:
        gone = Conflict("这一题已经不在问卷里，没有保存。您写的内容还在下面：可以回到问卷，重新加上这一题。")
        return _page(request, papers.as_it_was(request, paper), path, gone)
    except (Invalid, Conflict, Forbidden) as problem:
        return _page(request, paper, path, _placed(document, path, problem))
    return redirect(f"{paper.address()}#at-{path}")


def _changed(request: access.Request, document: Mapping[str, Any], path: str) -> Mapping[str, Any]:
    if request.POST.get("go") == "move":
        return editing.placed(document, path, request.POST.get("where", ""))
    said = panels.said(request.POST, conditions.known(document, path))
    changed = panel.write(document, path, said)
    judging.judge(document, changed)
    return changed


def _placed(document: Mapping[str, Any], path: str, problem: Refusal) -> Refusal:
    """The refusal beside the input it speaks of; in words, where it names a place of the document."""
    if problem.field.startswith("/"):
        place = judging.place(document, problem.field)
        problem.field = place.part if place.question == path else ""
        problem.gaps = {**problem.gaps, "path": lines.called(document, place)}
    return problem


def _page(request: access.Request, paper: Paper, path: str, problem: Refusal | None = None) -> HttpResponse:
    document, known = paper.document, conditions.known(paper.document, path)
    now = panel.read(document, path)
    values = request.POST.dict() if problem else panels.inputs(now, known)
    if problem and values.get("go") == "move":
        values = panels.inputs(now, known) | {"where": values.get("where", "")}
    wrong = problem.field if problem else ""
    kind = kinds.KINDS.get(values.get("kind", ""), kinds.KINDS[now.kind])
    more = {
        "title": now.title or paths.name(path), "path": path, "values": values,
        "inputs": inputs.of_question(values, kind, offered(), inside=bool(paths.outer(path))),
        "rules": [panels.rule_form(part, values, wrong) for part in ("visible", "mandatory")],
        "places": list(lines.places(document, path)), **about(document, known),
    }  # fmt: skip
    return papers.page(request, paper, "studio_forms_question", problem, more)


def about(document: Mapping[str, Any], known: Mapping[str, Known]) -> dict[str, Any]:
    """What the inputs of a rule offer: the questions it may read, how they compare, their answers, examples."""
    inner = {name: conditions.inside(document, name) for name, each in known.items() if each.kind == "rows"}
    answers = [option.label for each in known.values() for option in each.options]
    return {
        "known": [(each, words.kind(each.kind), tuple(inner.get(each.name, {}).values())) for each in known.values()],
        "tests": words.tests(), "examples": panels.examples(known), "workings": panels.workings(known, inner),
        "answers": list(dict.fromkeys([gettext(conditions.YES), gettext(conditions.NO), *answers])),
    }  # fmt: skip


def offered() -> list[tuple[str, str]]:
    """Where an answer may be prefilled from: name and what it is called."""
    return [
        (f"{kind}.{name}", called) for kind, source in sources.items() for name, called in source.names.items()
    ]  # fmt: skip
