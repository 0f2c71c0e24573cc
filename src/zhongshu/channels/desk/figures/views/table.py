"""The figures: choose measures, of what, broken down how, over which days."""

from django.http import HttpResponse
from django.shortcuts import render

from zhongshu.base.http import access
from zhongshu.base.http.refusals import Absent, Invalid, Refusal
from zhongshu.channels.desk.figures import forms
from zhongshu.channels.desk.figures.forms import Question
from zhongshu.channels.desk.figures.presenters import choices, tabs, words
from zhongshu.channels.desk.figures.presenters.table import table


@access.holding("figures.read")
def figures(request: access.Request) -> HttpResponse:
    """A question's form and its answer as a table; the answer alone for htmx."""
    question = Question.read(request.GET, request.at)
    context: dict[str, object] = {
        "question": question,
        "address": question.but(),
        "presets": choices.presets(question, request.at),
    }
    problem: Refusal | None = None
    key = choices.whole(question, request.by, request.at)
    try:
        asked = forms.asked(question, request.by, request.at)
        key = asked.request.whole.ancestor
        context |= {"asked": asked, "table": table(question, asked, request.at)}
    except (Invalid, Absent) as refused:
        refused.gaps = words.gaps(refused.gaps)
        problem, context["problem"] = refused, refused
    if request.headers.get("HX-Request"):
        return render(request, "desk/figures/answer.html", context)
    context |= {"tabs": tabs.tabs(request), **choices.choices(question, key, request.by, request.at)}
    return render(request, "desk/figures/page.html", context, status=problem.status if problem else 200)
