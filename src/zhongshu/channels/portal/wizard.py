"""Elder mode: the same form, one thing a page. Every part stays in the form, so nothing typed is lost. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from zhongshu.channels.portal import forms
from zhongshu.channels.portal.forms import Draft
from zhongshu.engine.intake.rules import asking
from zhongshu.engine.intake.rules import questionnaire as intake

PLACE, CONTACT = "own-place", "own-contact"
_CONTACT = ("own-name", "own-phone", "own-send")


@dataclass(frozen=True, slots=True)
class Walk:
    """Where the visitor is: the step shown, its number of how many, and what is wrong on it."""

    step: str
    number: int
    total: int
    problems: Mapping[str, Any]

    @property
    def last(self) -> bool:
        """Whether sending comes next."""
        return self.number == self.total

    @property
    def first(self) -> bool:
        """Whether there is no step before."""
        return self.number == 1


def walk(form: intake.Questionnaire, draft: Draft, step: str, going: str, problems: Mapping[str, Any]) -> Walk:
    """The step to show after the visitor pressed `going` (next, back, find, photos or send) on `step`."""
    steps = _steps(form, draft)
    here = steps.index(step) if step in steps else 0
    wrong = dict(problems)
    if going == "next":
        wrong = _of(steps[here], forms.problems(form, draft) | wrong)
    if going == "send" and wrong:
        here = next((i for i, name in enumerate(steps) if _of(name, wrong)), here)
    elif going == "next" and not wrong:
        here = min(here + 1, len(steps) - 1)
    elif going == "back":
        here, wrong = max(here - 1, 0), {}
    return Walk(steps[here], here + 1, len(steps), _of(steps[here], wrong))


def _steps(form: intake.Questionnaire, draft: Draft) -> list[str]:
    """The questions asked of someone who answered so, the place, the contact."""
    return [*(field.name for field in asking.asked(form, draft.answers)), PLACE, CONTACT]


def _of(step: str, problems: Mapping[str, Any]) -> dict[str, Any]:
    names = _CONTACT if step == CONTACT else (step,)
    return {name: problem for name, problem in problems.items() if name in names}
