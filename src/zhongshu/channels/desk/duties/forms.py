"""What is typed to change the responsibility table or to plan a shift."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from typing import Self
from uuid import UUID

import msgspec
from django.http import QueryDict
from django.utils.dateparse import parse_date, parse_datetime

from zhongshu.base.calendar.rules import SHANGHAI
from zhongshu.base.http.refusals import Invalid
from zhongshu.engine.dispatch import queries as dispatch
from zhongshu.engine.dispatch.rules import table
from zhongshu.engine.dispatch.rules.rosters import Turn
from zhongshu.engine.dispatch.rules.table import Change

_LAST_DAY = date(9000, 1, 1)


@dataclass(frozen=True, slots=True)
class Draft:
    """Changes that are put together, and the digest of those that were tried last."""

    changes: tuple[Change, ...] = ()
    tried: str = ""

    @classmethod
    def read(cls, posted: QueryDict) -> Self:
        """The draft as the page held it; Invalid when it is not one."""
        try:
            lines = posted.getlist("line")[: table.MOST_CHANGES + 1]
            changes: tuple[Change, ...] | None = tuple(msgspec.json.decode(line, type=Change) for line in lines)
        except msgspec.DecodeError:
            changes = None
        if changes is None or any(m and m.tzinfo is None for c in changes for m in (c.starts, c.ends)):
            raise Invalid("草稿已损坏，请重新填写要变更的职责。", field="changes")
        return cls(changes, posted.get("tried", ""))

    @property
    def digest(self) -> str:
        """What tells one list of changes from another."""
        return sha256(msgspec.json.encode(self.changes)).hexdigest()

    def with_one(self, change: Change) -> Self:
        """The draft with a change more; what was said of the same crossing before gives way."""
        others = (c for c in self.changes if (c.category, c.place) != (change.category, change.place))
        return replace(self, changes=(*others, change))

    def without(self, number: int) -> Self:
        """The draft without its change of this number, counted from one."""
        return replace(self, changes=tuple(c for n, c in enumerate(self.changes, 1) if n != number))

    def anew(self, at: datetime) -> Self:
        """The same changes to the table as it is now."""
        return replace(
            self, changes=tuple(replace(c, row=_row(c.category, c.place, c.begins(at))) for c in self.changes)
        )


def change(posted: QueryDict, at: datetime) -> Change:
    """The change that was typed, to the row in force where it is."""
    place = whole(posted.get("place", ""))
    if place is None or place <= 0:
        raise Invalid("请选择地点。", field="place")
    body = whole(posted.get("body", ""))
    if body is None and posted.get("body") != "none":
        raise Invalid("请选择责任单位，或选择终止现行的职责。", field="body")
    category = posted.get("category", "")
    percent, priority = whole(posted.get("trust", "90")), whole(posted.get("priority", "0"))
    if percent is None or not 0 <= percent <= 100:
        raise Invalid("采信程度须为 0 至 100 的整数。", field="trust")
    if priority is None:
        raise Invalid("优先级须为 -{most} 至 {most} 的整数。", field="priority", most=table.HIGHEST_PRIORITY)
    starts = _first_day(posted.get("starts", ""), at)
    row = _row(category, place, starts or at)
    if body is None:
        return Change(category, place, row, None, starts=starts)
    ends = _last_day(posted.get("ends", ""))
    return Change(category, place, row, -body, percent / 100, priority, ends, starts)


def _row(category: str, place: int, at: datetime) -> int | None:
    here = dispatch.table().here(category, place, at)
    return here.id if here else None


def _first_day(text: str, at: datetime) -> datetime | None:
    """The start of a day to come; None for today, which is at once."""
    if not text.strip():
        return None
    found, today = day(text), at.astimezone(SHANGHAI).date()
    if found is None or not today <= found <= _LAST_DAY:
        raise Invalid("开始日期须为今天或以后的真实日期，例如 2027-01-01。", field="starts")
    return None if found == today else datetime.combine(found, time.min, SHANGHAI)


def _last_day(text: str) -> datetime | None:
    """The end of a day; None for no end."""
    if not text.strip():
        return None
    found = day(text)
    if found is None or found > _LAST_DAY:
        raise Invalid("截止日期须为真实日期，例如 2027-12-31。", field="ends")
    return datetime.combine(found + timedelta(days=1), time.min, SHANGHAI)


def day(text: str) -> date | None:
    """A day as browsers send it; None when it is not one."""
    try:
        return parse_date(text.strip())
    except ValueError:
        return None


def whole(text: str) -> int | None:
    """A whole number of up to 15 digits; None when it is not one."""
    digits = text.strip().removeprefix("-")
    return int(text) if digits.isascii() and digits.isdecimal() and len(digits) <= 15 else None


def turn(posted: QueryDict) -> Turn:
    """The shift that was typed."""
    place = whole(posted.get("place", ""))
    if place is None:
        raise Invalid("请选择值班地点。", field="place")
    return Turn(
        _account(posted), place, tuple(posted.getlist("skills")), _moment(posted, "starts"), _moment(posted, "ends")
    )


def _account(posted: Mapping[str, str]) -> str:
    try:
        return str(UUID(posted.get("account", "")))
    except ValueError:
        raise Invalid("请选择本单位在岗的外勤人员。", field="account") from None


def _moment(posted: Mapping[str, str], field: str) -> datetime:
    try:
        found = parse_datetime(posted.get(field, "").strip())
    except ValueError:
        found = None
    if found is None or found.date() > _LAST_DAY:
        raise Invalid("请填写真实的日期和时间，例如 2026-12-01 08:00。", field=field)
    return found.replace(tzinfo=SHANGHAI)
