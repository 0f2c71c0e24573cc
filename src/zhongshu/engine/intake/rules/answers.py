"""Answers, as a form or a program sends them, checked against a questionnaire."""

import math
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from zhongshu.base.http.refusals import Invalid
from zhongshu.engine.decisions.rules.temporal import read_date
from zhongshu.engine.intake.rules import validation
from zhongshu.engine.intake.rules.shape import Field, Questionnaire

MOST_STRANGERS = 20
_WHOLE = re.compile(r"[+-]?[0-9]{1,30}")
_FRACTION = re.compile(r"[+-]?(?:[0-9]{1,30}(?:\.[0-9]{0,30})?|\.[0-9]{1,30})")
# Control characters, halves of a pair, and those that turn the direction of writing to disguise a text.
_UNREADABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
_YES, _NO = {"true", "on", "1", "yes", "是"}, {"false", "off", "0", "no", "否"}


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one answer: a sentence (the translation key) and what fills its gaps."""

    sentence: str
    gaps: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.sentence.format(**self.gaps)


@dataclass(frozen=True, slots=True)
class Checked:
    """The answers that count, cleaned, as JSON values; and by field what is wrong, if anything is."""

    answers: dict[str, Any]
    problems: dict[str, Problem]


def check(questionnaire: Questionnaire, answers: Mapping[str, Any]) -> Checked:
    """Cleans and checks answers given as form texts (or lists of them) or as JSON values.

    A question not shown, given the answers before it, is dropped whatever was sent. Blank is not answered.
    Anything the questionnaire does not ask is a problem under its own name.
    """
    problems = _strangers(questionnaire, answers)
    kept: dict[str, Any] = {}
    for question in questionnaire.fields:
        if not question.asked(kept):
            continue
        value = clean(question, answers.get(question.name))
        if value is not None:
            kept[question.name] = value
        elif question.required:
            problems[question.name] = Problem("请填写这一项。")
    problems |= _faults(questionnaire, kept)
    return Checked({name: value for name, value in kept.items() if name not in problems}, problems)


def _strangers(questionnaire: Questionnaire, answers: Mapping[str, Any]) -> dict[str, Problem]:
    known = {question.name for question in questionnaire.fields}
    strangers = [str(name)[:64] for name in answers if name not in known]
    return {name: Problem("这张表没有这一项，请去掉。") for name in strangers[:MOST_STRANGERS]}


def _faults(questionnaire: Questionnaire, kept: Mapping[str, Any]) -> dict[str, Problem]:
    faults = {
        question.name: Problem(fault)
        for question in questionnaire.fields
        if (fault := _garbled(question, kept.get(question.name)))
    }
    sound = {name: value for name, value in kept.items() if name not in faults}
    for error in questionnaire.validator.iter_errors(sound):
        faults.setdefault(str(error.absolute_path[0]), Problem(*validation.sentence(error)))
    return faults


def clean(question: Field, value: Any) -> Any:
    """An answer in its JSON form, None if blank; what cannot be understood is left for the validator."""
    if question.many:
        given = value if isinstance(value, list | tuple) else [value]
        items = [_single(question, item) for item in given[: question.limits["maxItems"] + 1]]
        return [item for item in items if item is not None] or None
    if isinstance(value, list | tuple) and len(value) < 2:
        value = value[0] if value else None
    return _single(question, value)


def _single(question: Field, value: Any) -> Any:
    if not isinstance(value, str):
        return _finite(value)
    value = value.replace("\r\n", "\n").replace("\r", "\n").strip()
    if not value:
        return None
    match question.kind:
        case "number" | "integer":
            return _number(value)
        case "boolean":
            return _truth(value)
        case "date":
            return _date(value)
        case "phone":
            return unicodedata.normalize("NFKC", value).replace(" ", "").removeprefix("+86")
    return value


def _finite(value: Any) -> Any:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return str(value) if isinstance(value, float) and not math.isfinite(value) else value


def _number(text: str) -> int | float | str:
    plain = unicodedata.normalize("NFKC", text)
    if _WHOLE.fullmatch(plain):
        return int(plain)
    return _finite(float(plain)) if _FRACTION.fullmatch(plain) else text


def _truth(text: str) -> bool | str:
    word = text.lower()
    return True if word in _YES else False if word in _NO else text


def _date(text: str) -> str:
    day = read_date(unicodedata.normalize("NFKC", text))
    return day.isoformat() if day else text


def _garbled(question: Field, value: Any) -> str:
    texts = [text for text in (value if isinstance(value, list) else [value]) if isinstance(text, str)]
    if any(_UNREADABLE.search(text) for text in texts):
        return "里面有不能识别的字符，请重新输入。"
    if question.kind != "longtext" and any("\n" in text for text in texts):
        return "请写成一行，不要换行。"
    return ""


class Unfit(Invalid):
    """Answers that do not fit their questionnaire; `problems` says what is wrong with which."""

    def __init__(self, problems: Mapping[str, Problem]) -> None:
        first, problem = next(iter(problems.items()))
        super().__init__(problem.sentence, field=first, **problem.gaps)
        self.problems = dict(problems)
