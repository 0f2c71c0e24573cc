"""A scenario's questions as form fields. `{% load questions %}`.

    {% summary problems scenario "handle" %}
    {% questions scenario "handle" answers problems %}

`answers` are what was typed: texts, or lists of them; for photos a list of things with `value` and `address`.
`problems` is field → Problem, Refusal or sentence. The element "" means the report's own questionnaire.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext

from zhongshu.base.http.language import language
from zhongshu.engine.cases.rules.scenario import Scenario
from zhongshu.engine.intake.rules import asking
from zhongshu.engine.intake.rules import questionnaire as intake
from zhongshu.main.templatetags.house import local
from zhongshu.registers.people import queries as people

register = template.Library()

FEW = 6
"""Up to so many options are shown at once; more become a list to choose from."""

_INPUTS = {
    "number": ("text", "decimal", ""),
    "integer": ("text", "numeric", ""),
    "date": ("date", "", ""),
    "phone": ("tel", "tel", "tel"),
}
"""Kind → type, inputmode and autocomplete of its `<input>`."""

_TEMPLATES = {"longtext": "longtext", "photo": "photo"}


@dataclass(frozen=True, slots=True)
class Choice:
    """One option as shown."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as shown: what `forms/field.html` needs."""

    name: str
    title: str
    help: str
    required: bool
    problem: str
    template: str
    grouped: bool
    many: bool
    value: str
    options: tuple[Choice, ...]
    photos: tuple[Any, ...]
    most: int
    type: str
    inputmode: str
    autocomplete: str
    hidden: bool

    @property
    def id(self) -> str:
        """The id of what a problem's link leads to."""
        return f"field-{self.name}"

    @property
    def described_by(self) -> str:
        """The ids of the texts that explain the field."""
        parts = (("help", self.help), ("wrong", self.problem))
        return " ".join(f"{self.id}-{part}" for part, text in parts if text)


def sentence(problem: Any) -> str:
    """A problem, refusal or plain sentence in the page's language."""
    if not problem:
        return ""
    return gettext(getattr(problem, "sentence", str(problem))).format(**getattr(problem, "gaps", {}))


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
    only: str = "",
) -> dict[str, Any]:
    """All questions of the report ("") or of a task; hidden those not asked yet, or all but the one named `only`."""
    form = scenario.forms.get(element) if element else scenario.form
    given, wrong = answers or {}, problems or {}
    asked = {field.name for field in asking.asked(form, given)} if form else set()
    asked = asked & {only} if only else asked
    where = reverse("portal:asked", args=[scenario.code, scenario.version, element or "report"])
    return {
        "questions": [
            shown(f, given.get(f.name), wrong.get(f.name), f.name in asked) for f in (form.fields if form else ())
        ],
        "where": "" if only else where,
    }


@register.simple_tag
def question(
    form: intake.Questionnaire,
    name: str,
    answers: Mapping[str, Any] | None = None,
    problems: Mapping[str, Any] | None = None,
) -> Asked:
    """One question by name, as `asked`, for a template that includes `forms/field.html` by itself."""
    found = next(field for field in form.fields if field.name == name)
    return shown(found, (answers or {}).get(name), (problems or {}).get(name))


@register.inclusion_tag("forms/summary.html")
def summary(
    problems: Mapping[str, Any] | None,
    scenario: Scenario | None = None,
    element: str = "",
    titles: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """What has to be mended, each line leading to its field; nothing when nothing has."""
    form = (scenario.forms.get(element) if element else scenario.form) if scenario else None
    names = {f.name: f.called(language()) for f in (form.fields if form else ())} | dict(titles or {})
    return {
        "lines": [
            {"id": f"field-{name}", "title": names.get(name, ""), "sentence": sentence(problem)}
            for name, problem in (problems or {}).items()
        ]
    }


def shown(field: intake.Field, value: Any, problem: Any = None, asked: bool = True) -> Asked:
    """A question with what was typed and what is wrong with it."""
    photos = field.kind == "photo"
    texts = (
        [] if value is None or photos else [_text(v) for v in (value if isinstance(value, list | tuple) else [value])]
    )
    options = _options(field, texts)
    template = _template(field, len(options))
    type_, inputmode, autocomplete = _INPUTS.get(field.kind, ("text", "", ""))
    return Asked(
        name=field.name,
        title=field.called(language()),
        help=field.hint(language()),
        required=field.required,
        problem=sentence(problem),
        template=f"forms/{template}.html",
        grouped=template == "options",
        many=field.many,
        value=texts[0] if texts else "",
        options=options,
        photos=tuple(value or ()) if photos else (),
        most=field.limits.get("maxItems", 1),
        type=type_,
        inputmode=inputmode,
        autocomplete=autocomplete,
        hidden=not asked,
    )


def _template(field: intake.Field, options: int) -> str:
    listed = field.widget in ("select", "body") or (field.kind == "choice" and options > FEW)
    if options:
        return "select" if listed else "options"
    return _TEMPLATES.get(field.kind, "text")


def _text(value: Any) -> str:
    return {True: "true", False: "false"}.get(value, str(value)) if isinstance(value, bool) else str(value)


def _options(field: intake.Field, chosen: list[str]) -> tuple[Choice, ...]:
    if field.kind == "boolean":
        pairs = [("true", gettext("是")), ("false", gettext("否"))]
    elif field.widget == "body":
        pairs = [(str(body.pk), local(body)) for body in people.tree().values() if body.ended is None]
    else:
        pairs = [*field.labels(language()).items()]
    return tuple(Choice(value, label, value in chosen) for value, label in pairs)
