"""A form as a draft, on pages of every channel: offered again, gone on with, kept half filled in, closed when sent."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse

from zhongshu.base.http import browsers
from zhongshu.base.http.access import Request
from zhongshu.base.http.refusals import Absent
from zhongshu.channels.presenters import drafts as presenter
from zhongshu.channels.presenters import names
from zhongshu.channels.presenters.drafts import Sent
from zhongshu.channels.presenters.forms import documents
from zhongshu.channels.presenters.forms import typed as typing
from zhongshu.engine.intake.actions import drafts as actions
from zhongshu.engine.intake.models import Draft
from zhongshu.engine.intake.queries import drafts, pages
from zhongshu.engine.intake.queries.drafts import Resumed
from zhongshu.engine.intake.rules import asking
from zhongshu.engine.intake.rules.carrying import Named
from zhongshu.engine.intake.rules.pages import Subject
from zhongshu.engine.intake.rules.questionnaire import Questionnaire


def asked(request: Request, subject: Subject) -> Resumed | None:
    """The draft of this form that the visitor wants to go on with, if the address names one; Absent if not theirs."""
    try:
        wanted = UUID(request.GET.get("draft", ""))
    except ValueError:
        return None
    row = drafts.one(wanted, request.by, _browser(request), request.at)
    if not drafts.is_of(row, subject):
        raise Absent("没有找到这份草稿，它可能已经提交、删除或过期。")
    return drafts.resume(row, subject.version)


def begun(request: Request, subject: Subject) -> Resumed | None:
    """What the visitor has begun of a form that each fills in once, as that of a task: gone on with wherever it is."""
    found = _of(request, subject)
    return drafts.resume(found[0], subject.version) if found else None


def _of(request: Request, subject: Subject) -> list[Draft]:
    return drafts.of_subject(subject, request.by, _browser(request), request.at)


def answers(form: Questionnaire | None, kept: Mapping[str, Any]) -> dict[str, Any]:
    """What was kept, as the form takes it; documents by their ids, whosever they are."""
    post = typing.post(kept)
    found = {slot.path: [one for one in post.getlist(slot.name) if one] for slot in documents.slots(form, post)}
    return documents.put(typing.typed(form, post), {path: ids for path, ids in found.items() if ids})


def context(
    request: Request, subject: Subject, begun: Resumed | None, files: str, form: Questionnaire,
    typed: Mapping[str, Any], key: str = "",
) -> dict[str, Any]:  # fmt: skip
    """What a page shows of drafts: of the one it goes on with, of others that wait, and what its own form carries.

    Its draft is the one that was begun, else goes by the `key` it is sent under; a form without one is filled in once.
    A page that is drawn again goes on with what it has just sent: of that it says only what the form asks otherwise.
    """
    base = begun.draft.revision if begun else presenter.base(request)
    page = pages.drawn(subject, request.by, begun.draft.pk if begun else _id(key))
    asked = asking.asked(form, documents.plain(typed))
    fresh = request.method != "POST"
    alone = fresh and key and begun is None
    return {
        "keeping": presenter.keeping(page, base, asked, files),
        "resumed": told(begun if fresh or (begun and begun.carried) else None),
        "waiting": [(one, presenter.title(one)) for one in _of(request, subject)] if alone else [],
    }  # fmt: skip


def _id(key: str) -> UUID | None:
    try:
        return UUID(key) if key else None
    except ValueError:  # a key that is none of ours
        return None


def sent(request: Request, form: Questionnaire | None, typed: Mapping[str, Any], draft: str = "") -> Sent | None:
    """What the form sends to be kept, files as the documents among what was `typed`; None without a stamp of ours, or
    with another's than that of `draft`.
    """
    found = presenter.sent(request)
    if found is None or (draft and str(found.page.draft) != draft):
        return None
    plain = documents.plain(typed)
    files = {slot.name: _at(plain, slot.path) or None for slot in documents.slots(form, request.POST)}
    return replace(found, typed={**found.typed, **files})


def _at(answers: Mapping[str, Any], path: str) -> Any:
    group, _, rest = path.partition(".")
    place, _, inner = rest.partition(".")
    return answers[group][int(place)].get(inner) if inner else answers.get(group)


def saved(request: Request, form: Questionnaire | None, typed: Mapping[str, Any], draft: str = "") -> str | None:
    """Keep an official's form, if it was sent to be kept; where they go on then, None if it was sent for good."""
    found = sent(request, form, typed, draft) if presenter.saves(request) else None
    return keep(request, found) if found else None


def keep(request: Request, sent: Sent) -> str:
    """Keep what a form has sent; returns where one goes on: at the form, or choosing between two pages' answers."""
    done = actions.save(
        sent.page, sent.typed, base=sent.base, step=sent.step, chosen=sent.chosen, by=request.by, at=request.at
    )
    disputed = reverse("portal:draft", args=[done.draft.pk])
    return disputed if done.merged.disputes else presenter.address(done.draft, saved=1)


def finish(request: Request, key: str) -> None:
    """Close the draft that was sent under this key, if it was ever kept, in the transaction of sending.

    Conflict while what two pages have answered differently is not decided.
    """
    if (draft := _id(key)) is None:
        return
    try:
        actions.finish(draft, browser=_browser(request), by=request.by, at=request.at)
    except Absent:  # never kept
        return


def finish_all(request: Request, subject: Subject) -> None:
    """Close what the visitor has kept of a form that each fills in once, in the transaction in which it is sent."""
    for one in _of(request, subject):
        actions.finish(one.pk, browser=_browser(request), by=request.by, at=request.at)


@dataclass(frozen=True, slots=True)
class Change:
    """A question that the newer form asks otherwise: what it is called, and what had been typed that fits no more."""

    title: str
    typed: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What a page says of the draft it goes on with (`partials/resumed.html`): when it was saved, how many answers two
    pages dispute, and what has changed with the form since.
    """

    draft: Draft
    saved: datetime
    disputed: int
    lost: tuple[Change, ...]
    added: tuple[Change, ...]
    changed: tuple[Change, ...]

    @property
    def moved(self) -> bool:
        """Whether the form has changed in what concerns this draft."""
        return bool(self.lost or self.added or self.changed)


def told(begun: Resumed | None) -> Told | None:
    """What to say of a draft that is gone on with."""
    if begun is None:
        return None
    news = begun.carried
    lost, added, changed = (news.lost, news.added, news.changed) if news else ((), (), ())
    return Told(
        begun.draft, begun.draft.saved, len(begun.kept.disputed), _changes(lost), _changes(added), _changes(changed)
    )


def _changes(named: Iterable[Named]) -> tuple[Change, ...]:
    return tuple(Change(one.field.called(names.language()), presenter.said(one.typed, one.field)) for one in named)


def _browser(request: Request) -> bytes | None:
    found = browsers.known(request)
    return found.digest if found else None
