"""A scenario's questions as form fields. `{% load questions %}`.

    {% summary problems scenario "handle" %}
    {% questions scenario "handle" answers problems %}

`answers` are what was typed: texts, or lists of them; for photos and files a list of things with `value` and
`address`; for a repeating group a list of rows. `problems` is path → Problem, Refusal or sentence. The element ""
means the report's own questionnaire.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any, NamedTuple

from django import template
from django.template.loader import get_template
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from zhongshu.base.http.language import language
from zhongshu.channels.presenters.forms import page
from zhongshu.channels.presenters.forms.asked import Asked, called, sentence, shown
from zhongshu.engine.cases.rules.scenario import Scenario
from zhongshu.engine.intake.rules.questionnaire import Questionnaire

register = template.Library()

_TYPED = "\N{INFORMATION SEPARATOR FOUR}"
"""Stands for what was typed while a field is drawn: nobody can type it, the questionnaire refuses it."""


_ROUNDS = ("portal:asked", "portal:plan")
"""Where a page asks what a form asks next, and where it gets the rules to work that out by itself."""


@register.filter
def has(problems: Mapping[str, Any] | None, name: str) -> bool:
    """Whether something is wrong with the part of this name."""
    return bool(problems and name in problems)


@register.filter
def said(problems: Mapping[str, Any], name: str) -> str:
    """What is wrong with the part of this name, in the page's language."""
    return sentence(problems.get(name))


@register.inclusion_tag("forms/questions.html")
def questions(
    scenario: Scenario,
    element: str,
    answers: Mapping[str, Any] | None = None,
    problems: Mapping[str, Any] | None = None,
    only: Collection[str] | None = None,
    doubts: Mapping[str, Any] | None = None,
    sources: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """All questions of the report ("") or of a task; hidden those not asked yet, or all but those named `only`."""
    form = scenario.forms.get(element) if element else scenario.form
    if form is None:
        return {"steps": []}
    if only is not None and not page.whole_steps(form, only):
        return asked_of(form, answers, problems, only, doubts, sources)
    where, plan = (reverse(name, args=[scenario.code, scenario.version, element or "report"]) for name in _ROUNDS)
    return asked_of(form, answers, problems, only, doubts, sources) | {"where": where, "plan": plan}


@register.inclusion_tag("forms/questions.html")
def form_questions(
    form: Questionnaire,
    where: str = "",
    answers: Mapping[str, Any] | None = None,
    problems: Mapping[str, Any] | None = None,
    only: Collection[str] | None = None,
) -> dict[str, Any]:
    """All questions of a form that belongs to no version yet, or only some; `where` says which are asked."""
    live = only is None or page.whole_steps(form, only)
    return asked_of(form, answers, problems, only) | {"where": where if live else ""}


def asked_of(
    form: Questionnaire,
    answers: Mapping[str, Any] | None = None,
    problems: Mapping[str, Any] | None = None,
    only: Collection[str] | None = None,
    doubts: Mapping[str, Any] | None = None,
    sources: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """What `forms/questions.html` shows."""
    whole = page.filled(form, answers, problems, doubts, sources)
    return {
        "steps": page.steps(form, whole, only),
        "rows": any(question.fields for question in form.fields),
    }


@register.simple_tag
def question(
    form: Questionnaire,
    name: str,
    answers: Mapping[str, Any] | None = None,
    problems: Mapping[str, Any] | None = None,
) -> Asked:
    """One question by name, as `asked`, for a template that includes `forms/field.html` by itself."""
    found = next(field for field in form.fields if field.name == name)
    return replace(shown(found, (answers or {}).get(name), page.filled(form, answers, problems)), hidden=False)


@register.simple_tag
def field(asked: Asked) -> SafeString:
    """A question drawn by `forms/field.html`.

    The same question without anything said of it looks the same for everyone but for what was typed and which files
    were sent, so that it is drawn once and those are put in.
    """
    if asked.problem or asked.doubt or asked.rows:
        return _drawn(asked)
    marks = {_mark("value"): asked.value} if asked.filled else {}
    if asked.photos:
        files = tuple(_File.stand_in(number, file, marks) for number, file in enumerate(asked.photos))
        asked = replace(asked, photos=files)
    drawn: str = _remembered(asked, language())
    for mark, words in marks.items():
        drawn = drawn.replace(mark, escape(words))
    return mark_safe(drawn)


class _File(NamedTuple):
    """Stands for a file while its question is drawn."""

    value: str
    address: str
    name: str

    @classmethod
    def stand_in(cls, number: int, file: Any, marks: dict[str, str]) -> "_File":
        """Marks in place of what is said of a file; what they stand for goes into `marks`."""
        said = {part: str(getattr(file, part, "")) for part in cls._fields}
        marks |= {_mark(f"{number}{part}"): words for part, words in said.items() if words}
        return cls(*(_mark(f"{number}{part}") if words else "" for part, words in said.items()))


def _mark(what: str) -> str:
    return f"{_TYPED}{what}{_TYPED}"


@lru_cache(maxsize=4_096)
def _remembered(asked: Asked, language: str) -> SafeString:
    """The field as drawn for whatever is typed: equal are those that differ only in that."""
    return _drawn(replace(asked, value=_mark("value")) if asked.filled else asked)


def _drawn(asked: Asked) -> SafeString:
    return mark_safe(get_template("forms/field.html").render({"asked": asked}))


@register.inclusion_tag("forms/summary.html")
def summary(
    problems: Mapping[str, Any] | None,
    scenario: Scenario | None = None,
    element: str = "",
    titles: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """What has to be mended, each line leading to its field; nothing when nothing has."""
    form = (scenario.forms.get(element) if element else scenario.form) if scenario else None
    own = titles or {}
    return {
        "lines": [
            {"id": f"field-{path}", "title": own.get(path) or called(form, path), "sentence": sentence(problem)}
            for path, problem in (problems or {}).items()
        ]
    }
