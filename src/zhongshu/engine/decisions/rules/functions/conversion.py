"""One kind of value to another (§10.3.4.1)."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from zhongshu.engine.decisions.rules import temporal
from zhongshu.engine.decisions.rules.calendar import FarDay, FarMoment, apart
from zhongshu.engine.decisions.rules.functions.declaring import built_in
from zhongshu.engine.decisions.rules.values import MOST_CHARACTERS, Months, Range, clean, number

_NUMBER = re.compile(r"-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,5})?")
_SEPARATORS = (" ", ",", ".", None)


@built_in("string", "from: any")
def text_of(value: Any) -> str | None:
    """The value as text; null for null."""
    if value is None or isinstance(value, str):
        return value
    return "".join(_pieces(value))


def _pieces(value: Any) -> list[str]:
    return _fitting(_written(value))


def _fitting(pieces: Iterable[str]) -> list[str]:
    """The pieces, which together must not be longer than a text may be."""
    kept, length = [], 0
    for piece in pieces:
        kept.append(piece)
        length += len(piece)
        if length > MOST_CHARACTERS:
            raise ValueError("too long to be written")
    return kept


def _written(value: Any) -> list[str]:
    value = clean(value)
    match value:
        case None | bool():
            return [{None: "null", True: "true", False: "false"}[value]]
        case int() | Decimal():
            return [format(value, "f") if isinstance(value, Decimal) else str(value)]
        case str():
            return ['"', value.replace("\\", "\\\\").replace('"', '\\"'), '"']
        case list() | tuple():
            return ["[", *_fitting(_joined(_pieces(item) for item in value)), "]"]
        case Mapping():
            return ["{", *_fitting(_joined([f"{key}: ", *_pieces(item)] for key, item in value.items())), "}"]
        case Range():
            return _range(value)
        case date() | time() | timedelta() | Months() | FarDay() | FarMoment():
            return [temporal.written(value)]
    return ["function"]


def _range(value: Range) -> list[str]:
    if value.sign:
        return ["(", value.sign, " ", *_pieces(value.low if value.low is not None else value.high), ")"]
    low, high = _pieces(value.low), _pieces(value.high)
    return ["[" if value.low_closed else "(", *low, "..", *high, "]" if value.high_closed else ")"]


def _joined(parts: Iterable[list[str]]) -> Iterator[str]:
    for place, part in enumerate(parts):
        yield from [", ", *part] if place else part


@built_in("number", "from: number")
def same_number(value: Any) -> Any:
    """A number is one already."""
    return value


@built_in("number", "from: string")
def plain_number(text: str) -> Any:
    """The number a text writes."""
    return number(text) if _NUMBER.fullmatch(text) else None


@built_in("number", "from: string, grouping separator: string?, decimal separator: string?")
def read_number(text: str, grouping: str | None = None, point: str | None = None) -> Any:
    """The number a text writes with these separators; null for separators that are none, or one for both."""
    if grouping not in _SEPARATORS or point not in (".", ",", None) or (grouping and grouping == point):
        return None
    text = text.replace(grouping, "") if grouping else text
    return plain_number(text.replace(point, ".") if point else text)


@built_in("date", "from: string")
def date_from_text(text: str) -> Any:
    """The date a text writes."""
    return temporal.read_day(text)


@built_in("date", "from: date|date and time")
def date_from_moment(value: Any) -> Any:
    """The day of a date and time."""
    return temporal.day_of(value) if isinstance(value, datetime | FarMoment) else value


@built_in("date", "year: number, month: number, day: number")
def date_from_parts(*parts: Any) -> Any:
    """The date of a year, month and day."""
    return temporal.made_date(*parts) if all(isinstance(part, int) for part in parts) else None


@built_in("time", "from: string")
def time_from_text(text: str) -> Any:
    """The time a text writes."""
    return temporal.read_time(text)


@built_in("time", "from: time|date|date and time")
def time_from_moment(value: Any) -> Any:
    """The time of a date and time; a date begins at midnight in UTC."""
    if isinstance(value, time):
        return value
    near = apart(value)[1]
    return near.timetz() if isinstance(near, datetime) else temporal.read_time("00:00:00Z")


@built_in("time", "hour: number, minute: number, second: number, offset: days and time duration?")
def time_from_parts(hour: Any, minute: Any, second: Any, offset: timedelta | None = None) -> Any:
    """The time of its parts, perhaps so far ahead of UTC."""
    if not isinstance(hour, int) or not isinstance(minute, int):
        return None
    microseconds = int((Decimal(second) - int(second)) * 1_000_000)
    clock = time(hour, minute, int(second), microseconds)
    if offset is None:
        return clock
    seconds = abs(offset) // timedelta(seconds=1)
    sign = "-" if offset < timedelta() else "+"
    zone = f"{sign}{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return clock.replace(tzinfo=temporal.read_zone(zone if seconds else "Z"))


@built_in("date and time", "from: string")
def moment_from_text(text: str) -> Any:
    """The date and time a text writes; a date alone begins at midnight."""
    moment = temporal.read_moment(text)
    if moment is None and (day := temporal.read_day(text)) is not None:
        return temporal.at(day, time())
    return moment


@built_in("date and time", "date: date|date and time, time: time")
def moment_from_parts(day: Any, clock: time) -> Any:
    """The moment of a day and a time."""
    return temporal.at(day, clock)


@built_in("date and time", "date: date and time, timezone: string")
def moment_in_zone(moment: Any, zone: str) -> Any:
    """The same moment as a clock in another zone shows it."""
    cycles, near = apart(moment)
    written = zone if zone == "Z" or zone[:1] in "+-" else f"@{zone}"
    return temporal.joined(cycles, near.astimezone(temporal.read_zone(written))) if near.tzinfo else None


@built_in("duration", "from: string")
def duration_from_text(text: str) -> Any:
    """The duration a text writes."""
    return temporal.read_duration(text)


@built_in("duration", "from: days and time duration|years and months duration")
def same_duration(value: Any) -> Any:
    """A duration is one already."""
    return value


@built_in("years and months duration", "from: date|date and time, to: date|date and time")
def months_between(start: Any, end: Any) -> Months:
    """The whole months from one day to another, whatever the clock says; negative if the other is earlier."""
    (cycles, left), (others, right) = apart(start), apart(end)
    months = 12 * (400 * (others - cycles) + right.year - left.year) + right.month - left.month
    if months > 0 and right.day < left.day:
        months -= 1
    elif months < 0 and right.day > left.day:
        months += 1
    return Months(months)
