"""Which questions are put to someone who has answered so far so."""

from collections.abc import Mapping
from typing import Any

from zhongshu.engine.intake.rules.answers import clean
from zhongshu.engine.intake.rules.shape import Field, Questionnaire


def asked(questionnaire: Questionnaire, answers: Mapping[str, Any]) -> list[Field]:
    """The questions to show, in order; answers as a form sends them. Photos decide nothing."""
    kept: dict[str, Any] = {}
    shown = []
    for question in questionnaire.fields:
        if question.asked(kept):
            shown.append(question)
            value = None if question.kind == "photo" else clean(question, answers.get(question.name))
            kept |= {} if value is None else {question.name: value}
    return shown
