"""What is typed to propose a grant or to ask why."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.http import QueryDict
from django.utils.dateparse import parse_date, parse_time

from zhongshu.base.calendar.rules import SHANGHAI
from zhongshu.base.http.refusals import Invalid
from zhongshu.base.permissions import hours
from zhongshu.registers.people.rules.grants import Wanted

_LAST_DAY = date(9000, 1, 1)


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants to know: may this account do this over this thing, for this purpose?"""

    account: UUID | None
    permission: str
    thing: str
    purpose: str

    @classmethod
    def read(cls, typed: QueryDict) -> "Asked":
        """What was typed; what makes no sense is empty."""
        return cls(
            account(typed.get("account", "")), typed.get("permission", "case.read"),
            typed.get("thing", "")[:64].strip(), typed.get("purpose", "")[:60].strip(),
        )  # fmt: skip


def account(text: str) -> UUID | None:
    """An account's id; None when it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None


def number(text: str) -> int | None:
    """A whole number of up to 15 digits, as keys of places and bodies are; None when it is none."""
    digits = text.strip().removeprefix("-")
    return int(text) if digits.isascii() and digits.isdecimal() and len(digits) <= 15 else None


def wanted(posted: QueryDict, at: datetime) -> Wanted:
    """The grant that was typed; Invalid with the field at fault."""
    if not (role := posted.get("role", "")):
        raise Invalid("请选择角色。", field="role")
    body = number(posted.get("body", ""))
    return Wanted(
        role, -body if body else None, number(posted.get("place", "")),
        " ".join(posted.get("purpose", "").split()), _hours(posted), _first_day(posted.get("starts", ""), at),
        _last_day(posted.get("ends", ""), at),
    )  # fmt: skip


def _hours(posted: QueryDict) -> hours.Hours:
    days = [int(day) for day in posted.getlist("day") if day in "0123456" and len(day) == 1]
    start, end = (_clock(posted.get(name, "")) for name in ("from", "to"))
    if not days and start is None and end is None:
        return hours.ALWAYS
    if not days or start is None or end is None:
        raise Invalid("限定时段须选星期，并填写起止时间，例如 22:00 至 06:00；不限时段就都不填。", field="hours")
    return hours.weekly(days, start, end)


def _clock(text: str) -> time | None:
    try:
        return parse_time(text.strip())
    except ValueError:
        return None


def _first_day(text: str, at: datetime) -> datetime | None:
    """The beginning of a day to come; None for today and for nothing typed."""
    if not text.strip():
        return None
    found, today = _day(text), at.astimezone(SHANGHAI).date()
    if found is None or found < today:
        raise Invalid("开始日期须为今天或以后的真实日期，例如 2027-01-01。", field="starts")
    return None if found == today else datetime.combine(found, time.min, SHANGHAI)


def _last_day(text: str, at: datetime) -> datetime | None:
    """The end of a day; None for no end."""
    if not text.strip():
        return None
    found = _day(text)
    if found is None or found < at.astimezone(SHANGHAI).date():
        raise Invalid("截止日期须为今天或以后的真实日期，例如 2027-12-31。", field="ends")
    return datetime.combine(found + timedelta(days=1), time.min, SHANGHAI)


def _day(text: str) -> date | None:
    try:
        found = parse_date(text.strip())
    except ValueError:
        return None
    return found if found is not None and found <= _LAST_DAY else None
