"""What was answered to a questionnaire, in words; numbers that name or reach a person masked, unless asked for in full.

In full they are shown to who has typed them, and on a case's page for a purpose that is kept (`cases.reveal_contact`).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.utils.translation import gettext

from zhongshu.base.http.language import language
from zhongshu.channels.presenters import names
from zhongshu.channels.presenters import origins as noting
from zhongshu.engine.cases.queries.one import View
from zhongshu.engine.cases.rules import starting
from zhongshu.engine.cases.rules.scenario import Scenario
from zhongshu.engine.intake.rules import cleaning
from zhongshu.engine.intake.rules.questionnaire import Field, Questionnaire
from zhongshu.registers.people.rules import masked_phone, numbers

_ELSEWHERE = ("photo", "file")
"""Documents are shown by themselves, not among words."""
_MASKS: Mapping[str, Callable[[str], str]] = {"id-number": numbers.masked, "phone": masked_phone}


@dataclass(frozen=True, slots=True)
class Fact:
    """An answer with its question; `note` says where it is from, if it was offered to who gave it."""

    title: str
    text: str
    note: str = ""


def facts(found: View, *, full: bool = False) -> list[Fact]:
    """What the report of a case answered, by the titles of its questions."""
    given, origins = found.data.get("answers", {}), starting.origins_of(found.data)
    each = ((field, pair) for field in found.scenario.form.fields for pair in pairs([field], given, full=full))
    return [Fact(*pair, noting.note(origins.get(field.name))) for field, pair in each]


def answered(form: Questionnaire | None, given: Mapping[str, Any], *, full: bool = False) -> list[Fact]:
    """Answers with their questions, in the order they were asked; photos are shown elsewhere."""
    return [Fact(*pair) for pair in pairs(form.fields if form else (), given, full=full)]


def personal(scenario: Scenario) -> bool:
    """Whether any form of a scenario asks for what is masked."""
    return any(field.personal for form in (scenario.form, *scenario.forms.values()) for field in form.fields)


def said(field: Field, value: Any, *, full: bool = False) -> str:
    """An answer as a page shows it: options and bodies by name, money and measures with their unit, rows in turn."""
    if field.kind == "rows" and isinstance(value, list):
        return gettext("；").join(f"{n}. {_row(field, row, full)}" for n, row in enumerate(value, 1))
    if isinstance(value, list | tuple):
        return gettext("、").join(said(field, one, full=full) for one in value)
    if not full and field.kind in _MASKS:
        return _MASKS[field.kind](str(value))
    if isinstance(value, bool):
        return gettext("是") if value else gettext("否")
    if field.widget == "body":
        return names.body(int(value)) if str(value).isdecimal() else str(value)
    if isinstance(value, int | float):
        return " ".join(filter(None, (_number(field, value), field.measured(language()))))
    text = str(value)
    return field.labels(language()).get(text, _clock(field, text))


def pairs(fields: Iterable[Field], given: Mapping[str, Any], *, full: bool = False) -> list[tuple[str, str]]:
    """The questions that were answered and what to each, in the order they were asked; documents left out.

    What was only typed is said as the answer it would be.
    """
    told = [(field, cleaning.clean(field, given.get(field.name))) for field in fields if field.kind not in _ELSEWHERE]
    return [(field.called(language()), said(field, value, full=full)) for field, value in told if value is not None]


def lines(fields: Iterable[Field], given: Mapping[str, Any], *, full: bool = False) -> list[str]:
    """The same, each in one line: 处置结果：已处置."""
    return [f"{question}{gettext('：')}{answer}" for question, answer in pairs(fields, given, full=full)]


def _row(group: Field, row: Any, full: bool) -> str:
    return gettext("，").join(lines(group.fields, row, full=full)) if isinstance(row, Mapping) else str(row)


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
