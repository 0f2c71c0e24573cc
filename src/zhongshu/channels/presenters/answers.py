"""What was answered to a questionnaire, in words."""

from collections.abc import Iterable, Mapping
from datetime import datetime, time
from typing import Any

from django.utils.translation import gettext

from zhongshu.base.http.language import language
from zhongshu.channels.presenters import names
from zhongshu.engine.intake.rules import cleaning
from zhongshu.engine.intake.rules.questionnaire import Field

_ELSEWHERE = ("photo", "file")
"""Documents are shown by themselves, not among words."""


def said(field: Field, value: Any) -> str:
    """An answer as a page shows it: options and bodies by name, money and measures with their unit, rows in turn."""
    if field.kind == "rows" and isinstance(value, list):
        return gettext("；").join(f"{n}. {_row(field, row)}" for n, row in enumerate(value, 1))
    if isinstance(value, list | tuple):
        return gettext("、").join(said(field, one) for one in value)
    if isinstance(value, bool):
        return gettext("是") if value else gettext("否")
    if field.widget == "body":
        return names.body(int(value)) if str(value).isdecimal() else str(value)
    if isinstance(value, int | float):
        return " ".join(filter(None, (_number(field, value), field.measured(language()))))
    text = str(value)
    return field.labels(language()).get(text, _clock(field, text))


def pairs(fields: Iterable[Field], given: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The questions that were answered and what to each, in the order they were asked; documents left out.

    What was only typed is said as the answer it would be.
    """
    told = [(field, cleaning.clean(field, given.get(field.name))) for field in fields if field.kind not in _ELSEWHERE]
    return [(field.called(language()), said(field, value)) for field, value in told if value is not None]


def lines(fields: Iterable[Field], given: Mapping[str, Any]) -> list[str]:
    """The same, each in one line: 处置结果：已处置."""
    return [f"{question}{gettext('：')}{answer}" for question, answer in pairs(fields, given)]


def _row(group: Field, row: Any) -> str:
    return gettext("，").join(lines(group.fields, row)) if isinstance(row, Mapping) else str(row)


def _number(field: Field, value: float) -> str:
    return f"{value:,.2f}" if field.kind == "amount" else str(value)


def _clock(field: Field, text: str) -> str:
    """Times and moments as people write them: no seconds, no zone."""
    try:
        if field.kind == "time":
            return f"{time.fromisoformat(text):%H:%M}"
        if field.kind == "date-time":
            return f"{datetime.fromisoformat(text):%Y-%m-%d %H:%M}"
    except ValueError:
        pass
    return text
