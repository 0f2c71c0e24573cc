"""Going back: returning to an earlier task, taking back what one has just done, opening a closed case again."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from zhongshu.base.http import access
from zhongshu.base.http.refusals import Conflict, Forbidden, Invalid
from zhongshu.channels.desk.cases import forms
from zhongshu.channels.desk.cases.presenters import back as presenter
from zhongshu.channels.desk.cases.presenters import one
from zhongshu.channels.desk.cases.views.one import seen
from zhongshu.channels.desk.cases.views.outcomes import not_done, with_reason
from zhongshu.channels.presenters.answers import Fact
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.queries.one import View
from zhongshu.engine.cases.rules.going_back import Way


@require_http_methods(["GET", "HEAD", "POST"])
@access.holding("desk.open")
def send_back(request: access.Request, number: str, token: int) -> HttpResponse:
    """Where the case may go back to from a task and what that would do; sending it does it."""
    found, revision = seen(request, number), forms.revision(request)

    def ways() -> list[Way]:
        return cases.ways_back(found.row.id, token, revision=revision, by=request.by, at=request.at)

    def act(to: str, reason: str) -> None:
        cases.send_back(found.row.id, token, to, reason, revision=revision, by=request.by, at=request.at)

    return _page(request, found, token, ways, act)


@require_http_methods(["GET", "HEAD", "POST"])
@access.holding("desk.open")
def reopen(request: access.Request, number: str) -> HttpResponse:
    """At which task a closed case may be opened again; sending it does it."""
    found = seen(request, number)

    def ways() -> list[Way]:
        return cases.ways_again(found.row.id, by=request.by, at=request.at)

    def act(to: str, reason: str) -> None:
        cases.reopen(found.row.id, to, reason, by=request.by, at=request.at)

    return _page(request, found, None, ways, act)


@require_POST
@access.holding("desk.open")
def recall(request: access.Request, number: str, token: int) -> HttpResponse:
    """Take back a task one has just done."""

    def act(case_id: UUID, reason: str) -> None:
        cases.recall(case_id, token, reason, by=request.by, at=request.at)

    return with_reason(request, number, token, "recall", act)


def _page(
    request: access.Request,
    found: View,
    token: int | None,
    ways: Callable[[], list[Way]],
    act: Callable[[str, str], None],
) -> HttpResponse:
    """The choice of a task with a reason; taken, or back as it was typed with what is wrong."""
    to, reason, problem = request.POST.get("to", ""), request.POST.get("reason", ""), None
    try:
        found_ways = ways()
        if request.method == "POST":
            if not to:
                raise Invalid("请选择要回到哪个环节。", field="to")
            act(to, reason)
            return redirect("desk:case", found.row.number)
    except (Conflict, Forbidden) as refusal:
        return not_done(request, found, refusal, [Fact("", reason)])
    except Invalid as wrong:
        problem = wrong
    task = next((task for task in found.tasks if task.token == token), None)
    context = {
        "case": found, "row": found.row, "task": task, "choices": presenter.choices(found, found_ways),
        "name": one.called(found, task) if task else "", "to": to, "reason": reason, "problem": problem,
    }  # fmt: skip
    return render(request, "desk/cases/back.html", context, status=422 if problem else 200)
