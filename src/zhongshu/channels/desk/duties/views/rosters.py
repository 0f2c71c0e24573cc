"""Rosters: the shifts of a body's officers for a day or a week; planning, ending early, copying last week."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from zhongshu.base.calendar.rules import SHANGHAI
from zhongshu.base.http import access
from zhongshu.base.http.refusals import Absent, Conflict, Invalid, Refusal
from zhongshu.channels.desk.duties import forms
from zhongshu.channels.desk.duties.presenters import options, tried
from zhongshu.channels.desk.duties.presenters import rosters as presenter
from zhongshu.channels.presenters import names
from zhongshu.engine.dispatch import actions as dispatch
from zhongshu.engine.dispatch.queries import rosters as queries

WEEK = 7
_FURTHEST = timedelta(days=3660)


@access.holding("rosters.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def rosters(request: access.Request) -> HttpResponse:
    """A body's roster; a POST plans a shift, ends one, tries either or copies last week. Without a body: choose one."""
    asked = request.POST if request.method == "POST" else request.GET
    held = presenter.bodies(request.by, request.at)
    body = forms.whole(asked.get("body", ""))
    if body is None:
        return render(request, "desk/duties/rosters.html", _common(request, held, None))
    if -body not in held:
        raise Absent("没有找到这个单位的排班。")
    first, number = _span(asked.get("day", ""), asked.get("span", ""), request.at)
    if request.method != "POST":
        return _page(request, held, -body, first, number)
    try:
        if (go := request.POST.get("go", "")) in _TRIES:
            return _page(request, held, -body, first, number, shown=_TRIES[go](request, -body))
        done = _ACTS.get(go, _planned)(request, -body, first)
    except (Invalid, Conflict) as problem:
        return _page(request, held, -body, first, number, problem)
    return redirect(f"{reverse('desk:rosters')}?{urlencode(_address(-body, first, number) | done)}")


def _span(day: str, span: str, at: datetime) -> tuple[date, int]:
    """The first day and how many: a week begins on its Monday. Days out of all reason are today."""
    asked, today = forms.day(day), at.astimezone(SHANGHAI).date()
    chosen = asked if asked and abs(asked - today) < _FURTHEST else today
    return (chosen, 1) if span == "day" else (chosen - timedelta(days=chosen.weekday()), WEEK)


def _address(body: int, first: date, number: int) -> dict[str, str]:
    return {"body": str(-body), "day": first.isoformat(), "span": "day" if number == 1 else "week"}


def _planned(request: access.Request, body: int, _: date) -> dict[str, str]:
    turn = forms.turn(request.POST)
    dispatch.plan_shift(body, turn, by=request.by, at=request.at)
    return {"done": "planned", "day": turn.starts.date().isoformat()}


def _cut(request: access.Request, _body: int, _: date) -> dict[str, str]:
    dispatch.cut_shift(forms.whole(request.POST.get("shift", "")) or 0, by=request.by, at=request.at)
    return {"done": "cut"}


def _copied(request: access.Request, body: int, first: date) -> dict[str, str]:
    monday = datetime.combine(first - timedelta(days=first.weekday()), time.min, SHANGHAI)
    copied = dispatch.copy_week(body, monday, by=request.by, at=request.at)
    return {"done": "copied", "made": str(copied.made), "left": str(copied.left_out)}


def _tried(request: access.Request, body: int) -> tried.Shown:
    turn = forms.turn(request.POST)
    found = dispatch.try_shift(body, turn, by=request.by, at=request.at)
    return tried.shown(found, presenter.said(turn))


def _tried_cut(request: access.Request, _: int) -> tried.Shown:
    shift = forms.whole(request.POST.get("shift", "")) or 0
    turn, found = dispatch.try_cut(shift, by=request.by, at=request.at)
    return tried.shown(found, presenter.said(turn))


_TRIES: dict[str, Callable[[access.Request, int], tried.Shown]] = {"try": _tried, "try-cut": _tried_cut}
_ACTS: dict[str, Callable[[access.Request, int, date], dict[str, str]]] = {"cut": _cut, "copy": _copied}


def _common(request: access.Request, held: list[int], body: int | None) -> dict[str, object]:
    return {
        "tabs": options.tabs(request), "bodies": presenter.choices(held, body),
        "broken": presenter.broken([body] if body else held, request.at),
    }  # fmt: skip


def _page(
    request: access.Request, held: list[int], body: int, first: date, number: int, problem: Refusal | None = None,
    shown: tried.Shown | None = None,
) -> HttpResponse:  # fmt: skip
    typed, step, said = request.POST, timedelta(days=number), request.GET
    context = {
        **_common(request, held, body), "body": body, "name": names.body(body), "week": number == WEEK,
        "days": presenter.days(body, first, number, request.at), "first": first.isoformat(),
        "before": urlencode(_address(body, first - step, number)),
        "after": urlencode(_address(body, first + step, number)),
        "officers": queries.officers(body, request.at)[: queries.MOST_OFFICERS], "typed": typed,
        "places": presenter.places(body, forms.whole(typed.get("place", ""))),
        "skills": presenter.skills(typed.getlist("skills")),
        "problem": problem, "problems": {problem.field or "roster": problem} if problem else {},
        "tried": shown, "done": said.get("done", ""), "made": forms.whole(said.get("made", "")),
        "left": forms.whole(said.get("left", "")),
    }  # fmt: skip
    return render(request, "desk/duties/roster.html", context, status=problem.status if problem else 200)
