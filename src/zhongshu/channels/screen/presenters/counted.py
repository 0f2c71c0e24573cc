"""Which number an address asks the rows of."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Self, cast, get_args

from django.utils.translation import gettext

from zhongshu.base.http.refusals import Absent
from zhongshu.channels.screen.presenters import moments, names, standings
from zhongshu.channels.screen.presenters.areas import Area
from zhongshu.channels.screen.presenters.times import day, hour
from zhongshu.engine.cases.queries import behind, open_at
from zhongshu.engine.cases.queries.lists import After, Row

OF_A_DAY = ("opened", "closed", "late", "left")


@dataclass(frozen=True, slots=True)
class Counted:
    """A number of an area, or of a body or street `inside` it; with `then`, what was open at that hour."""

    area: Area
    inside: int | None
    then: datetime | None
    number: behind.Number

    @classmethod
    def parse(cls, asked: Mapping[str, str], area: Area, at: datetime) -> Self:
        """What an address names; Absent when there is no such number."""
        inside = _whole(asked.get("inside", ""))
        if inside is not None and inside not in standings.parts(area):
            raise Absent("这个范围里没有这个单位或街道：请从大屏上的数字进入。")
        if asked.get("what") == "open" and (then := moments.chosen(asked.get("hour", ""), at)):
            return cls(area, inside, then, behind.Number("running", then))
        return cls(area, inside, None, _number(asked, at))

    def rows(self, after: After | None, limit: int) -> list[Row]:
        """A page of its rows, newest first."""
        under = self.area.under if self.inside is None else (self.inside, *self.area.under)
        if self.then is not None:
            return open_at.rows(under, self.then, after, limit)
        return behind.rows(under, self.number, after, limit)

    @property
    def heading(self) -> str:
        """What it counts."""
        if self.then is not None:
            return gettext("{when}在办").format(when=hour(self.then))
        said = _said(self.number)
        return gettext("{part}，{said}").format(part=standings.name(self.inside), said=said) if self.inside else said


def _said(number: behind.Number) -> str:
    when, phase = _when(number), names.running_phases().get(number.phase, "")
    said = {
        "overdue": gettext("超时未结"),
        "soon": gettext("临期未结"),
        "running": gettext("在办"),
        "phase": phase,
        "opened": gettext("{when}新增").format(when=when),
        "closed": gettext("{when}办结").format(when=when),
        "late": gettext("{when}超时办结").format(when=when),
        "left": gettext("{when}办完“{phase}”").format(when=when, phase=phase),
    }
    return said[number.what]


def _when(number: behind.Number) -> str:
    if number.day is None:
        return ""
    if number.hour is not None:
        return hour(number.period[0])
    if number.last is not None and number.last != number.day:
        return gettext("{first}至{last}").format(first=day(number.day), last=day(number.last))
    return day(number.day)


def _number(asked: Mapping[str, str], at: datetime) -> behind.Number:
    what, phase = asked.get("what", ""), asked.get("phase", "")
    on, last = _date(asked.get("day", "")), _date(asked.get("last", ""))
    at_hour = _whole(asked.get("hour", ""))
    known = what in get_args(behind.What) and (what not in ("phase", "left") or phase in names.running_phases())
    if not known or (what in OF_A_DAY and on is None) or not 0 <= (at_hour or 0) < 24:
        raise Absent("没有这个数字：请从大屏上的数字进入。")
    return behind.Number(cast(behind.What, what), at, phase, on, last, at_hour)


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Absent("没有这一天：请从大屏上的数字进入。") from None


def _whole(text: str) -> int | None:
    try:
        return int(text) if text else None
    except ValueError:
        raise Absent("没有这个数字：请从大屏上的数字进入。") from None
