"""All that is said of a step, or of a group of a step."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from zhongshu.base.http import access
from zhongshu.base.http.refusals import Absent, Conflict, Forbidden, Invalid, Refusal
from zhongshu.channels.desk.studio.presenters.forms import inputs, panels
from zhongshu.channels.desk.studio.views.forms import paper as papers
from zhongshu.channels.desk.studio.views.forms.paper import Paper
from zhongshu.channels.desk.studio.views.forms.question import about
from zhongshu.engine.studio.rules.editing.questions import conditions, judging, layout


@access.holding("scenarios.read")
@require_http_methods(["GET", "HEAD", "POST"])
def section(request: access.Request, draft: UUID) -> HttpResponse:
    """A step or group (`?name=`); a POST says all of it anew."""
    paper, name = papers.opened(request, draft), request.GET.get("name", "")
    document = papers.sound(paper)
    if request.method != "POST":
        return _page(request, paper, name)
    try:
        changed = layout.said(document, name, panels.step_said(request.POST, conditions.known(document, "")))
        judging.judge(document, changed)
        papers.keep(request, paper, changed)
    except Absent:
        gone = Conflict("这一步或这一组已经不在问卷里，没有保存。您写的内容还在下面：可以回到问卷，重新加上。")
        return _page(request, papers.as_it_was(request, paper), name, gone)
    except (Invalid, Conflict, Forbidden) as problem:
        if problem.field.startswith("/"):
            problem.field = judging.place(document, problem.field).part
        return _page(request, paper, name, problem)
    return redirect(f"{paper.address()}#at-{name}")


def _page(request: access.Request, paper: Paper, name: str, problem: Refusal | None = None) -> HttpResponse:
    document, known = paper.document, conditions.known(paper.document, "")
    now = layout.read(document, name)
    values = request.POST.dict() if problem else panels.step_inputs(now, known)
    wrong = problem.field if problem else ""
    is_step = any(step["name"] == name for step in layout.steps(document))
    more = {
        "title": now.title, "inputs": inputs.of_section(values), "is_step": is_step, **about(document, known),
        "rules": [panels.rule_form("visible", values, wrong)] if is_step else [],
    }  # fmt: skip
    return papers.page(request, paper, "studio_forms_section", problem, more)
