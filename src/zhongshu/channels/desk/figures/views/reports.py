"""The monthly report: a page that prints well, and the same as a PDF."""

from dataclasses import replace
from datetime import date, timedelta

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from zhongshu.base.calendar.rules import SHANGHAI
from zhongshu.base.http import access
from zhongshu.base.http.refusals import Absent
from zhongshu.channels.desk.cases.presenters import scope as narrowing
from zhongshu.channels.desk.figures import forms
from zhongshu.channels.desk.figures.presenters import hiding, printed, tabs, words
from zhongshu.channels.desk.figures.presenters import report as presenter
from zhongshu.data.figures import actions as figures
from zhongshu.data.figures.queries import parts, reports
from zhongshu.data.figures.rules.months import Month

MONTHS = 24
"""Months offered to choose from."""


@access.holding("figures.read")
def latest(request: access.Request) -> HttpResponse:
    """The month asked for in the form, else the last whole one."""
    today = request.at.astimezone(SHANGHAI).date()
    asked = Month.read(request.GET.get("month", ""), today)
    before = today.replace(day=1) - timedelta(days=1)
    chosen = asked.code if asked else f"{before:%Y-%m}"
    of = request.GET.get("of", "")
    return redirect(reverse("desk:month_report", args=[chosen]) + (f"?{urlencode({'of': of})}" if of else ""))


@access.holding("figures.read")
@require_GET
def report(request: access.Request, month: str) -> HttpResponse:
    """The report as a page."""
    of, when = _asked(request, month)
    scope = parts.scope(request.by, request.at)
    bodies = (o for o in narrowing.body_options(scope, of) if scope.covers(parts.reach(int(o.key))))
    context = {
        "tabs": tabs.tabs(request), "report": presenter.shown(reports.month(of, when), request.at),
        "of": of, "months": _months(request.at.astimezone(SHANGHAI).date(), when), "bodies": list(bodies),
        "places": narrowing.place_options(scope, of), "month": when.code,
    }  # fmt: skip
    return render(request, "desk/figures/report.html", context)


@access.holding("figures.read")
@require_GET
def pdf(request: access.Request, month: str) -> HttpResponse:
    """The report as a PDF, without what may not leave the house; who took it is recorded."""
    of, when = _asked(request, month)
    shown = presenter.shown(hiding.report(reports.month(of, when)), request.at)
    made = printed.pdf(replace(shown, against=f"{shown.against} {hiding.said()}"))
    figures.note_export(
        f"report {when.code} {of}", "pdf", 1, parts.reach(of), by=request.by, at=request.at
    )  # fmt: skip
    name = f'attachment; filename="report-{when.code}.pdf"'
    return HttpResponse(made, content_type="application/pdf", headers={"Content-Disposition": name})


def _asked(request: access.Request, month: str) -> tuple[int, Month]:
    when = Month.read(month, request.at.astimezone(SHANGHAI).date())
    if when is None:
        raise Absent("没有这个月的月报：请选择已经开始的月份。")
    return forms.ancestor(request.GET.get("of", ""), request.by, request.at), when


def _months(today: date, chosen: Month) -> list[narrowing.Option]:
    """The months up to this one, newest first, and the chosen one if it is older."""
    numbers = [today.year * 12 + today.month - 1 - back for back in range(MONTHS)]
    own = chosen.year * 12 + chosen.month - 1
    if own not in numbers:
        numbers.append(own)
    return [
        narrowing.Option(f"{n // 12}-{n % 12 + 1:02}", words.month(date(n // 12, n % 12 + 1, 1)), n == own)
        for n in numbers
    ]
