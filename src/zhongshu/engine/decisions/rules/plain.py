"""FEEL values as JSON keeps them, so that an answer can stand among a case's data."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from zhongshu.engine.decisions.rules.values import Months


def plain(value: Any) -> Any:
    """The value in JSON's terms: dates, times and durations as ISO 8601 texts; null for what is not data.

    A fraction becomes a float, whose shortest decimal form FEEL reads back.
    """
    match value:
        case None | bool() | str() | int() | float():
            return value
        case Decimal():
            return float(value)
        case Mapping():
            return {str(key): plain(each) for key, each in value.items()}
        case list() | tuple():
            return [plain(each) for each in value]
        case datetime() | date() | time():
            return value.isoformat()
        case timedelta():
            return _duration(value)
        case Months(total):
            years, months = divmod(abs(total), 12)
            return f"{'-' if total < 0 else ''}P{years}Y{months}M"
    return None


def _duration(length: timedelta) -> str:
    ahead = abs(length)
    seconds = f"{ahead.seconds}.{ahead.microseconds:06d}".rstrip("0").rstrip(".")
    return f"{'-' if length < timedelta() else ''}P{ahead.days}DT{seconds}S"
