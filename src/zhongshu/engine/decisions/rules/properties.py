"""What a value without entries has by name (DMN 1.5 §10.3.2.3, table 66)."""

from collections.abc import Callable
from datetime import time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from zhongshu.engine.decisions.rules.calendar import apart, year_of
from zhongshu.engine.decisions.rules.temporal import offset_of
from zhongshu.engine.decisions.rules.values import Months, kind


def of(value: Any, name: str) -> Any:
    """The property of a date, time, duration or range; null if it has none by that name."""
    look = PROPERTIES.get(kind(value), {}).get(name)
    return look(value) if look else None


def _near(value: Any) -> Any:
    return value if isinstance(value, time) else apart(value)[1]


def _zone(value: Any) -> str | None:
    zone = _near(value).tzinfo
    return zone.key if isinstance(zone, ZoneInfo) else None


def _second(value: Any) -> Any:
    return _near(value).second


def _whole(length: timedelta, unit: timedelta, within: timedelta | None = None) -> int:
    total = abs(length) % within if within else abs(length)
    count = total // unit
    return -count if length < timedelta() else count


def _months(value: Months, *, years: bool) -> int:
    count = abs(value.total) // 12 if years else abs(value.total) % 12
    return -count if value.total < 0 else count


_DAY: dict[str, Callable[[Any], Any]] = {
    "year": year_of,
    "month": lambda value: _near(value).month,
    "day": lambda value: _near(value).day,
    "weekday": lambda value: _near(value).isoweekday(),
}
_CLOCK: dict[str, Callable[[Any], Any]] = {
    "hour": lambda value: _near(value).hour,
    "minute": lambda value: _near(value).minute,
    "second": _second,
    "time offset": offset_of,
    "timezone": _zone,
}
_D, _H, _M, _S = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1), timedelta(seconds=1)
PROPERTIES: dict[str, dict[str, Callable[[Any], Any]]] = {
    "date": _DAY,
    "time": _CLOCK,
    "date and time": _DAY | _CLOCK,
    "days and time duration": {
        "days": lambda value: _whole(value, _D),
        "hours": lambda value: _whole(value, _H, _D),
        "minutes": lambda value: _whole(value, _M, _H),
        "seconds": lambda value: _whole(value, _S, _M),
    },
    "years and months duration": {
        "years": lambda value: _months(value, years=True),
        "months": lambda value: _months(value, years=False),
    },
    "range": {
        "start": lambda value: value.low,
        "end": lambda value: value.high,
        "start included": lambda value: value.low_closed,
        "end included": lambda value: value.high_closed,
    },
}
NAMES = frozenset(name for own in PROPERTIES.values() for name in own)
