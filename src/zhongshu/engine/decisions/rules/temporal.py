"""Dates, times and durations as FEEL writes them; null for what is not one.

DMN 1.5 §10.3.2.3, after XML Schema Part 2; a zone may be named as in `@Asia/Shanghai`.
"""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from decimal import Decimal
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from zhongshu.engine.decisions.rules.calendar import CYCLE, FIRST, FarDay, FarMoment, apart, joined, moved, year_of
from zhongshu.engine.decisions.rules.values import Months

_DAY = r"(-?(?:[1-9][0-9]{4,8}|[0-9]{4}))-([0-9]{2})-([0-9]{2})"
_ZONE = r"(Z|[+-][0-9]{2}:[0-9]{2}(?::[0-9]{2})?|@[A-Za-z][A-Za-z0-9_+/-]{0,60})?"
_CLOCK = r"([0-9]{2}):([0-9]{2}):([0-9]{2})(\.[0-9]{1,20})?" + _ZONE
_DATE = re.compile(_DAY)
_TIME = re.compile(_CLOCK)
_MOMENT = re.compile(f"{_DAY}T{_CLOCK}")
_MONTHS = re.compile(r"(-?)P(?=[0-9])(?:([0-9]{1,10})Y)?(?:([0-9]{1,10})M)?")
_DAYS = re.compile(
    r"(-?)P(?=[0-9T])(?:([0-9]{1,9})D)?"
    r"(?:T(?=[0-9])(?:([0-9]{1,12})H)?(?:([0-9]{1,14})M)?(?:([0-9]{1,15}(?:\.[0-9]{0,20})?)S)?)?"
)
_WINTER = datetime.fromisoformat("1970-01-01")
_FURTHEST = timedelta(hours=14)


def read_date(text: str) -> date | None:
    """The day of the years 1 to 9999 a text like 2026-03-01 names; a date and time gives its day."""
    day = read_day(text)
    return day if isinstance(day, date) else None


def read_day(text: str) -> Any:
    """The same for any year FEEL knows."""
    found = _DATE.fullmatch(text)
    if not found:
        moment = read_moment(text)
        return None if moment is None else day_of(moment)
    return made_date(*map(int, found.groups()))


def made_date(year: int, month: int, day: int) -> Any:
    """The day with these parts; null if there is none."""
    try:
        cycles, near = divmod(year - FIRST, CYCLE)
        return joined(cycles, date(FIRST + near, month, day))
    except (ValueError, OverflowError):
        return None


def day_of(moment: datetime | FarMoment) -> Any:
    """The day a moment lies in."""
    cycles, near = apart(moment)
    return joined(cycles, near.date())


def read_time(text: str) -> time | None:
    """The time of day a text like 08:30:00, 08:30:00+08:00 or 08:30:00@Asia/Shanghai names."""
    found = _TIME.fullmatch(text)
    return _clock(*found.groups()) if found else None


def _clock(hour: str, minute: str, second: str, fraction: str | None, zone: str | None) -> time | None:
    try:
        microseconds = int(Decimal(fraction or 0) * 1_000_000)
        return time(int(hour), int(minute), int(second), microseconds, tzinfo=read_zone(zone) if zone else None)
    except (ValueError, OSError):
        return None


@lru_cache(maxsize=512)
def read_zone(text: str) -> tzinfo:
    """The zone a text like Z, +08:00 or @Asia/Shanghai names; ValueError if there is none."""
    if text == "Z":
        return UTC
    if text.startswith("@"):
        try:
            return ZoneInfo(text[1:])
        except (KeyError, OSError):
            raise ValueError(text) from None
    hours, minutes, *seconds = (int(part) for part in text[1:].split(":"))
    offset = timedelta(hours=hours, minutes=minutes, seconds=sum(seconds))
    if minutes > 59 or sum(seconds) > 59 or offset > _FURTHEST:
        raise ValueError(text)
    return timezone(-offset if text[0] == "-" else offset)


def read_moment(text: str) -> Any:
    """The date and time a text like 2026-03-01T08:30:00+08:00 names."""
    found = _MOMENT.fullmatch(text)
    if not found:
        return None
    if found[4] == "24":
        midnight = f"{found[4]}:{found[5]}:{found[6]}" == "24:00:00"
        return next_day(read_moment(text.replace("T24", "T00", 1))) if midnight else None
    day, clock = made_date(*map(int, found.groups()[:3])), _clock(*found.groups()[3:])
    return None if day is None or clock is None else at(day, clock)


def next_day(moment: Any) -> Any:
    """The same time a day later; null after the last day, and for null."""
    try:
        return None if moment is None else moved(moment, timedelta(days=1))
    except OverflowError:
        return None


def at(day: Any, clock: time) -> Any:
    """The moment of a day and a time."""
    cycles, near = apart(day)
    return joined(cycles, datetime.combine(date(near.year, near.month, near.day), clock))


def read_duration(text: str) -> Months | timedelta | None:
    """The duration a text like P1Y6M or P3DT4H names; years or months never mix with days or hours."""
    if found := _MONTHS.fullmatch(text):
        total = 12 * int(found[2] or 0) + int(found[3] or 0)
        return Months(-total if found[1] else total)
    found = _DAYS.fullmatch(text)
    if not found:
        return None
    sign, days, hours, minutes, seconds = found.groups(default="0")
    try:
        length = timedelta(
            days=int(days),
            hours=int(hours),
            minutes=int(minutes),
            microseconds=int(Decimal(seconds) * 1_000_000),
        )
    except OverflowError:
        return None
    return -length if sign == "-" else length


def read_any(text: str) -> Any:
    """What an @"…" literal names: a date, a time, a date and time or a duration."""
    for read in (read_day if _DATE.fullmatch(text) else read_moment, read_time, read_duration):
        if (value := read(text)) is not None:
            return value
    return None


def offset_of(value: Any) -> timedelta | None:
    """How far its zone is ahead of UTC; for a time in a named zone, as it is outside summer time."""
    near = value.near if isinstance(value, FarMoment) else value
    if isinstance(near, time) and isinstance(near.tzinfo, ZoneInfo):
        return near.tzinfo.utcoffset(_WINTER)
    return near.utcoffset()


def same_form(left: Any, right: Any) -> bool:
    """Whether two moments or times are written with the same offset; true for anything else."""
    if not isinstance(left, time | datetime | FarMoment):
        return True
    return offset_of(left) == offset_of(right) and _name(left) == _name(right)


def _name(value: Any) -> str:
    zone = (value.near if isinstance(value, FarMoment) else value).tzinfo
    return zone.key if isinstance(zone, ZoneInfo) else ""


# As text


def written(value: Any) -> str:
    """A date, time, date and time or duration as `string` writes it."""
    match value:
        case Months():
            return _sign(value.total) + _months(abs(value.total))
        case timedelta():
            return _sign(value // timedelta(microseconds=1)) + _days(abs(value))
        case time():
            return _time(value)
        case datetime() | FarMoment():
            return f"{_date(value)}T{_time(apart(value)[1].timetz())}"
    return _date(value)


def _sign(total: int) -> str:
    return "-" if total < 0 else ""


def _months(total: int) -> str:
    years, months = divmod(total, 12)
    return f"P{f'{years}Y' if years else ''}{f'{months}M' if months or not years else ''}"


def _days(length: timedelta) -> str:
    minutes, seconds = divmod(length.seconds, 60)
    hours, minutes = divmod(minutes, 60)
    fraction = f".{length.microseconds:06}".rstrip("0") if length.microseconds else ""
    second = f"{seconds}{fraction}S" if seconds or fraction else ""
    clock = f"{f'{hours}H' if hours else ''}{f'{minutes}M' if minutes else ''}{second}"
    day = f"{length.days}D" if length.days else ""
    return f"P{day}{f'T{clock}' if clock else ''}" if day or clock else "PT0S"


def _date(value: date | FarDay | FarMoment) -> str:
    near, year = apart(value)[1], year_of(value)
    return f"{_sign(year)}{abs(year):04}-{near.month:02}-{near.day:02}"


def _time(value: time) -> str:
    fraction = f".{value.microsecond:06}".rstrip("0") if value.microsecond else ""
    return f"{value.hour:02}:{value.minute:02}:{value.second:02}{fraction}{_zone(value)}"


def _zone(value: time) -> str:
    if value.tzinfo is None:
        return ""
    if isinstance(value.tzinfo, ZoneInfo):
        return f"@{value.tzinfo.key}"
    offset = value.utcoffset() or timedelta()
    if not offset:
        return "Z"
    minutes, seconds = divmod(abs(offset) // timedelta(seconds=1), 60)
    tail = f":{seconds:02}" if seconds else ""
    return f"{'-' if offset < timedelta() else '+'}{minutes // 60:02}:{minutes % 60:02}{tail}"
