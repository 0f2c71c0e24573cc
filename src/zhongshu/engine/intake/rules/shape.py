"""What a questionnaire is once read: fields in order, each of one kind, and the steps they are asked in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from jsonschema_rs import Validator

from zhongshu.engine.decisions.rules.feel import Expression

LARGEST_NUMBER = 10**15
Kind = Literal[
    "text", "longtext", "number", "integer", "amount", "boolean", "choice", "choices", "date", "time", "date-time",
    "photo", "file", "phone", "email", "address", "id-number", "uscc", "bodies", "rows",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose, and what it is called."""

    value: str
    label: str
    label_en: str


PERSONAL = frozenset({"id-number", "phone"})
"""Kinds of questions whose answers name or reach a person."""


@dataclass(frozen=True, slots=True)
class Field:
    """One question, or a group of questions that is answered once a row.

    `many` tells that the answer is a list. `widget` is how the author wants it shown: "textarea", "radio",
    "select", "body", "amount" or "". `limits` are the JSON Schema keywords that bound the answer (minLength,
    maximum, maxItems …), defaults included.

    Three FEEL rules, None where there is none: `visible` (else always asked), `mandatory` (required also when it
    is true), `computed` (never typed: worked out by us). `source` names where the answer may be prefilled from,
    `unit` what a number counts, `accept` the kinds of file ("pdf", "image", "office"). `fields` are the questions of
    one row, for the kind "rows".
    """

    name: str
    kind: Kind
    many: bool
    title: str
    title_en: str
    help: str
    help_en: str
    required: bool
    widget: str
    options: tuple[Option, ...]
    limits: Mapping[str, Any]
    visible: Expression | None
    mandatory: Expression | None = None
    computed: Expression | None = None
    source: str = ""
    unit: str = ""
    unit_en: str = ""
    accept: tuple[str, ...] = ()
    fields: tuple["Field", ...] = ()

    @property
    def personal(self) -> bool:
        """Whether its answer, or one of a row, is a number that names or reaches a person: masked unless asked for."""
        return self.kind in PERSONAL or any(inner.personal for inner in self.fields)

    def called(self, language: str) -> str:
        """The question in a language."""
        return self.title_en if language == "en" else self.title

    def hint(self, language: str) -> str:
        """The help beside the question."""
        return self.help_en if language == "en" else self.help

    def measured(self, language: str) -> str:
        """The unit of the answer."""
        return self.unit_en if language == "en" else self.unit

    def labels(self, language: str) -> dict[str, str]:
        """Each answer that can be chosen and what it is called."""
        return {option.value: option.label_en if language == "en" else option.label for option in self.options}


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that stand together under one heading; `fields` are their names, in order."""

    name: str
    title: str
    title_en: str
    help: str
    help_en: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """What is asked on one page; `visible` is None for a step always walked through."""

    name: str
    title: str
    title_en: str
    help: str
    help_en: str
    visible: Expression | None
    groups: tuple[Group, ...]

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of all questions of the step, in order."""
        return tuple(name for group in self.groups for name in group.fields)


@dataclass(frozen=True, slots=True)
class Turn:
    """A question when all its rules read has been settled; `visible` are the conditions of it and of its step.

    `rows` are the turns of the questions of a row, for the kind "rows".
    """

    field: Field
    visible: tuple[Expression, ...]
    rows: tuple["Turn", ...] = ()


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """The questions of one scenario in the order they are asked, in steps.

    `plan` are the same questions in the order in which their rules can be worked out; `validator` judges the answers.
    """

    title: str
    title_en: str
    fields: tuple[Field, ...]
    steps: tuple[Step, ...]
    plan: tuple[Turn, ...] = field(repr=False, compare=False)
    validator: Validator = field(repr=False, compare=False)

    def named(self, path: str) -> Field | None:
        """The question at a path such as `phone` or `members.0.income`; None if there is none."""
        name, *rest = path.split(".")
        found = _called(self.fields, name)
        if found is None or not rest:
            return found
        row = len(rest) == 2 and rest[0].isascii() and rest[0].isdigit()
        return _called(found.fields, rest[1]) if row else None


def _called(fields: tuple[Field, ...], name: str) -> Field | None:
    return next((each for each in fields if each.name == name), None)
