"""What of a form's answers are documents. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

from zhongshu.engine.intake.rules.questionnaire import Field, Questionnaire

KINDS: frozenset[str] = frozenset({"photo", "file"})
"""The kinds of questions that are answered with documents."""


def documents(form: Questionnaire | None, answers: Mapping[str, Any]) -> dict[str, list[UUID]]:
    """Question → the documents given for it; in a repeating group the question is `rows.0.plan`."""
    return dict(_given(form.fields if form else (), answers, ""))


def _given(fields: Iterable[Field], answers: Mapping[str, Any], within: str) -> Iterator[tuple[str, list[UUID]]]:
    for field in fields:
        value, path = answers.get(field.name), f"{within}{field.name}"
        if field.kind in KINDS:
            yield path, [UUID(one) for one in ([value] if isinstance(value, str) else value or ())]
        elif isinstance(value, list):
            for number, row in enumerate(value):
                if isinstance(row, Mapping):
                    yield from _given(field.fields, row, f"{path}.{number}.")
