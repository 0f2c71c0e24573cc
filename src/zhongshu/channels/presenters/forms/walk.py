"""A long form taken page by page: its author's steps, or in elder mode one question at a time. Pure.

Every part stays in the form, so that nothing typed is lost on the way.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from zhongshu.engine.intake.rules import asking, rounds
from zhongshu.engine.intake.rules.questionnaire import Questionnaire

Problems = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a walk: its name, and the questions and other parts it shows."""

    name: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Walk:
    """Where the visitor is: the page shown, its number of how many, and what is wrong on it."""

    page: Page
    number: int
    total: int
    problems: Problems

    @property
    def step(self) -> str:
        """The name of the page, to be posted with it."""
        return self.page.name

    @property
    def parts(self) -> tuple[str, ...]:
        """What the page shows."""
        return self.page.parts

    @property
    def last(self) -> bool:
        """Whether sending comes next."""
        return self.number == self.total

    @property
    def first(self) -> bool:
        """Whether there is no page before."""
        return self.number == 1


def pages(
    form: Questionnaire, answers: Mapping[str, Any], own: Sequence[Page] = (), *, singly: bool = False
) -> list[Page]:
    """The pages for someone who answered so: `singly` one question each, else the author's steps; then the page's own.

    A form of one step alone is one page, with all of its own parts on it.
    """
    settled = asking.round_of(form, answers)
    walked = rounds.walked(form, settled)
    if singly:
        asked = [name for step in walked for name in step.fields if name in settled.shown]
        return [*_singly(form, asked), *own]
    made = [Page(step.name, step.fields) for step in walked]
    if len(form.steps) > 1:
        return [*made, *own]
    parts = (*(name for page in (*made, *own) for name in page.parts),)
    return [Page("whole", parts)]


def _singly(form: Questionnaire, asked: Sequence[str]) -> list[Page]:
    """A page for each question; what is worked out stands on the page of the question before it."""
    worked = {field.name for field in form.fields if field.computed is not None}
    made: list[Page] = []
    for name in asked:
        if name in worked and made:
            made[-1] = Page(made[-1].name, (*made[-1].parts, name))
        else:
            made.append(Page(name, (name,)))
    return made


def walk(found: Sequence[Page], step: str, going: str, check: Callable[[], Problems], problems: Problems) -> Walk:
    """The page to show after the visitor pressed `going` (next, back, stay or send) on `step`.

    `check` says what is wrong with the whole form; `problems` is known already. Going on is held up by what is wrong
    on the page; sending leads back to the first page on which something is.
    """
    here = next((n for n, page in enumerate(found) if page.name == step), 0)
    wrong = dict(problems)
    if going == "next":
        wrong = of(found[here].parts, {**check(), **wrong})
    if going == "send" and wrong:
        here = next((n for n, page in enumerate(found) if of(page.parts, wrong)), here)
    elif going == "next" and not wrong:
        here = min(here + 1, len(found) - 1)
    elif going == "back":
        here, wrong = max(here - 1, 0), {}
    return Walk(found[here], here + 1, len(found), of(found[here].parts, wrong))


def of(parts: Collection[str], problems: Problems) -> dict[str, Any]:
    """What is wrong with these parts; a problem of a row is its group's."""
    return {path: problem for path, problem in problems.items() if path.partition(".")[0] in parts}
