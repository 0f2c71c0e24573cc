"""The page of one case, also as it comes back when something typed into it is not taken."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from zhongshu.base.http import access
from zhongshu.base.http.refusals import Invalid
from zhongshu.channels.desk.cases.presenters import one as presenter
from zhongshu.channels.desk.cases.presenters import supplement, whole
from zhongshu.channels.desk.cases.views import keeping
from zhongshu.channels.presenters import back as came
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.queries import one, traces
from zhongshu.engine.cases.queries.one import View


@dataclass(frozen=True, slots=True)
class TurnedDown:
    """Giving back or handing over that was not taken: of which task, why, and the reason that was typed."""

    act: str
    token: int
    problem: Invalid
    reason: str


@access.holding("desk.open")
def case(request: access.Request, number: str) -> HttpResponse:
    """Everything on a case; one that is not mine to see is absent, and the attempt is recorded."""
    return page(request, seen(request, number))


@access.holding("desk.open")
@require_POST
def reveal(request: access.Request, number: str) -> HttpResponse:
    """The same page with names, phone and identity numbers in full, once, for the purpose given."""
    found = seen(request, number)
    try:
        cases.reveal_contact(found.row.id, request.POST.get("purpose", ""), by=request.by, at=request.at)
    except Invalid as problem:
        return page(request, found, problems={"purpose": problem}, typed=request.POST.dict(), status=422)
    answer = page(request, found, revealed=True)
    answer["Cache-Control"] = "no-store"
    return answer


def seen(request: access.Request, number: str) -> View:
    """The case with this number for the visitor."""
    return cases.look(one.id_of(number), by=request.by, at=request.at)


def page(
    request: access.Request,
    found: View,
    *,
    typed: Mapping[str, Any] | None = None,
    problems: Mapping[str, Any] | None = None,
    token: int | None = None,
    turned_down: TurnedDown | None = None,
    revealed: bool = False,
    status: int = 200,
) -> HttpResponse:
    """The page of a case.

    `token` is the task whose form is open, `typed` and `problems` go back into it; `turned_down` is a small form that
    was not taken; `revealed` shows the contact in full.
    """
    wanted = token if token is not None else _asked(request)
    duties = [
        duty for duty in presenter.duties(found, request.by, request.at)
        if not duty.asked or duty.doable or duty.task.token == wanted
    ]  # fmt: skip
    current = next((d for d in duties if d.doable and wanted in (None, d.task.token)), None)
    entries = traces.trace(found.row.id)
    backs = {duty.task.token: came.back(found.scenario, entries, duty.task) for duty in duties}
    typed, kept = keeping.shown(request, found, current.task if current else None, typed, sent=token is not None)
    if typed is None and current and backs[current.task.token]:
        typed = came.earlier(found, current.task)
    dispatched = presenter.dispatches(found, entries)
    context = {
        **whole.about(found, full=revealed), **whole.told(found, request.by, request.at, full=revealed),
        **whole.work(found, duties, entries, backs, request.by, request.at),
        **whole.beside(found, request.by, request.at, full=revealed),
        "steps": presenter.steps(found, entries, dispatched),
        "dispatched": [*dispatched.values()][-1] if dispatched else None,
        "current": current, "missing": supplement.rows((typed or {}).get("items", ())),
        "typed": typed or {}, "problems": problems or {}, "turned_down": turned_down,
    }  # fmt: skip
    return render(request, "desk/cases/case.html", context | kept, status=status)


def _asked(request: access.Request) -> int | None:
    text = request.GET.get("task", "")
    return int(text) if text.isdecimal() and len(text) < 10 else None
