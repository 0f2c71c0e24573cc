"""Showing personal data: who is let in, and what is kept of each look for the person to read."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhongshu.base.http import limits
from zhongshu.base.http.limits import Limit
from zhongshu.base.http.refusals import Absent, Forbidden
from zhongshu.base.journal import actions as journal
from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.rules import Actor
from zhongshu.registers.people.models import Look, Person, Sitting
from zhongshu.registers.people.queries import looks as queries
from zhongshu.registers.people.queries import persons
from zhongshu.registers.people.rules import persons as rules

SHOWN = Limit("people.identity_shown", 100, 86_400)
"""Of other people's data, one viewer a day."""


def show_identity(person: UUID, purpose: str, words: str = "", *, by: Actor, at: datetime) -> rules.Identity:
    """A person's name, number and phone in full: to themselves, or to a clerk for a purpose of the list and in words.

    The look is written down before anything is handed out, and the person reads it. Absent for a clerk who has neither
    the person at the counter nor a matter of theirs; that it was tried is recorded.
    """
    if persons.is_own(person, by):
        found, aim, said = _standing(person), rules.Purpose.OWN, ""
    else:
        found = admitted(person, by=by, at=at)
        aim, said = rules.purpose(purpose), rules.words(words)
        limits.take(SHOWN, by.id, at)
    with transaction.atomic():
        note([(found.pk, None)], rules.What.IDENTITY, aim, said, by=by, at=at)
        journal.record(
            subject=("person", str(found.pk)), verb="people.identity_shown", by=by, at=at,
            body={"purpose": aim.value, "words": said},
        )  # fmt: skip
    return persons.identity(found)


def note(
    whose: Iterable[tuple[UUID, UUID | None]], what: rules.What, purpose: rules.Purpose, words: str,
    *, case_id: UUID | None = None, by: Actor, at: datetime,
) -> None:  # fmt: skip
    """Write down, in the caller's transaction, that data of these persons (with the account, if one) were shown.

    The caller writes the journal's entry: it knows what was looked at.
    """
    Look.objects.bulk_create(
        Look(
            person_id=person, account=account, at=at, by=by.id, body=by.body, what=what.value, purpose=purpose.value,
            words=words, case_id=case_id,
        )
        for person, account in whose
    )  # fmt: skip


def note_contacts(
    accounts: Iterable[UUID | None], words: str, case_id: UUID, *, numbers: bool = False, by: Actor, at: datetime
) -> None:
    """Write down that the contacts of a case were shown, identity `numbers` with them, for each person who told."""
    known = queries.persons_of({account for account in accounts if account is not None})
    whose = [(person, account) for account, person in known.items()]
    what = rules.What.IDENTITY if numbers else rules.What.CONTACT
    note(whose, what, rules.Purpose.CONTACT, words, case_id=case_id, by=by, at=at)


def admitted(person: UUID, *, by: Actor, at: datetime) -> Person:
    """The record, for a clerk who may work on it; a foreign one is absent, and the attempt is recorded.

    Not to be called inside a transaction of one's own: the refusal would undo the record of it.
    """
    found = persons.one(person)
    if found is None or not queries.may_work_on(found, by, at):
        journal.record(
            subject=("look", by.id), verb="people.foreign_person_tried", by=by, at=at, body={"person": str(person)}
        )
        raise Absent("没有找到这个人。")
    return found


@transaction.atomic
def sit(found: Iterable[Person], *, by: Actor, at: datetime) -> None:
    """The clerk has these persons' records open for half an hour."""
    for person in found:
        given = {"begun": at, "ends": at + rules.SITTING}
        Sitting.objects.update_or_create(person=person, clerk=by.id, defaults=given)


def require(permission: str, *, by: Actor, at: datetime) -> None:
    """Forbidden for who does not hold this permission on persons, who lie under no body and no place."""
    if not permissions.holds_anywhere(by, permission, at):
        raise Forbidden("您的岗位不能办理这件事，请由有权限的人员办理。")


def _standing(person: UUID) -> Person:
    found = persons.one(person)
    if found is None:
        raise Absent("没有找到这个人。")
    return found
