"""The questions of a form as they are tried: bodies are those of the town, and nothing has to be uploaded."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.http import QueryDict

from zhongshu.base.http.language import language
from zhongshu.channels.presenters.forms import page
from zhongshu.channels.presenters.forms.asked import Asked, Choice
from zhongshu.channels.presenters.forms.page import ShownStep
from zhongshu.channels.presenters.forms.typed import typed
from zhongshu.engine.intake.rules.questionnaire import Field, Questionnaire
from zhongshu.engine.studio.rules.trial import Town

ATTACHED = "own-attached"
"""The name of the boxes that say a photo or file is there."""
KINDS = ("photo", "file")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A question for photos or files, as a box to tick."""

    name: str
    title: str
    here: bool
    problem: Any


@dataclass(frozen=True, slots=True)
class Shown:
    """A form as shown: what `forms/questions.html` needs, and the attachments as boxes."""

    steps: tuple[ShownStep, ...]
    rows: bool
    where: str
    attachments: tuple[Attachment, ...]


def shown(
    form: Questionnaire | None,
    town: Town,
    answers: Mapping[str, Any] | None = None,
    problems: Mapping[str, Any] | None = None,
    where: str = "",
) -> Shown | None:
    """The form with what was typed and what is wrong with it; `where` tells a browser which questions are asked."""
    if form is None:
        return None
    given, wrong = answers or {}, problems or {}
    typable = [field.name for field in form.fields if field.kind not in KINDS]
    steps = page.steps(form, page.filled(form, given, wrong), typable)
    boxes = tuple(
        Attachment(field.name, field.called(language()), bool(given.get(field.name)), wrong.get(field.name))
        for field in form.fields if field.kind in KINDS
    )  # fmt: skip
    rows = any(field.fields for field in form.fields)
    here = Here(form, town, given)
    return Shown(tuple(_step(here, step) for step in steps), rows, where, boxes)


def answers(form: Questionnaire | None, post: QueryDict) -> dict[str, Any]:
    """What was typed; a box that is ticked is a made-up photo or file."""
    found = typed(form, post)
    ticked = post.getlist(ATTACHED)
    return found | {field.name: _made_up(field) for field in (form.fields if form else ()) if field.name in ticked}


def _made_up(field: Field) -> Any:
    if not field.many:
        return _document(1)
    return [_document(number) for number in range(1, max(1, field.limits.get("minItems", 0)) + 1)]


def _document(number: int) -> str:
    return f"019b0002-0000-7000-8000-{number:012d}"


@dataclass(frozen=True, slots=True)
class Here:
    """A form, the town it is filled in, and what was typed."""

    form: Questionnaire
    town: Town
    answers: Mapping[str, Any]

    def typed(self, path: str) -> Collection[str]:
        """What was typed of a question, as texts."""
        found: Any = self.answers
        for part in path.split("."):
            if isinstance(found, Mapping):
                found = found.get(part)
            elif isinstance(found, list):
                found = found[int(part)] if part.isdecimal() and int(part) < len(found) else None
        given = found if isinstance(found, list | tuple) else [found]
        return {str(one) for one in given if one is not None}


def _step(here: Here, step: ShownStep) -> ShownStep:
    groups = (replace(group, questions=tuple(_question(here, one) for one in group.questions)) for group in step.groups)
    return replace(step, groups=tuple(groups))


def _question(here: Here, asked: Asked) -> Asked:
    """The question; one that asks for bodies asks for those of the town."""
    rows = tuple(row._replace(questions=tuple(_question(here, one) for one in row.questions)) for row in asked.rows)
    changed = replace(asked, rows=rows, blank=tuple(_question(here, one) for one in asked.blank))
    field = _field(here.form, asked.name)
    if field is None or field.widget != "body":
        return changed
    typed = here.typed(asked.name)
    options = tuple(Choice(str(body), name, str(body) in typed) for body, name in here.town.names.items())
    template = "forms/options.html" if field.many else "forms/select.html"
    return replace(changed, options=options, template=template, grouped=field.many)


def _field(form: Questionnaire, path: str) -> Field | None:
    name, _, rest = path.partition(".")
    found = next((field for field in form.fields if field.name == name), None)
    inner = rest.partition(".")[2]
    return next((field for field in found.fields if field.name == inner), None) if found and inner else found
