"""What a wall shows that changes with every case: the page is written from it, a script keeps it up to date."""

from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from zhongshu.channels.screen.presenters import moments, names
from zhongshu.channels.screen.presenters.areas import Area
from zhongshu.channels.screen.presenters.behind import address
from zhongshu.channels.screen.presenters.times import clock, day, span
from zhongshu.data.figures import queries as figures
from zhongshu.engine.cases.queries import lists, overdue
from zhongshu.engine.cases.queries.lists import Row

WEEK = timedelta(days=7)
SHOWN = 8
"""Rows of a list on the wall."""


def board(area: Area, root: int, at: datetime) -> dict[str, Any]:
    """The wall of an area: alarms, what stands, what flows, what is new. Six statements."""
    return {
        "at": clock(at),
        "moment": at.isoformat(),
        "area": area.code,
        "alarms": _alarms(area, at),
        "newest": [_case(row, at) for row in lists.page(area.scope, root, running=True, limit=SHOWN)],
        "hours": moments.positions(area, at),
        "figures": _figures(area, at),
    }


def _alarms(area: Area, at: datetime) -> dict[str, Any]:
    late, soon = overdue.late(area.under, at, SHOWN), overdue.soon(area.under, at)
    return {
        "tone": "late" if late.count else "soon" if soon else "calm",
        "late": {"count": late.count, "text": _counted(late.count, late.more), "address": address(area, "overdue")},
        "soon": {"count": soon, "text": _counted(soon, soon >= overdue.MOST), "address": address(area, "soon")},
        "rows": [_case(row, at) for row in late.rows],
    }


def _counted(count: int, more: bool) -> str:
    return f"{count}+" if more else str(count)


def _case(row: Row, at: datetime) -> dict[str, Any]:
    late = row.due is not None and row.due < at
    return {
        "number": row.number,
        "address": reverse("desk:case", args=[row.number]),
        "title": names.title(row),
        "place": names.spot(row.place),
        "body": names.body(row.body) or gettext("未派遣"),
        "phase": names.phase(row),
        "opened": clock(row.opened) if row.opened.date() == at.date() else day(row.opened.date()),
        "late": gettext("超时 {span}").format(span=span(at - row.due)) if late and row.due else "",
    }


def _figures(area: Area, at: datetime) -> dict[str, Any] | None:
    """What is counted beforehand; None for an area that no counters are kept for."""
    if area.ancestor is None:
        return None
    standing, counted = figures.standing(area.ancestor), figures.counted_until(at)
    flow = figures.flow(area.ancestor, at.date() - WEEK, at.date())
    phases = [
        {"code": code, "name": name, "count": standing.get(code, 0), "address": address(area, "phase", phase=code)}
        for code, name in names.running_phases().items()
    ]
    return {
        "at": clock(counted),
        "moment": counted.isoformat(),
        "running": {"count": sum(phase["count"] for phase in phases), "address": address(area, "running")},
        "phases": phases,
        "today": _day(area, at.date(), flow),
        "before": _day(area, at.date() - WEEK, flow),
    }


def _day(area: Area, when: date, flow: dict[date, dict[str, int]]) -> dict[str, Any]:
    counts = flow.get(when, {})
    return {
        name: {"count": counts.get(name, 0), "address": address(area, name, day=when.isoformat())}
        for name in ("opened", "closed", "late")
    }
