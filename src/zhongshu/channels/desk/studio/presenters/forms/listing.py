"""The questionnaires of a draft as a list."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.http import urlencode

from zhongshu.base.http.language import language
from zhongshu.base.http.refusals import Invalid
from zhongshu.engine.cases.rules.examining import Finding
from zhongshu.engine.studio.rules.editing import forms
from zhongshu.engine.studio.rules.editing.forms import Asking
from zhongshu.engine.studio.rules.editing.questions import reading


@dataclass(frozen=True, slots=True)
class Row:
    """Where a scenario asks, and what: `address` is empty where there is no questionnaire yet.

    `questions` is None where its file cannot be read; `wrong` counts what has to be changed in it.
    """

    task: str
    name: str
    address: str
    questions: int | None
    wrong: int


def rows(draft: UUID, files: Mapping[str, str], findings: Iterable[Finding]) -> list[Row]:
    """The beginning and every task, in the order of the process."""
    wrong = [finding.file for finding in findings if finding.severity == "error"]
    return [_row(draft, each, files, wrong.count(each.file)) for each in forms.askings(files)]


def _row(draft: UUID, asking: Asking, files: Mapping[str, str], wrong: int) -> Row:
    if asking.file not in files:
        return Row(asking.task, called(asking), "", None, 0)
    where = address("studio_forms_edit", draft, file=asking.file)
    return Row(asking.task, called(asking), where, _counted(files[asking.file]), wrong)


def _counted(text: str) -> int | None:
    try:
        return forms.counted(reading.read(text))
    except Invalid:
        return None


def called(asking: Asking) -> str:
    """A task by name, in the page's language; what the beginning is called, the page says."""
    return asking.name_en if language() == "en" and asking.name_en else asking.name


def address(name: str, draft: UUID, **asked: str) -> str:
    """Where a page of a questionnaire is."""
    return f"{reverse(f'desk:{name}', args=[draft])}?{urlencode(asked)}"
