"""The map of running cases, now and at the whole hours of the last day."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext

from zhongshu.base.calendar.rules import SHANGHAI
from zhongshu.base.http.refusals import Absent
from zhongshu.channels.screen.presenters.areas import Area
from zhongshu.channels.screen.presenters.times import clock, hour
from zhongshu.engine.cases.queries import open_at
from zhongshu.engine.cases.rules.alarms import urgency

HOURS = 24
"""How far back the map goes."""
MOST = 2_000
"""Cases on the map, newest first."""


def positions(area: Area, at: datetime) -> list[dict[str, str]]:
    """Where the map can be asked for: the whole hours of the last day, oldest first, and now."""
    latest = _whole(at)
    hours = [latest - timedelta(hours=back) for back in reversed(range(HOURS))]
    return [*(_position(area, then, hour(then)) for then in hours), _position(area, None, gettext("现在"))]


def _position(area: Area, then: datetime | None, said: str) -> dict[str, str]:
    return {"said": said, "address": f"{reverse('screen:points')}?{urlencode(_asked(area, then))}"}


def _asked(area: Area, then: datetime | None) -> dict[str, str]:
    return {"of": area.code} | ({"hour": f"{then:%Y-%m-%dT%H}"} if then else {})


def chosen(text: str, at: datetime) -> datetime | None:
    """The whole hour of the last day an address names; None where it names none, Absent for any other."""
    if not text:
        return None
    try:
        then = datetime.strptime(text, "%Y-%m-%dT%H").replace(tzinfo=SHANGHAI)
    except ValueError:
        raise Absent("没有这个时刻：请从大屏的时间轴选择。") from None
    if not at - timedelta(hours=HOURS + 1) <= then <= at:
        raise Absent("只能回看最近 24 小时：请从大屏的时间轴选择。")
    return then


def drawn(area: Area, then: datetime | None, at: datetime) -> dict[str, Any]:
    """The cases open at a moment (None: at present) as points [lon, lat, urgency, number], and what is said of them."""
    moment = then or at
    found = open_at.spots(area.under, moment, MOST + 1)
    more, shown = len(found) > MOST, found[:MOST]
    pressing = [urgency(spot.opened, spot.due, moment) for spot in shown]
    count = Counter(pressing)
    behind = {"what": "open", "hour": f"{moment:%Y-%m-%dT%H}"} if then else {"what": "running"}
    return {
        "at": clock(at),
        "moment": at.isoformat(),
        "said": hour(then) if then else gettext("现在"),
        "count": f"{MOST}+" if more else str(len(shown)),
        "late": count["late"],
        "soon": count["soon"],
        "calm": count[""],
        "address": f"{reverse('screen:cases')}?{urlencode({'of': area.code, **behind})}",
        "points": [
            [spot.lon, spot.lat, urgent, spot.number]
            for spot, urgent in zip(shown, pressing, strict=True) if spot.lon is not None
        ],
    }  # fmt: skip


def _whole(at: datetime) -> datetime:
    return at.astimezone(SHANGHAI).replace(minute=0, second=0, microsecond=0)
