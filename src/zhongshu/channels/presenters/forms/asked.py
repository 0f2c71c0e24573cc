"""A question as shown: its words, what was typed, what is wrong, and how it is put."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from django.utils.translation import gettext

from zhongshu.base.http.language import language
from zhongshu.channels.presenters import names
from zhongshu.engine.intake.rules import rounds
from zhongshu.engine.intake.rules.questionnaire import Field, Questionnaire
from zhongshu.registers.people import queries as people

FEW = 6
"""Up to so many options are shown at once; more become a list to choose from."""

_INPUTS = {
    "number": ("text", "decimal", ""),
    "integer": ("text", "numeric", ""),
    "amount": ("text", "decimal", ""),
    "date": ("date", "", ""),
    "time": ("time", "", ""),
    "date-time": ("datetime-local", "", ""),
    "phone": ("tel", "tel", "tel"),
    "email": ("email", "email", "email"),
    "address": ("text", "", "street-address"),
    "id-number": ("text", "", "off"),
    "uscc": ("text", "", "off"),
}
"""Kind → type, inputmode and autocomplete of its `<input>`."""

_TEMPLATES = {"longtext": "longtext", "photo": "photo", "file": "document", "rows": "rows"}
_MASKED = ("amount", "id-number", "uscc", "phone")
"""Kinds whose text the page sets in groups or brings to one form while it is typed."""


class Choice(NamedTuple):
    """One option as shown."""

    value: str
    label: str
    chosen: bool


class Row(NamedTuple):
    """One row of a repeating group: its number in the names of inputs, and its questions."""

    number: str
    questions: tuple["Asked", ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as shown: what `forms/field.html` needs. `name` is its path, as its input is called.

    Two that differ only in the text that was typed are equal: they are drawn alike but for it. `filled` says whether
    there is one.

    `doubt` is what looks wrong but may be right; `source` says where a prefilled answer comes from. `rows` and
    `blank` (a row for the browser to copy) are those of a repeating group, which holds `least` to `most` of them.
    """

    name: str
    title: str
    help: str
    required: bool
    problem: str
    doubt: str
    template: str
    grouped: bool
    many: bool
    value: str = field(compare=False)
    filled: bool
    options: tuple[Choice, ...]
    photos: tuple[Any, ...]
    least: int
    most: int
    type: str
    inputmode: str
    autocomplete: str
    mask: str
    unit: str
    source: str
    accept: str
    computed: bool
    hidden: bool
    rows: tuple[Row, ...] = ()
    blank: tuple["Asked", ...] = ()

    @property
    def id(self) -> str:
        """The id of what a problem's link leads to."""
        return f"field-{self.name}"

    @property
    def described_by(self) -> str:
        """The ids of the texts that explain the field."""
        parts = (("help", self.help), ("source", self.source), ("wrong", self.problem), ("doubt", self.doubt))
        return " ".join(f"{self.id}-{part}" for part, text in parts if text)

    def aside(self) -> "Asked":
        """The question there, but not shown."""
        return replace(self, hidden=True)


@dataclass(frozen=True, slots=True)
class Filled:
    """A form as far as it has been filled in: the answers as typed, what was settled from them, and what is said."""

    answers: Mapping[str, Any]
    settled: rounds.Round
    problems: Mapping[str, Any] = field(default_factory=dict)
    doubts: Mapping[str, Any] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    language: str = field(default_factory=language)


def sentence(problem: Any) -> str:
    """A problem, refusal or plain sentence in the page's language."""
    if not problem:
        return ""
    return gettext(getattr(problem, "sentence", str(problem))).format(**getattr(problem, "gaps", {}))


def shown(question: Field, value: Any, filled: Filled, path: str = "", *, fresh: bool = False) -> Asked:
    """A question with what was typed and what is said of it; `path` where it stands in a row.

    A `fresh` row, in which nothing stands, has not been settled: its questions are asked unless the answers outside
    speak against it.
    """
    path = path or question.name
    asked = _asked_at_first(question, filled) if fresh else path in filled.settled.shown
    if question.computed is not None:
        value = filled.settled.computed.get(path)
    attached = question.kind in ("photo", "file")
    texts = [] if value is None or attached or question.fields else _texts(value)
    options = _options(question, texts, filled.language)
    template = _template(question, len(options))
    type_, inputmode, autocomplete = _INPUTS.get(question.kind, ("text", "", ""))
    text = _written(question, texts[0]) if texts else ""
    return Asked(
        name=path,
        title=question.called(filled.language),
        help=question.hint(filled.language),
        required=question.required if fresh else path in filled.settled.required,
        problem=sentence(filled.problems.get(path)),
        doubt=sentence(filled.doubts.get(path)),
        template=f"forms/{template}.html",
        grouped=template in ("options", "rows"),
        many=question.many,
        value=text,
        filled=bool(text),
        options=options,
        photos=_kept(value) if attached else (),
        least=question.limits.get("minItems", 0),
        most=question.limits.get("maxItems", 1),
        type=type_,
        inputmode=inputmode,
        autocomplete=autocomplete,
        mask=question.kind if question.kind in _MASKED else "",
        unit=question.measured(filled.language),
        source=filled.sources.get(path, ""),
        accept=",".join(question.accept),
        computed=question.computed is not None,
        hidden=not asked,
        rows=_rows(question, value, filled),
        blank=_row(question, {}, filled, "__n__") if question.fields else (),
    )


def _kept(value: Any) -> tuple[Any, ...]:
    """Of files what can be looked at; a bare id cannot."""
    return tuple(each for each in value if hasattr(each, "address")) if isinstance(value, list | tuple) else ()


def _asked_at_first(question: Field, filled: Filled) -> bool:
    return question.visible is None or question.visible.evaluate(filled.settled.answers) is True


def _rows(group: Field, value: Any, filled: Filled) -> tuple[Row, ...]:
    if not group.fields:
        return ()
    given = [row for row in (value or ()) if isinstance(row, Mapping)]
    given += [{}] * (max(1, group.limits.get("minItems", 0)) - len(given))
    return tuple(Row(str(n), _row(group, row, filled, str(n))) for n, row in enumerate(given))


def _row(group: Field, row: Mapping[str, Any], filled: Filled, number: str) -> tuple[Asked, ...]:
    fresh = not any(text.strip() if isinstance(text, str) else text for text in row.values())
    paths = ((question, f"{group.name}.{number}.{question.name}") for question in group.fields)
    return tuple(shown(question, row.get(question.name), filled, path, fresh=fresh) for question, path in paths)


def _template(question: Field, options: int) -> str:
    if question.computed is not None:
        return "computed"
    listed = question.widget in ("select", "body") and not question.many
    listed = listed or (question.kind == "choice" and options > FEW and question.widget != "radio")
    if options:
        return "select" if listed else "options"
    return _TEMPLATES.get(question.kind, "text")


def _texts(value: Any) -> list[str]:
    return [_text(each) for each in (value if isinstance(value, list | tuple) else [value])]


def _text(value: Any) -> str:
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


def _written(question: Field, text: str) -> str:
    """The text as its input takes it; a moment without its seconds and zone."""
    return text[:16] if question.kind == "date-time" and question.computed is None else text


def _options(question: Field, chosen: Sequence[str], language: str) -> tuple[Choice, ...]:
    if question.kind == "boolean":
        pairs = [("true", gettext("是")), ("false", gettext("否"))]
    elif question.widget == "body":
        pairs = [(str(body.pk), names.local(body)) for body in people.tree().values() if body.ended is None]
    else:
        pairs = [*question.labels(language).items()]
    return tuple(Choice(value, label, value in chosen) for value, label in pairs)


def called(form: Questionnaire | None, path: str) -> str:
    """What the question at a path is called, with the number of its row; empty if there is none."""
    name, _, rest = path.partition(".")
    number, _, inner = rest.partition(".")
    found = form.named(name) if form else None
    if form is None or found is None:
        return ""
    asked = form.named(path) if inner else None
    place = f"{found.called(language())} {int(number) + 1}" if number.isdecimal() else found.called(language())
    return f"{place} · {asked.called(language())}" if asked else place
