"""A whole form as shown: its steps, what stands together in them, and the questions."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from zhongshu.base.http.language import language
from zhongshu.channels.presenters.forms import documents
from zhongshu.channels.presenters.forms.asked import Asked, Filled, shown
from zhongshu.engine.intake.rules import asking
from zhongshu.engine.intake.rules.questionnaire import Group, Questionnaire, Step


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """Questions under one heading; without a title they stand by themselves."""

    title: str
    help: str
    questions: tuple[Asked, ...]

    @property
    def hidden(self) -> bool:
        """Whether none of them is shown now."""
        return all(question.hidden for question in self.questions)


@dataclass(frozen=True, slots=True)
class ShownStep:
    """A step: `title` is empty where the form has no steps of its author's. It is hidden where it asks nothing now, and
    where it is `elsewhere`: on another page of a walk.
    """

    name: str
    title: str
    help: str
    hidden: bool
    elsewhere: bool
    groups: tuple[ShownGroup, ...]


def filled(
    form: Questionnaire,
    answers: Mapping[str, Any] | None = None,
    problems: Mapping[str, Any] | None = None,
    doubts: Mapping[str, Any] | None = None,
    sources: Mapping[str, str] | None = None,
) -> Filled:
    """The form with these answers, as texts or JSON; photos as what can be looked at."""
    given = answers or {}
    return Filled(given, asking.round_of(form, documents.plain(given)), problems or {}, doubts or {}, sources or {})


def steps(form: Questionnaire, whole: Filled, only: Collection[str] | None = None) -> list[ShownStep]:
    """The form step by step; with `only`, questions of other names are there but hidden."""
    fields = {field.name: field for field in form.fields}
    return [_step(step, fields, whole, only, named=len(form.steps) > 1) for step in form.steps]


def whole_steps(form: Questionnaire, only: Collection[str]) -> bool:
    """Whether these questions are all of some steps, so that the browser may show and hide what lies in them."""
    return all(set(step.fields) <= set(only) or not set(step.fields) & set(only) for step in form.steps)


def _step(
    step: Step, fields: Mapping[str, Any], whole: Filled, only: Collection[str] | None, *, named: bool
) -> ShownStep:
    asked = [name for name in step.fields if name in whole.settled.shown]
    elsewhere = only is not None and not any(name in only for name in step.fields)
    english = language() == "en"
    groups = tuple(_group(group, fields, whole, only, english) for group in step.groups)
    title = (step.title_en if english else step.title) if named else ""
    return ShownStep(
        step.name, title, step.help_en if english else step.help, elsewhere or not asked, elsewhere, groups
    )


def _group(
    group: Group, fields: Mapping[str, Any], whole: Filled, only: Collection[str] | None, english: bool
) -> ShownGroup:
    made = []
    for name in group.fields:
        question = shown(fields[name], whole.answers.get(name), whole)
        made.append(question if only is None or name in only else question.aside())
    title, help_ = (group.title_en, group.help_en) if english else (group.title, group.help)
    return ShownGroup(title, help_, tuple(made))
