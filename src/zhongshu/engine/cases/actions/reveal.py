"""Looking at who told: personal data in full, for a purpose that is kept."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhongshu.base.http.refusals import Forbidden, Invalid
from zhongshu.base.journal import actions as journal
from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.cases.actions.foreign import look
from zhongshu.engine.cases.models import Contact
from zhongshu.engine.cases.queries.one import View
from zhongshu.engine.intake.rules.questionnaire import Field
from zhongshu.registers.people import actions as people

SHORTEST, LONGEST = 2, 200
"""Characters of a purpose."""


def reveal_contact(case_id: UUID, purpose: str, *, by: Actor, at: datetime) -> list[Contact]:
    """The names and phone numbers of those who told of a case, for a stated purpose; the answers to its `personal`
    questions may be shown in full then too.

    The look is recorded before anything is handed out; the entry says who looked, why, and at the answers to which
    questions, not what they saw; who told signed in reads it among the looks at their data. Forbidden without
    `case.reveal` over the case for this purpose; a foreign case is absent.
    """
    found = look(case_id, by=by, at=at)
    stated = _purpose(purpose)
    if not permissions.may(by, "case.reveal", found.reach, at, stated):
        raise Forbidden("您没有查看上报人联系方式的权限。确需联系的，请由受理员或值班长联系。")
    shown = _personal(found)
    with transaction.atomic():
        accounts = (contact.account for contact in found.contacts)
        people.note_contacts(accounts, stated, case_id, numbers=_has_numbers(shown.values()), by=by, at=at)
        journal.record(
            subject=("look", str(case_id)), verb="cases.contact_revealed", by=by, at=at, reach=found.reach,
            body={"number": found.row.number, "purpose": stated,
                  "contacts": [str(contact.id) for contact in found.contacts], "answers": [*shown]},
        )  # fmt: skip
    return found.contacts


def _personal(found: View) -> dict[str, Field]:
    """The personal questions that were answered: `phone` of the report, `verify.phone` of a task."""
    given = [("", found.scenario.form, found.data.get("answers", {}))]
    given += [
        (f"{task.element}.", found.scenario.forms[task.element], task.outcome or {})
        for task in found.tasks if task.element in found.scenario.forms
    ]  # fmt: skip
    return {
        f"{of}{field.name}": field
        for of, form, answers in given for field in form.fields if field.personal and answers.get(field.name)
    }  # fmt: skip


def _has_numbers(fields: Iterable[Field]) -> bool:
    """Whether identity numbers are among the answers."""
    return any(one.kind == "id-number" for field in fields for one in (field, *field.fields))


def _purpose(text: str) -> str:
    found = " ".join(text.split())
    if not SHORTEST <= len(found) <= LONGEST:
        raise Invalid(
            "请写明查看联系方式的用途（{least} 至 {most} 字），用途会记录在案。",
            field="purpose", least=SHORTEST, most=LONGEST,
        )  # fmt: skip
    return found
