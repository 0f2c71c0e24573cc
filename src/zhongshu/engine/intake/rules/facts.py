"""An answer as FEEL sees it, and what FEEL worked out as an answer."""

from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from zhongshu.engine.decisions.rules.plain import plain
from zhongshu.engine.decisions.rules.temporal import read_date, read_moment, read_time
from zhongshu.engine.intake.rules.shape import Field

_READERS = {"date": read_date, "time": read_time, "date-time": read_moment}
_FEN = Decimal("0.01")


def fact(field: Field, answer: Any) -> Any:
    """A cleaned answer in FEEL: days, times and moments as such, anything else as it is."""
    read = _READERS.get(field.kind)
    if read is None or not isinstance(answer, str):
        return answer
    return read(answer) or answer


def worked(field: Field, value: Any) -> Any:
    """What a rule worked out for a field, still in FEEL: amounts rounded to the fen, null what is of another kind."""
    number = isinstance(value, int | Decimal) and not isinstance(value, bool)
    match field.kind:
        case "amount":
            return _rounded(value) if number else None
        case "number":
            return value if number else None
        case "integer":
            return value if number and isinstance(value, int) else None
        case "boolean":
            return value if isinstance(value, bool) else None
        case "date":
            return value if isinstance(value, date) and not isinstance(value, datetime) else None
        case "time":
            return value if isinstance(value, time) else None
        case "date-time":
            return value if isinstance(value, datetime) else None
        case "choices":
            texts = isinstance(value, list) and all(isinstance(item, str) for item in value)
            return value if texts and value else None
    return value if isinstance(value, str) and value else None


def answer(value: Any) -> Any:
    """A FEEL value as an answer is kept: a JSON value."""
    found = plain(value)
    return int(found) if isinstance(found, float) and found.is_integer() else found


def _rounded(value: int | Decimal) -> int | Decimal | None:
    """To the fen, half up, as people round money; null for more than any amount."""
    if isinstance(value, int):
        return value
    return value.quantize(_FEN, ROUND_HALF_UP) if abs(value) < 10**20 else None
