"""Answers as a form's texts or a program's JSON, brought to one JSON form.

A form names the questions of a row `members.0.income`; a program may send the rows as a list of objects. What cannot
be understood is left as it is, for the judge to say so.
"""

import math
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, time
from typing import Any

from zhongshu.base.calendar.rules import SHANGHAI
from zhongshu.engine.decisions.rules.temporal import read_date
from zhongshu.engine.intake.rules.shape import Field, Questionnaire

_WHOLE = re.compile(r"[+-]?[0-9]{1,30}")
_FRACTION = re.compile(r"[+-]?(?:[0-9]{1,30}(?:\.[0-9]{0,30})?|\.[0-9]{1,30})")
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3}){1,9}(?:\.[0-9]{0,30})?")
_DAY = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?")
_TIME = re.compile(r"([0-9]{1,2})[:：]([0-9]{2})(?::([0-9]{2}))?")
_SPOT = re.compile(r"([^.]{1,64})\.(0|[1-9][0-9]?)\.([^.]{1,64})")
_YES, _NO = {"true", "on", "1", "yes", "是"}, {"false", "off", "0", "no", "否"}


def gathered(form: Questionnaire, answers: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """The answers by question, inputs of rows brought together to rows; and the names that ask for nothing."""
    groups = {field.name: field for field in form.fields if field.kind == "rows"}
    known = {field.name for field in form.fields}
    found = {name: value for name, value in answers.items() if name in known}
    loose: dict[str, dict[int, dict[str, Any]]] = {}
    strangers = []
    for name, value in answers.items():
        spot = _SPOT.fullmatch(name) if isinstance(name, str) else None
        if spot and spot[1] in groups and not found.get(spot[1]) and int(spot[2]) <= groups[spot[1]].limits["maxItems"]:
            loose.setdefault(spot[1], {}).setdefault(int(spot[2]), {})[spot[3]] = value
        elif name not in known:
            strangers.append(str(name))
    for name, rows in loose.items():
        found[name] = [rows.get(n, {}) for n in range(max(rows) + 1)]
    return found, [*strangers, *_strange(groups, found)]


def _strange(groups: Mapping[str, Field], found: Mapping[str, Any]) -> Iterator[str]:
    """The paths in rows that ask for nothing."""
    for name, group in groups.items():
        asked = {field.name for field in group.fields}
        rows = found[name][: group.limits["maxItems"]] if isinstance(found.get(name), list) else ()
        for n, row in enumerate(rows):
            yield from (
                (f"{name}.{n}.{inner}" for inner in row if inner not in asked) if isinstance(row, Mapping) else ()
            )


def cleaned(fields: Sequence[Field], answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers to these questions in their JSON form; blank ones are left out."""
    found = {field.name: clean(field, answers.get(field.name)) for field in fields}
    return {name: value for name, value in found.items() if value is not None}


def clean(question: Field, value: Any) -> Any:
    """An answer in its JSON form, None if blank; what cannot be understood is left for the validator."""
    if question.kind == "rows":
        return _rows(question, value)
    if question.many:
        given = value if isinstance(value, list | tuple) else [value]
        items = [_single(question, item) for item in given[: question.limits["maxItems"] + 1]]
        return [item for item in items if item is not None] or None
    if isinstance(value, list | tuple) and len(value) < 2:
        value = value[0] if value else None
    return _single(question, value)


def _rows(group: Field, value: Any) -> Any:
    """The rows, blank ones at the end left out; one between stays, so that every row keeps its number."""
    if not isinstance(value, list | tuple):
        return None if value in (None, "") else ""
    given = value[: group.limits["maxItems"] + 1]
    rows = [cleaned(group.fields, row) if isinstance(row, Mapping) else "" if row else {} for row in given]
    while rows and rows[-1] == {}:
        rows.pop()
    return rows or None


def _single(question: Field, value: Any) -> Any:
    if not isinstance(value, str):
        return _plain(value)
    value = value.replace("\r\n", "\n").replace("\r", "\n").strip()
    if not value:
        return None
    reader = _READERS.get(question.kind)
    return reader(value) if reader else value


def _plain(value: Any) -> Any:
    """A value without what no question holds: nothing inside of lists and objects, no number without an end."""
    if isinstance(value, Mapping | list | tuple):
        return {} if isinstance(value, Mapping) else []
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return str(value) if isinstance(value, float) and not math.isfinite(value) else value


def _narrow(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _number(text: str) -> Any:
    plain = _narrow(text)
    if _WHOLE.fullmatch(plain):
        return int(plain)
    return _plain(float(plain)) if _FRACTION.fullmatch(plain) else text


def _amount(text: str) -> Any:
    """Money as people write it: ¥ before, 元 behind, thousands apart."""
    plain = _narrow(text).replace(" ", "").removeprefix("¥").removesuffix("元")
    found = _number(plain.replace(",", "") if _GROUPED.fullmatch(plain) else plain)
    return text if isinstance(found, str) else found


def _truth(text: str) -> bool | str:
    word = text.lower()
    return True if word in _YES else False if word in _NO else text


def _date(text: str) -> str:
    plain = _narrow(text)
    parts = _DAY.fullmatch(plain.replace(" ", ""))
    day = read_date(f"{parts[1]}-{int(parts[2]):02}-{int(parts[3]):02}" if parts else plain)
    return day.isoformat() if day else text


def _time(text: str) -> str:
    parts = _TIME.fullmatch(_narrow(text))
    try:
        return time(int(parts[1]), int(parts[2]), int(parts[3] or 0)).isoformat() if parts else text
    except ValueError:
        return text


def _moment(text: str) -> str:
    """A moment in Shanghai's time, to the second; what is written without a zone is meant so."""
    try:
        moment = datetime.fromisoformat(_narrow(text))
        there = moment.astimezone(SHANGHAI) if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)
    except (ValueError, OverflowError):
        return text
    return there.replace(microsecond=0).isoformat() if "T" in text or ":" in text else text


def _phone(text: str) -> str:
    return _narrow(text).replace(" ", "").removeprefix("+86")


def _code(text: str) -> str:
    return re.sub(r"[\s-]", "", _narrow(text)).upper()


_READERS: Mapping[str, Callable[[str], Any]] = {
    "number": _number, "integer": _number, "bodies": _number, "amount": _amount, "boolean": _truth,
    "date": _date, "time": _time, "date-time": _moment, "phone": _phone, "email": _narrow, "id-number": _code,
    "uscc": _code,
}  # fmt: skip
