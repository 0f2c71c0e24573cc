"""Opening a draft, showing one of its pages, keeping what was changed on it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from zhongshu.base.approvals.models import Proposal
from zhongshu.base.http import access
from zhongshu.base.http.refusals import Absent, Conflict, Forbidden, Invalid, Refusal
from zhongshu.channels.desk.studio.presenters import sections
from zhongshu.engine.cases.rules.examining import PAGE, Finding
from zhongshu.engine.studio import actions as studio
from zhongshu.engine.studio.models import Draft, Revision
from zhongshu.engine.studio.queries import drafts
from zhongshu.engine.studio.queries.findings import findings as look
from zhongshu.engine.studio.rules.editing import pages


@dataclass(frozen=True, slots=True)
class Work:
    """A draft as its pages have it: its last revision, its files, and what is said of them.

    `waiting` is the proposal to publish it, while that waits; then, and once it is finished, nothing can be changed.
    """

    draft: Draft
    revision: Revision
    files: Mapping[str, str]
    waiting: Proposal | None

    @property
    def editable(self) -> bool:
        """Whether it can be changed now."""
        return self.waiting is None and self.draft.finished is None

    @property
    def starters(self) -> Sequence[str]:
        """Who may begin a case of it by themselves; nobody where cases are reports."""
        start = pages.read(self.files[PAGE]).get("start", {}) if self.draft.finished else {}
        return start.get("by", ()) if isinstance(start, Mapping) else ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is wrong or odd with its files."""
        return _looked(self.draft.code, self.revision.digest, tuple(self.files.items()))


@lru_cache(maxsize=64)
def _looked(code: str, digest: str, files: tuple[tuple[str, str], ...]) -> tuple[Finding, ...]:
    """One page shows what the one before has worked out; another scenario's change shows with the next revision."""
    return look(dict(files), code)


def opened(request: access.Request, draft: UUID) -> Work:
    """The draft for who may edit it or decide on it; absent for everybody else."""
    held = drafts.to_decide(draft, request.by, request.at)
    revision = drafts.revision(held)
    return Work(held, revision, drafts.texts(revision.files), drafts.awaited(draft))


Page = Callable[[access.Request, Work, Refusal | None], HttpResponse]
Act = Callable[[access.Request, Work], HttpResponse]


def answered(request: access.Request, draft: UUID, page: Page, act: Act) -> HttpResponse:
    """A page of a draft; after a POST what `act` leads to, or the page again with why it was not taken."""
    work = opened(request, draft)
    if request.method != "POST":
        return page(request, work, None)
    try:
        return act(request, work)
    except (Absent, Invalid, Conflict, Forbidden) as problem:
        return page(request, work, problem)


def page(
    request: access.Request,
    work: Work,
    section: str,
    problem: Refusal | None = None,
    more: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """One page of a draft: `section` is its address (`studio_settings`) and the name of its template.

    `problem` is why what was sent was not taken, `more` what only this page shows.
    """
    context = {
        "draft": work.draft, "revision": work.revision, "files": work.files, "editable": work.editable,
        "waiting": work.waiting, "problem": problem, "section": section, "starters": work.starters,
        "sections": sections.sections(work.draft.pk, section, work.findings),
        "findings": sections.said(work.draft.pk, work.findings),
        "here": sections.said(work.draft.pk, [f for f in work.findings if sections.page_of(f) == section]),
        **(more or {}),
    }  # fmt: skip
    template = f"desk/studio/{section.removeprefix('studio_')}.html"
    return render(request, template, context, status=problem.status if problem else 200)


def keep(request: access.Request, work: Work, files: Mapping[str, str | None]) -> Revision:
    """Save these files of the draft, on the revision the page showed; Conflict when somebody changed the same one."""
    return studio.save(work.draft.pk, files, based_on(request), by=request.by, at=request.at)


def undo(request: access.Request, work: Work) -> Revision:
    """Take the last save of the draft back; Conflict when there is none, or another since the page was written."""
    based = based_on(request)
    if based != work.draft.revision or based < 2:
        raise Conflict("草稿已有新的改动，没有撤销。请看过现在的内容再决定。")
    return studio.go_back(work.draft.pk, based - 1, by=request.by, at=request.at)


def back(name: str, *parts: object, at: str = "revision", asked: str = "") -> HttpResponse:
    """On to a page of the studio, at what was changed; else at the line that says which revision was saved, and when.

    `at` is the id of an element that takes the focus: who hears or enlarges the page goes on where the work does.
    """
    return redirect(f"{reverse(f'desk:{name}', args=parts)}{f'?{asked}' if asked else ''}#{at}")


def based_on(request: access.Request) -> int:
    """The revision a page was written on."""
    text = request.POST.get("revision", "")
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise Invalid("页面不完整，请刷新后再保存。", field="revision")
    return int(text)
