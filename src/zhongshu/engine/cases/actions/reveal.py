"""Looking at who told: personal data in full, for a purpose that is kept."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhongshu.base.http.refusals import Forbidden, Invalid
from zhongshu.base.journal import actions as journal
from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.cases.actions.foreign import look
from zhongshu.engine.cases.models import Contact
from zhongshu.registers.people import actions as people

SHORTEST, LONGEST = 2, 200
"""Characters of a purpose."""


def reveal_contact(case_id: UUID, purpose: str, *, by: Actor, at: datetime) -> list[Contact]:
    """The names and phone numbers of those who told of a case, for a stated purpose.

    The look is recorded before anything is handed out; the entry says who looked and why, not what they saw, and who
    told signed in reads it among the looks at their data. Forbidden without `case.reveal` over the case for this
    purpose; a foreign case is absent.
    """
    found = look(case_id, by=by, at=at)
    stated = _purpose(purpose)
    if not permissions.may(by, "case.reveal", found.reach, at, stated):
        raise Forbidden("您没有查看上报人联系方式的权限。确需联系的，请由受理员或值班长联系。")
    with transaction.atomic():
        people.note_contacts((contact.account for contact in found.contacts), stated, case_id, by=by, at=at)
        journal.record(
            subject=("look", str(case_id)), verb="cases.contact_revealed", by=by, at=at, reach=found.reach,
            body={"number": found.row.number, "purpose": stated,
                  "contacts": [str(contact.id) for contact in found.contacts]},
        )  # fmt: skip
    return found.contacts


def _purpose(text: str) -> str:
    found = " ".join(text.split())
    if not SHORTEST <= len(found) <= LONGEST:
        raise Invalid(
            "请写明查看联系方式的用途（{least} 至 {most} 字），用途会记录在案。",
            field="purpose", least=SHORTEST, most=LONGEST,
        )  # fmt: skip
    return found
