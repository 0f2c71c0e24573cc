"""What is wrong with answers that were given, each taken by itself."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from zhongshu.engine.intake.rules import formats, paths, validation
from zhongshu.engine.intake.rules.shape import Field, Questionnaire

Judge = Callable[[str, str], str]
"""Says what it has to say of a text of some kind; nothing if nothing."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one answer: a sentence (the translation key) and what fills its gaps."""

    sentence: str
    gaps: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.sentence.format(**self.gaps)


def faults(form: Questionnaire, answers: Mapping[str, Any]) -> dict[str, Problem]:
    """By path what is wrong with cleaned answers; of each the first thing, and letters before all."""
    told = list(paths.told(form.fields, answers))
    found = {path: Problem(fault) for path, asked, value in told if (fault := _first(formats.garbled, asked, value))}
    for error in form.validator.iter_errors(paths.without(answers, found) if found else dict(answers)):
        path, asked = _place(form, error.instance_path)
        found.setdefault(path, Problem(*validation.sentence(error, asked)))
    for path, asked, value in told:
        if path not in found and (fault := _first(formats.fault, asked, value)):
            found[path] = Problem(fault)
    return found


def doubts(form: Questionnaire, answers: Mapping[str, Any]) -> dict[str, Problem]:
    """By path what looks wrong with sound answers, but may be right."""
    told = paths.told(form.fields, answers)
    return {path: Problem(doubt) for path, asked, value in told if (doubt := _first(formats.doubt, asked, value))}


def _first(judge: Judge, asked: Field, value: Any) -> str:
    """What a judge says first of an answer or of its items, those that are texts."""
    if isinstance(value, str):
        return judge(asked.kind, value)
    if not isinstance(value, list):
        return ""
    return next((said for text in value if isinstance(text, str) and (said := judge(asked.kind, text))), "")


def _place(form: Questionnaire, path: Sequence[str | int]) -> tuple[str, Field]:
    """The path of the question an error lies in, and the question: the items of a list have none of their own."""
    name, *rest = map(str, path)
    field = form.named(name)
    assert field is not None, "the validator judges what the form asks"
    if field.kind != "rows" or not rest:
        return name, field
    inner = form.named(".".join((name, *rest[:2]))) if len(rest) > 1 else None
    return ".".join((name, *rest[:2])), inner or field
