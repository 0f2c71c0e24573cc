"""Questions about drafts: whose they are, what is in them, whether their form has moved on."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from zhongshu.base.crypto import sealing
from zhongshu.base.http.refusals import Absent, Conflict, Foreign
from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.intake.doors import Task, doors
from zhongshu.engine.intake.models import Draft
from zhongshu.engine.intake.rules import carrying, merging, pages
from zhongshu.engine.intake.rules.carrying import Carried
from zhongshu.engine.intake.rules.merging import Kept
from zhongshu.registers.people.models import Account
from zhongshu.registers.people.queries import persons
from zhongshu.registers.privacy.queries import kept as terms

ABOUT = "intake.draft"
"""What drafts are sealed about."""
HOLDING = "forms"
"""The kind of data that drafts are, among those with a clock."""
MOST = 100
"""Drafts that one account can have."""


def written(kept: Kept) -> str:
    """A draft's answers, sealed."""
    told = {"revision": kept.revision, "answers": kept.answers, "back": kept.back, "disputed": kept.disputed}
    return sealing.seal(json.dumps(told, ensure_ascii=False, separators=(",", ":")), ABOUT)


def kept(draft: Draft) -> Kept:
    """What has been typed into a draft; nothing for one that is finished."""
    if not draft.sealed:
        return Kept(draft.revision)
    told = json.loads(sealing.opened(draft.sealed, ABOUT))
    disputed = {path: tuple(values) for path, values in told["disputed"].items()}
    return Kept(told["revision"], told["answers"], tuple(told["back"]), disputed)


def theirs(by: Actor, browser: bytes | None) -> Q:
    """Which drafts are somebody's: the one filter of lists and of the check of one.

    Nobody signed in: those of their browser. An account: its own, those others began for its person or firm, and those
    of the browser that nobody has signed in for. Under a mandate: those begun under it, nothing of one's own.
    """
    here = Q(browser=browser) if browser else Q(pk__in=())
    if not pages.account(by):
        return here
    if by.mandate:
        party = UUID(str(by.behalf))
        return Q(account=by.id, behalf__in=persons.same(party) or [party])
    return Q(account=by.id, behalf=None) | Q(behalf__in=_parties(by)) | here


def _parties(by: Actor) -> list[UUID]:
    """The records of the person, or the firm, behind an account."""
    if by.kind not in ("resident", "firm"):
        return []
    found = Account.objects.filter(pk=by.id).values_list("person", "firm").first()
    person, firm = found or (None, None)
    return [*(persons.same(person) if person else ()), *([firm] if firm else ())]


def mine(by: Actor, browser: bytes | None, at: datetime) -> list[Draft]:
    """The open drafts of somebody, the one saved last first, a hundred at most; in three statements.

    Those of tasks only while nobody else has the task; under a mandate only those of its matters. What lies longer than
    drafts are kept is over, although the clock may not have come by yet.
    """
    if not pages.account(by) and not browser:
        return []
    found = Draft.objects.filter(theirs(by, browser), _living(at), finished=None).defer("sealed")
    return list(_within(found.order_by("-saved", "-id")[:MOST], by))


def of_subject(subject: pages.Subject, by: Actor, browser: bytes | None, at: datetime) -> list[Draft]:
    """Their open drafts of one form, in whichever version: what a page that is opened anew offers to go on with."""
    return [one for one in mine(by, browser, at) if is_of(one, subject)]


def is_of(draft: Draft, subject: pages.Subject) -> bool:
    """Whether a draft is of this form, in whichever version: a task's wherever it is shown, another at its address."""
    if subject.case_id is None:
        here = (subject.scenario, subject.address, subject.element)
        return (draft.scenario, draft.address, draft.element) == here and draft.case_id is None
    return (draft.case_id, draft.token) == (subject.case_id, subject.token)


def one(draft: UUID, by: Actor, browser: bytes | None, at: datetime) -> Draft:
    """A draft of theirs. Absent when there is none; another's is absent too, and that it was tried is kept.

    Conflict when it was sent.
    """
    found = Draft.objects.filter(theirs(by, browser), _living(at), pk=draft).first()
    return admitted(draft, found, by)


def admitted(draft: UUID, found: Draft | None, by: Actor) -> Draft:
    """The draft that `theirs` has found, unless it is not for them just now."""
    if found is None and not Draft.objects.filter(pk=draft).exists():
        raise Absent("没有找到这份草稿，它可能已经提交、删除或过期。")
    if found is None or not list(_within([found], by)):
        raise Foreign("没有找到这份草稿，它可能已经提交、删除或过期。", kind="draft", thing=str(draft))
    if found.finished:
        raise Conflict("这份草稿已经提交，不能再修改。请在“我的上报”里查看。")
    return found


def _within(found: Iterable[Draft], by: Actor) -> Iterator[Draft]:
    """Those of the mandate's matters, and of tasks that nobody else has in hand."""
    rows = [one for one in found if by.mandate is None or by.mandate.covers(one.scenario, one.category)]
    tasks: set[Task] = {(one.case_id, one.token) for one in rows if one.case_id and one.token is not None}
    held = doors.in_hand(tasks, by) if tasks else set()
    return (one for one in rows if one.case_id is None or (one.case_id, one.token) in held)


def _living(at: datetime) -> Q:
    days = terms.days().get(HOLDING)
    return Q(saved__gt=terms.expired_before(at, days)) if days else Q()


@dataclass(frozen=True, slots=True)
class Resumed:
    """A draft to go on with: what was typed, as it fits the newest form.

    `carried` says what changed where the form has moved on since, None where it has not.
    """

    draft: Draft
    kept: Kept
    carried: Carried | None = None


def resume(draft: Draft, newest: int) -> Resumed:
    """What a draft goes on with in the version `newest` of its form. Nothing is changed: the first save from there is
    what brings the draft over.
    """
    typed = kept(draft)
    carried = over(draft, newest, typed)
    return Resumed(draft, typed if carried is None else merging.replace(typed, carried.answers), carried)


def over(draft: Draft, newest: int, typed: Kept) -> Carried | None:
    """What of a draft fits a newer version of its form; None where it is of that version or the form is gone."""
    if draft.version >= newest:
        return None
    forms = [doors.form_of(draft.scenario, version, draft.element) for version in (draft.version, newest)]
    return carrying.over(forms[0], forms[1], typed.answers) if forms[0] and forms[1] else None
