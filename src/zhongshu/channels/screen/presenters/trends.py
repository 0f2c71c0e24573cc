"""What a wall shows that changes slowly: the hours of the day, how long stages take, how bodies and streets stand."""

from datetime import datetime
from typing import Any

from zhongshu.channels.screen.presenters import names, period, standings
from zhongshu.channels.screen.presenters.areas import Area
from zhongshu.channels.screen.presenters.behind import address
from zhongshu.channels.screen.presenters.times import clock, lasting
from zhongshu.data.figures import queries as figures
from zhongshu.data.figures.queries import Lasting, Usual
from zhongshu.data.figures.rules.measures import MEASURES

FLOWS = ("opened", "closed")


def trends(area: Area, at: datetime) -> dict[str, Any] | None:
    """The slow part of the wall of an area, eight statements; None where no counters are kept."""
    if area.ancestor is None:
        return None
    counted = figures.counted_until(at)
    return {
        "at": clock(counted),
        "moment": counted.isoformat(),
        **_hours(area, area.ancestor, at),
        "stages": _stages(area, area.ancestor, at),
        **standings.on_wall(area, at),
    }


def _hours(area: Area, ancestor: int, at: datetime) -> dict[str, Any]:
    """Today hour by hour beside the same weekday of the last weeks, and what was usual by now."""
    today = {flow: figures.flow_by_hour(ancestor, at.date(), flow) for flow in FLOWS}
    usual = {flow: figures.usual_by_hour(ancestor, at.date(), measure=flow) for flow in FLOWS}
    return {
        "day": [
            {
                "hour": f"{hour:02}:00",
                "come": hour <= at.hour,
                **{flow: today[flow][hour] if hour <= at.hour else None for flow in FLOWS},
                **{f"{flow}_usual": round(usual[flow].means[hour], 1) if usual[flow].means else None for flow in FLOWS},
                **{f"{flow}_address": _hour(area, flow, at, hour) for flow in FLOWS},
            }
            for hour in range(24)
        ],
        "usual": {flow: _by_now(usual[flow], at) for flow in FLOWS},
        "weeks": max(usual[flow].weeks for flow in FLOWS),
    }


def _hour(area: Area, flow: str, at: datetime, hour: int) -> str:
    return address(area, flow, day=at.date().isoformat(), hour=str(hour))


def _by_now(usual: Usual, at: datetime) -> str:
    """How many there usually are by this time of the day; empty where there is nothing to compare with."""
    if not usual.means:
        return ""
    return f"{sum(usual.means[: at.hour]) + usual.means[at.hour] * at.minute / 60:.0f}"


def _stages(area: Area, ancestor: int, at: datetime) -> list[dict[str, Any]]:
    found, of = figures.stage_times(ancestor, *period.days(at)), period.asked(at)
    return [
        {"name": name, "address": address(area, "left", phase=code, **of), **_lasting(found[code])}
        for code, name in names.running_phases().items() if code in found
    ]  # fmt: skip


def _lasting(found: Lasting) -> dict[str, Any]:
    """A median and a ninth tenth, each only where there are enough to tell."""
    known = {"stage_median": found.median, "stage_p90": found.p90}
    said = {
        code.removeprefix("stage_"): lasting(value) if value is not None and found.n >= MEASURES[code].minimum else "—"
        for code, value in known.items()
    }
    return {"count": found.n, **said}
