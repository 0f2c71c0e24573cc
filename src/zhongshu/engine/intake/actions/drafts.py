"""Saving what somebody has typed, bringing it over to a newer form, taking it out to be sent, dropping it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from zhongshu.base.http.refusals import Conflict, Foreign
from zhongshu.base.journal import actions as journal
from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.intake.doors import doors
from zhongshu.engine.intake.models import Draft
from zhongshu.engine.intake.queries import drafts as queries
from zhongshu.engine.intake.rules import merging, pages
from zhongshu.engine.intake.rules import typed as rules
from zhongshu.engine.intake.rules.merging import Kept, Merged
from zhongshu.engine.intake.rules.pages import Page
from zhongshu.engine.intake.rules.typed import Typed
from zhongshu.registers.people.queries import mandates as held
from zhongshu.registers.people.rules import mandates

MOST_DOCUMENTS = 500
MOST_HERE = 20
"""Drafts of a browser that nobody has signed in with."""


@dataclass(frozen=True, slots=True)
class Saved:
    """A draft as it is after a save, and how what was sent came together with what was there."""

    draft: Draft
    merged: Merged


@transaction.atomic
def save(
    page: Page, sent: Any, *, base: int, step: str = "", chosen: Collection[str] = (), browser: bytes | None = None,
    by: Actor, at: datetime,
) -> Saved:  # fmt: skip
    """Keep what a page sends (`rules.typed`), typed on revision `base` of its draft; the first save begins the draft.

    A page of a newer version of the form brings the draft over to that first (`queries.resume` has said how). What two
    pages have both changed is kept as it was, told in `merged.disputes` and remembered, until a save names it among
    `chosen`. Sent twice it is one. Only beginning is journalled: saves come every few seconds and say nothing.
    Raises Invalid, TooLarge, Foreign, Forbidden outside the mandate's matters, Conflict when it was sent already.
    """
    typed = rules.clean(sent)
    if not page.is_for(by):
        raise Foreign("这个页面不是用现在的身份打开的，没有保存。请重新打开。", kind="draft", thing=str(page.draft))
    mandates.within(by, page.subject.scenario, page.subject.category)
    held.still(by)
    draft = _locked(page, browser, by, at)
    kept = queries.kept(draft)
    over = _brought_over(draft, page.subject.version, kept, by, at)
    merged = merging.merge(over, over.revision if base == kept.revision else base, typed, chosen)
    rules.bounded(merged.kept.answers)
    rules.bounded({path: list(values) for path, values in merged.kept.disputed.items()})
    draft.step, draft.saved = step[:64] or draft.step, max(at, draft.saved)
    _keep(draft, merged.kept)
    return Saved(draft, merged)


def _brought_over(draft: Draft, version: int, kept: Kept, by: Actor, at: datetime) -> Kept:
    """The answers as they fit the newer version of the form that the page was drawn of; what does not fit any more can
    be looked up among the earlier revisions.
    """
    carried = queries.over(draft, version, kept)
    if carried is None:
        return kept
    before, draft.version = draft.version, version
    _record(draft, "intake.draft_renewed", by, at, {"from": before})
    return merging.replace(kept, rules.clean(carried.answers))


def _keep(draft: Draft, kept: Kept) -> None:
    if kept.revision != draft.revision:
        draft.sealed, draft.revision = queries.written(kept), kept.revision
        named = {UUID(one) for one in rules.documents(kept.answers)}
        draft.documents = sorted(named.union(draft.documents))[:MOST_DOCUMENTS]
    draft.save(update_fields=["step", "saved", "sealed", "documents", "revision", "version", "account", "browser"])


def _locked(page: Page, browser: bytes | None, by: Actor, at: datetime) -> Draft:
    """The page's draft under its lock, begun if it is not there; one that nobody had signed in for becomes theirs."""
    found = _theirs(page.draft, browser, by)
    if found is None:
        if not Draft.objects.filter(pk=page.draft).exists():
            _begin(page, browser, by, at)
        found = _theirs(page.draft, browser, by)  # begun by us, or by another page since we looked
    draft = queries.admitted(page.draft, found, by)
    if draft.account is None and pages.account(by):
        draft.account, draft.browser = UUID(by.id), None
        _record(draft, "intake.draft_taken_over", by, at)
    return draft


def _theirs(draft: UUID, browser: bytes | None, by: Actor) -> Draft | None:
    return Draft.objects.select_for_update().filter(queries.theirs(by, browser), pk=draft).first()


def _begin(page: Page, browser: bytes | None, by: Actor, at: datetime) -> None:
    account = pages.account(by)
    _room(account, browser)
    about = page.subject
    made = Draft(
        id=page.draft, account=account or None, browser=None if account else browser, behalf=pages.behalf(by),
        scenario=about.scenario, version=about.version, category=about.category, element=about.element,
        case_id=about.case_id, token=about.token, address=about.address,
        title=about.title, title_en=about.title_en,
        sealed=queries.written(Kept()), begun=at, saved=at,
    )  # fmt: skip
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:  # the other page's first save has just begun it
        return
    _record(made, "intake.draft_begun", by, at)


def _room(account: str, browser: bytes | None) -> None:
    """Conflict when there are too many already."""
    whose: dict[str, Any] = {"account": account} if account else {"browser": browser}
    most = queries.MOST if account else MOST_HERE
    if Draft.objects.filter(**whose, finished=None)[:most].count() >= most:
        raise Conflict("已有 {most} 份没有提交的草稿，这一份没有保存。请先删除不用的草稿。", most=most)


@dataclass(frozen=True, slots=True)
class Taken:
    """What was typed, to be sent now. `again`: it was sent before, and there is nothing in it any more."""

    answers: Typed
    version: int
    again: bool = False


@transaction.atomic
def finish(draft: UUID, *, browser: bytes | None = None, by: Actor, at: datetime) -> Taken:
    """Take the answers out to be sent, in the caller's transaction: where sending fails the draft stays.

    The draft's id is the key to send under. Sent twice it is one: the second comes after the first, finds it empty,
    and its key leads to what the first has made. Conflict while two pages' answers are disputed.
    """
    found = Draft.objects.select_for_update().filter(queries.theirs(by, browser), pk=draft).first()
    if found is not None and found.finished:
        return Taken({}, found.version, again=True)
    open_ = queries.admitted(draft, found, by)
    held.still(by)
    kept = queries.kept(open_)
    if kept.disputed:
        raise Conflict("有 {n} 项在两个页面上填得不一样，请先选定再提交。", n=len(kept.disputed))
    let_go([open_], by=by, at=at)
    open_.finished, open_.sealed, open_.documents = at, "", []
    open_.save(update_fields=["finished", "sealed", "documents"])
    _record(open_, "intake.draft_finished", by, at)
    return Taken(kept.answers, open_.version)


@transaction.atomic
def drop(draft: UUID, *, browser: bytes | None = None, by: Actor, at: datetime) -> None:
    """Destroy a draft of one's own."""
    found = _locked_own(draft, browser, by)
    _record(found, "intake.draft_dropped", by, at)
    let_go([found], by=by, at=at)
    found.delete()


def let_go(over: Iterable[Draft], *, by: Actor, at: datetime) -> None:
    """Once the caller's transaction stands, destroy what only these drafts have kept."""
    held_by = [(one.documents, one.account) for one in over if one.documents]
    for documents, account in held_by:
        transaction.on_commit(partial(doors.let_go, documents, account, by=by, at=at))


def _locked_own(draft: UUID, browser: bytes | None, by: Actor) -> Draft:
    held.still(by)
    return queries.admitted(draft, _theirs(draft, browser, by), by)


def _record(draft: Draft, verb: str, by: Actor, at: datetime, more: dict[str, Any] | None = None) -> None:
    told = {"scenario": draft.scenario, "version": draft.version, "element": draft.element, **(more or {})}
    journal.record(subject=("draft", str(draft.pk)), verb=verb, by=by, at=at, body=told)
