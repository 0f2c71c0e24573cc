"""What a questionnaire is once read: fields in order, each of one kind."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from jsonschema.protocols import Validator

from zhongshu.engine.decisions.rules import feel

LARGEST_NUMBER = 10**15
Kind = Literal["text", "longtext", "number", "integer", "boolean", "choice", "choices", "date", "photo", "phone"]


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose, and what it is called."""

    value: str
    label: str
    label_en: str


@dataclass(frozen=True, slots=True)
class Field:
    """One question.

    `many` tells that the answer is a list. `widget` is how the author wants it shown: "textarea", "radio",
    "select" or "". `limits` are the JSON Schema keywords that bound the answer (minLength, maximum,
    maxItems …), defaults included. `visible` is None for a question always asked.
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
    visible: feel.Expression | None

    def called(self, language: str) -> str:
        """The question in a language."""
        return self.title_en if language == "en" else self.title

    def hint(self, language: str) -> str:
        """The help beside the question."""
        return self.help_en if language == "en" else self.help

    def labels(self, language: str) -> dict[str, str]:
        """Each answer that can be chosen and what it is called."""
        return {option.value: option.label_en if language == "en" else option.label for option in self.options}

    def asked(self, answers: Mapping[str, Any]) -> bool:
        """Whether the question is put to someone who answered the earlier ones so."""
        return self.visible is None or self.visible.evaluate(answers) is True


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """The questions of one scenario in the order they are asked, and the validator of their answers."""

    title: str
    title_en: str
    fields: tuple[Field, ...]
    validator: Validator = field(repr=False, compare=False)
