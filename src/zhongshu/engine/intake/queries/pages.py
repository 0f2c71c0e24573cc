"""The stamp of a page: signed, so that a form that comes back is about what it was drawn for."""

from uuid import NAMESPACE_URL, UUID, uuid5

import uuid_utils.compat
from django.core import signing

from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.intake.models import Draft
from zhongshu.engine.intake.rules import pages
from zhongshu.engine.intake.rules.pages import Page, Subject

_SALT = "intake.page"
_LONGEST = 4_000


def drawn(subject: Subject, by: Actor, draft: UUID | None = None) -> Page:
    """A page for who acts, of a draft there is or of a new one: nothing is kept before something is saved.

    Of a form that each fills in once, a task's or another of a case, there is one draft for each account, so that two
    pages opened before anything was saved are of one.
    """
    return Page(draft or _id(subject, by), subject, pages.account(by), pages.behalf(by))


def _id(subject: Subject, by: Actor) -> UUID:
    if not (subject.element and pages.account(by)):
        return uuid_utils.compat.uuid7()
    of = f"{subject.case_id}:{subject.token}" if subject.case_id else subject.address
    return uuid5(NAMESPACE_URL, f"{of}:{subject.element}:{pages.account(by)}:{pages.behalf(by)}")


def stamp(page: Page) -> str:
    """What the form carries in its hidden field."""
    return signing.dumps(page.written(), salt=_SALT)


def read(text: str) -> Page | None:
    """The page whose stamp this is; None for none of ours."""
    if len(text) > _LONGEST:
        return None
    try:
        return Page.read(signing.loads(text, salt=_SALT))
    except signing.BadSignature:
        return None


def subject(draft: Draft) -> Subject:
    """The form that a draft is of."""
    return Subject(
        draft.scenario, draft.version, draft.title, draft.title_en, draft.address, draft.category, draft.element,
        draft.case_id, draft.token,
    )  # fmt: skip
