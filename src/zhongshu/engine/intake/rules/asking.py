"""Which questions are put to someone who has answered so far so."""

from collections.abc import Mapping
from typing import Any

from zhongshu.engine.intake.rules import cleaning, rounds
from zhongshu.engine.intake.rules.rounds import Round
from zhongshu.engine.intake.rules.shape import Field, Questionnaire


def round_of(form: Questionnaire, answers: Mapping[str, Any]) -> Round:
    """The round after answers as a form sends them."""
    given, _ = cleaning.gathered(form, answers)
    return rounds.settle(form, cleaning.cleaned(form.fields, given))


def asked(form: Questionnaire, answers: Mapping[str, Any]) -> list[Field]:
    """The questions to show, in order; answers as a form sends them."""
    shown = round_of(form, answers).shown
    return [question for question in form.fields if question.name in shown]
