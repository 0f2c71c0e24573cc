"""Opening one questionnaire of a draft, and keeping what was changed of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse

from zhongshu.base.http import access
from zhongshu.base.http.refusals import Invalid, Refusal
from zhongshu.channels.desk.studio.presenters import sections
from zhongshu.channels.desk.studio.presenters.forms import lines, listing
from zhongshu.channels.desk.studio.views import working
from zhongshu.engine.cases.rules.examining import Finding
from zhongshu.engine.intake.rules import questionnaire
from zhongshu.engine.intake.rules.questionnaire import Questionnaire
from zhongshu.engine.studio.queries import drafts
from zhongshu.engine.studio.rules.editing import forms
from zhongshu.engine.studio.rules.editing.forms import Asking
from zhongshu.engine.studio.rules.editing.questions import reading

SECTION = "studio_forms"


@dataclass(frozen=True, slots=True)
class Paper:
    """A questionnaire of a draft: its file, where it is asked, its document; `broken` says why it cannot be read."""

    work: working.Work
    file: str
    asked: tuple[Asking, ...]
    document: dict[str, Any]
    broken: Invalid | None = None

    @property
    def findings(self) -> list[Finding]:
        """What is said of it."""
        return [each for each in self.work.findings if each.file == self.file]

    @property
    def form(self) -> Questionnaire:
        """The questionnaire as it is asked; Invalid while it cannot be."""
        return _read(self.work.files[self.file])

    def address(self, name: str = "studio_forms_edit", **asked: str) -> str:
        """Where a page of it is."""
        return listing.address(name, self.work.draft.pk, file=self.file, **asked)


@lru_cache(maxsize=64)
def _read(text: str) -> Questionnaire:
    """Every round of a preview asks the same form; it is read once."""
    return questionnaire.read(reading.read(text))


def opened(request: access.Request, draft: UUID) -> Paper:
    """The questionnaire the address names (`?file=`); Absent if the draft asks none of that name."""
    work, file = working.opened(request, draft), request.GET.get("file", "")
    asked = tuple(forms.asked_in(work.files, file))
    try:
        return Paper(work, file, asked, reading.read(work.files[file]))
    except Invalid as problem:
        return Paper(work, file, asked, {}, problem)


def sound(paper: Paper) -> dict[str, Any]:
    """Its document, to be changed; Invalid if there is none to be read."""
    if paper.broken:
        raise paper.broken
    return paper.document


def as_it_was(request: access.Request, paper: Paper) -> Paper:
    """The questionnaire as it was on the revision the page was written on."""
    revision = drafts.revision(paper.work.draft, working.based_on(request))
    return replace(paper, document=reading.read(drafts.texts(revision.files).get(paper.file, "")))


def keep(request: access.Request, paper: Paper, document: Mapping[str, Any]) -> None:
    """Save the questionnaire as it is now."""
    working.keep(request, paper.work, {paper.file: reading.write(document)})


def page(
    request: access.Request, paper: Paper, section: str, problem: Refusal | None, more: Mapping[str, Any]
) -> HttpResponse:
    """A page of the questionnaire, with what is said of it in the words of its questions."""
    work = paper.work
    told = ((each.severity == "error", lines.said(paper.document, each.sentence, each.gaps)) for each in paper.findings)
    context = {
        "paper": paper, "sections": sections.sections(work.draft.pk, SECTION, work.findings),
        "here": [sections.Said(error, sentence) for error, sentence in told],
        "list": reverse(f"desk:{SECTION}", args=[work.draft.pk]), "edit": paper.address(),
        "look": paper.address("studio_forms_preview"),
        "asked_for": [(each.task, listing.called(each)) for each in paper.asked],
        **more,
    }  # fmt: skip
    return working.page(request, work, section, problem, context)
