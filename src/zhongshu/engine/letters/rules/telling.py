"""What a letter's template gets of a case: plain values beside the words a letter has for them. Pure."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from zhongshu.base.calendar.rules import SHANGHAI
from zhongshu.engine.cases.rules.attached import KINDS
from zhongshu.engine.intake.rules import amounts
from zhongshu.engine.intake.rules.questionnaire import Field, Questionnaire
from zhongshu.engine.letters.rules import wording

Bodies = Callable[[int], str]
"""A body's id → its name."""


def day(moment: datetime | None) -> dict[str, str]:
    """A moment's day in Shanghai, `plain` (2026-11-22) and in `words`; both empty where there is none."""
    if moment is None:
        return {"plain": "", "words": ""}
    found = moment.astimezone(SHANGHAI).date()
    return {"plain": found.isoformat(), "words": wording.day(found)}


def answers(form: Questionnaire | None, given: Mapping[str, Any], bodies: Bodies) -> dict[str, dict[str, Any]]:
    """Question → `title`, `value` and `text`, of all that may be asked: what was not answered has an empty text.

    A date has `words` too, a number `capital`, a repeating group its `rows`. Photos and files are left out.
    """
    return {field.name: _answer(field, given.get(field.name), bodies) for field in _asked(form)}


def _asked(form: Questionnaire | None) -> list[Field]:
    return [field for field in (form.fields if form else ()) if field.kind not in KINDS]


def _answer(field: Field, value: Any, bodies: Bodies) -> dict[str, Any]:
    if field.kind == "rows":
        rows = [row for row in value or () if isinstance(row, Mapping)]
        return {
            "title": field.title, "text": "",
            "rows": [{one.name: _answer(one, row.get(one.name), bodies) for one in field.fields} for row in rows],
        }  # fmt: skip
    said = {"title": field.title, "value": "" if value is None else value, "text": _text(field, value, bodies)}
    if field.kind == "date":
        said["words"] = _words(value)
    if field.kind in ("number", "integer", "amount") and field.widget != "body":
        said["capital"] = _capital(value)
    return said


def _text(field: Field, value: Any, bodies: Bodies) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, list | tuple):
        return "、".join(_text(field, one, bodies) for one in value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if field.widget == "body":
        return bodies(int(value)) if str(value).isdecimal() else str(value)
    return field.labels("zh-hans").get(value, str(value))


def _words(value: Any) -> str:
    try:
        return wording.day(date.fromisoformat(value))
    except (TypeError, ValueError):
        return ""


def _capital(value: Any) -> str:
    try:
        return amounts.capital(Decimal(str(value)))
    except (InvalidOperation, ValueError):
        return ""
