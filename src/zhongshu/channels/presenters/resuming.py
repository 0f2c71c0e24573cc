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
from zhongshu.channels.presenters.drafts import Keeping, Sent
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


def of_task(request: Request, subject: Subject) -> Resumed | None:
    """What the visitor has begun to fill in for a task they have in hand; a task has one draft for each who has it."""
    found = drafts.of_subject(subject, request.by, None, request.at)
    return drafts.resume(found[0], subject.version) if found else None


def waiting(request: Request, subject: Subject) -> list[tuple[Draft, str]]:
    """The visitor's open drafts of this form."""
    found = drafts.of_subject(subject, request.by, _browser(request), request.at)
    return [(one, presenter.title(one)) for one in found]


def answers(form: Questionnaire | None, kept: Mapping[str, Any]) -> dict[str, Any]:
    """What was kept, as the form takes it; documents by their ids, whosever they are."""
    post = typing.post({path: value for path, value in kept.items() if value is not None})
    found = {slot.path: [one for one in post.getlist(slot.name) if one] for slot in documents.slots(form, post)}
    return documents.put(typing.typed(form, post), {path: ids for path, ids in found.items() if ids})


def keeping(
    request: Request, subject: Subject, begun: Resumed | None, files: str, form: Questionnaire,
    typed: Mapping[str, Any], draft: UUID | None = None,
) -> Keeping:  # fmt: skip
    """What a page carries of its draft: the one that was begun, else `draft`, else a new one."""
    base = begun.draft.revision if begun else presenter.base(request)
    page = pages.drawn(subject, request.by, begun.draft.pk if begun else draft)
    return presenter.keeping(page, base, asking.asked(form, documents.plain(typed)), files)


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


def keep(request: Request, sent: Sent) -> str:
    """Keep what an official's form has sent; returns where they go on: to the form, or to choose between two pages."""
    done = actions.save(
        sent.page, sent.typed, base=sent.base, step=sent.step, chosen=sent.chosen, by=request.by, at=request.at
    )
    disputed = reverse("portal:draft", args=[done.draft.pk])
    return disputed if done.merged.disputes else presenter.address(done.draft, saved=1)


def finish(request: Request, key: str) -> None:
    """Close the draft that was sent under this key, if it was ever kept, in the transaction of sending.

    Conflict while what two pages have answered differently is not decided.
    """
    try:
        actions.finish(UUID(key), browser=_browser(request), by=request.by, at=request.at)
    except (Absent, ValueError):  # never kept, or sent under a key that is none of ours
        return


def finish_task(request: Request, subject: Subject) -> None:
    """Close what the visitor has kept of a task's form, in the transaction in which the task is done."""
    for one in drafts.of_subject(subject, request.by, None, request.at):
        actions.finish(one.pk, by=request.by, at=request.at)


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
