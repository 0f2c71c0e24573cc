"""Everything on the wall at one moment, as plain values: the page is written from it, a script keeps it up to date."""

from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext

from zhongshu.channels.screen.presenters import names
from zhongshu.channels.screen.presenters.areas import Area
from zhongshu.channels.screen.presenters.times import clock, day, span
from zhongshu.data.figures import queries as figures
from zhongshu.engine.cases.queries import lists, overdue
from zhongshu.engine.cases.queries.lists import Row

DAYS = 8
"""Days of the chart: today, and back to the same day last week."""
POINTS = 1_000
"""Cases on the map, newest first."""
SHOWN = 8
"""Rows of a list on the wall."""


def board(area: Area, root: int, at: datetime) -> dict[str, Any]:
    """The wall of an area: alarms, what stands, what flows, what is new, points. Five statements."""
    newest = lists.page(area.scope, root, running=True, limit=POINTS)
    return {
        "at": clock(at),
        "moment": at.isoformat(),
        "area": area.code,
        "overdue": _overdue(area, at),
        "newest": [_case(row, at) for row in newest[:SHOWN]],
        "points": [[row.lon, row.lat, row.phase, row.number] for row in newest if row.lon is not None],
        "mapped": len(newest),
        "figures": _figures(area, at),
    }


def _overdue(area: Area, at: datetime) -> dict[str, Any]:
    late = overdue.late(area.under, at, SHOWN)
    return {
        "count": late.count,
        "text": f"{late.count}+" if late.more else str(late.count),
        "address": _behind(area, "overdue"),
        "rows": [_case(row, at) for row in late.rows],
    }


def _case(row: Row, at: datetime) -> dict[str, Any]:
    late = row.due is not None and row.due < at
    return {
        "number": row.number,
        "address": reverse("desk:case", args=[row.number]),
        "title": names.title(row),
        "place": names.spot(row.place),
        "body": names.body(row.body) or gettext("未派遣"),
        "phase": names.phase(row),
        "code": row.phase,
        "opened": clock(row.opened) if row.opened.date() == at.date() else day(row.opened.date()),
        "late": gettext("超时 {span}").format(span=span(at - row.due)) if late and row.due else "",
    }


def _figures(area: Area, at: datetime) -> dict[str, Any] | None:
    """What is counted beforehand; None for an area that no counters are kept for."""
    if area.ancestor is None:
        return None
    today = at.date()
    standing = figures.standing(area.ancestor)
    flow = figures.flow(area.ancestor, today - timedelta(days=DAYS - 1), today)
    days = [_day(area, today - timedelta(days=back), flow) for back in reversed(range(DAYS))]
    phases = [
        {"code": code, "name": name, "count": standing.get(code, 0), "address": _behind(area, "phase", phase=code)}
        for code, name in names.running_phases().items()
    ]
    return {
        "at": clock(figures.counted_until(at)),
        "running": sum(phase["count"] for phase in phases),
        "phases": phases,
        "days": days,
        "today": days[-1],
        "before": days[0],
    }


def _day(area: Area, when: date, flow: dict[date, dict[str, int]]) -> dict[str, Any]:
    counts = flow.get(when, {})
    measures = {name: counts.get(name, 0) for name in ("opened", "closed", "late")}
    addresses = {f"{name}_address": _behind(area, name, day=when.isoformat()) for name in measures}
    return {"day": day(when), **measures, **addresses}


def _behind(area: Area, what: str, **more: str) -> str:
    """The address of the rows behind a number."""
    return f"{reverse('screen:cases')}?{urlencode({'of': area.code, 'what': what, **more})}"
