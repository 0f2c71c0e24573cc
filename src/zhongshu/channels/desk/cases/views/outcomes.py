"""How an act on a case comes back when it is not taken: its small form again, or why it was not done."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from zhongshu.base.http import access
from zhongshu.base.http.middleware import said
from zhongshu.base.http.refusals import Conflict, Forbidden, Invalid
from zhongshu.channels.desk.cases.presenters import one as presenter
from zhongshu.channels.desk.cases.views.one import TurnedDown, page, seen
from zhongshu.channels.presenters.answers import Fact
from zhongshu.engine.cases.queries.one import View


def with_reason(
    request: access.Request, number: str, token: int, name: str, act: Callable[[UUID, str], None]
) -> HttpResponse:
    """Do what needs a reason; if it is not taken, its small form (`name`, at a task or 0) comes back as it was."""
    found, reason = seen(request, number), request.POST.get("reason", "")
    try:
        act(found.row.id, reason)
    except (Conflict, Forbidden) as refusal:
        return not_done(request, found, refusal, [Fact("", reason)])
    except Invalid as problem:
        return page(
            request, found, typed=request.POST.dict(), turned_down=TurnedDown(name, token, problem, reason), status=422
        )
    return redirect("desk:case", found.row.number)


def not_done(
    request: access.Request, found: View, refusal: Conflict | Forbidden | Invalid, typed: list[Fact]
) -> HttpResponse:
    """Why it was not done, what happened meanwhile, and what was typed, to copy."""
    context = {
        "case": found, "number": found.row.number, "sentence": said(refusal), "moved": isinstance(refusal, Conflict),
        "happened": presenter.steps(found, getattr(refusal, "happened", []), {}),
        "typed": [fact for fact in typed if fact.text],
    }  # fmt: skip
    return render(request, "desk/cases/not_done.html", context, status=refusal.status)
