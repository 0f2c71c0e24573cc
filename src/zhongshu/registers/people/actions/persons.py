"""Persons: opening a record, saying and showing who one is, finding somebody, correcting."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from zhongshu.base.crypto import sealing
from zhongshu.base.http import limits
from zhongshu.base.http.limits import Limit
from zhongshu.base.http.refusals import Absent, Conflict, Forbidden, Invalid
from zhongshu.base.journal import actions as journal
from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.rules import Actor
from zhongshu.registers.people import doors, rules
from zhongshu.registers.people.actions import looks
from zhongshu.registers.people.models import Account, Person, Twin
from zhongshu.registers.people.queries import persons as queries
from zhongshu.registers.people.queries.looks import FIND, VERIFY
from zhongshu.registers.people.rules import numbers
from zhongshu.registers.people.rules.persons import CHECKED, IN_PERSON, UNVERIFIED, Answer, Outcome, Seen, words

CLAIMS = Limit("people.identity_claimed", 5, 86_400)
SEARCHES = Limit("people.person_sought", 60, 3_600)
CORRECT = "privacy.handle"


@transaction.atomic
def open_person(name: str, phone: str = "", *, by: Actor, at: datetime) -> Person:
    """Open the record of somebody who has no account, for a clerk who has them at the counter."""
    looks.require(FIND, by=by, at=at)
    person = Person.objects.create(name=rules.name(name), phone=rules.phone(phone) if phone else "", opened=at)
    _record(person, "people.person_opened", {}, by, at)
    looks.sit([person], by=by, at=at)
    return person


def claim_identity(person: UUID, kind: str, number: str, name: str, *, by: Actor, at: datetime) -> Outcome:
    """Say who one is: CHECKED when the register knows name and number together, MISMATCH (nothing is kept) when not.

    SAID without a register and UNREACHABLE when it does not answer: the number is kept as said. TAKEN when another
    record holds it by a better right: merging is offered, whose it is is never told. The register is asked before the
    transaction begins, so that a slow answer holds nothing up.
    """
    if not queries.is_own(person, by):
        raise Absent("没有找到这个人。")
    spelled, said = numbers.spelled(kind, number, at.date()), rules.name(name)
    limits.take(CLAIMS, str(person), at)
    asked = doors.registers.population
    answer = asked.check(said, kind, spelled) if asked else None
    return _claim(person, kind, spelled, said, answer, by, at)


@transaction.atomic
def _claim(person: UUID, kind: str, number: str, name: str, answer: Answer | None, by: Actor, at: datetime) -> Outcome:
    held = _locked(person)
    if held.level != UNVERIFIED:
        raise Conflict("您的身份已经核验过。证件有变化的，请携带新证件到窗口办理。")
    if answer is Answer.NO_MATCH:
        _record(held, "people.identity_mismatched", {"kind": kind}, by, at)
        return Outcome.MISMATCH
    if not _free(held, kind, number, answer is Answer.MATCH, by, at):
        return Outcome.TAKEN
    _identify(held, kind, number, name)
    if answer is Answer.MATCH:
        held.level, held.verified = CHECKED, at
    held.save()
    _record(
        held, "people.identity_checked" if answer is Answer.MATCH else "people.identity_said", {"kind": kind}, by, at
    )
    if answer is None:
        return Outcome.SAID
    return Outcome.CHECKED if answer is Answer.MATCH else Outcome.UNREACHABLE


def verify_in_person(
    person: UUID, kind: str, number: str, name: str, seen: str, *, photo: UUID | None = None, by: Actor, at: datetime
) -> Outcome:
    """A clerk has seen the person with a document (`seen`: which; `photo`: the id of a picture of it, if taken).

    VERIFIED, or TAKEN when another verified record holds the number: then it is to be merged. A number that another
    record only said is taken from it.
    """
    looks.require(VERIFY, by=by, at=at)
    looks.admitted(person, by=by, at=at)
    if seen not in set(Seen):
        raise Invalid("请选择核对了哪一种证件。", field="seen")
    spelled, said = numbers.spelled(kind, number, at.date()), rules.name(name)
    with transaction.atomic():
        held = _locked(person)
        if not _free(held, kind, spelled, True, by, at):
            return Outcome.TAKEN
        before = held.level
        _identify(held, kind, spelled, said)
        held.level, held.verified, held.verified_by = IN_PERSON, at, UUID(by.id)
        held.save()
        evidence = {"kind": kind, "seen": seen, "photo": str(photo) if photo else None, "before": before}
        _record(held, "people.person_verified", evidence, by, at)
    return Outcome.VERIFIED


def find_person(
    *, kind: str = "", number: str = "", name: str = "", phone: str = "", by: Actor, at: datetime
) -> list[Person]:
    """Who is meant, by the whole identity number, or the whole name and phone number; never by a part of one.

    For a clerk with the person at the counter: each search counts against a limit and leaves an entry, and what was
    found stays open to the clerk for half an hour.
    """
    looks.require(FIND, by=by, at=at)
    way, found = "number", list[Person]()
    if number.strip():
        spelled = numbers.spelled(kind, number, at.date())
        limits.take(SEARCHES, by.id, at)
        hit = queries.by_number(kind, spelled)
        found = [hit] if hit else []
    else:
        way, said, line = "phone", rules.name(name), rules.phone(phone)
        limits.take(SEARCHES, by.id, at)
        found = queries.by_phone(said, line)
    with transaction.atomic():
        ids = [str(person.pk) for person in found]
        journal.record(
            subject=("look", by.id), verb="people.person_sought", by=by, at=at, body={"way": way, "found": ids}
        )
        looks.sit(found, by=by, at=at)
    return found


@transaction.atomic
def correct_person(
    person: UUID, reason: str, *, name: str | None = None, phone: str | None = None, by: Actor, at: datetime
) -> Person:
    """Put a wrong name or phone number right, on the record and its accounts (PIPL article 46).

    By who answers for personal data or a clerk who verifies; or by oneself as long as nobody has verified the name.
    """
    held, said = _locked(person), words(reason)
    if not _may_correct(held, name is not None, by, at):
        raise Forbidden("核验过的姓名不能自行更改，请携带证件到窗口办理。")
    changes = {"name": rules.name(name)} if name is not None else {}
    changes |= {"phone": rules.phone(phone) if phone else ""} if phone is not None else {}
    changed = [field for field, value in changes.items() if getattr(held, field) != value]
    for field in changed:
        setattr(held, field, changes[field])
    held.save(update_fields=changed)
    Account.objects.filter(person=held, closed=None).update(**{field: changes[field] for field in changed})
    _record(held, "people.person_corrected", {"fields": changed, "reason": said}, by, at)
    return held


def _may_correct(held: Person, renames: bool, by: Actor, at: datetime) -> bool:
    if any(permissions.holds_anywhere(by, code, at) for code in (CORRECT, VERIFY)):
        return True
    if not queries.is_own(held.pk, by):
        raise Absent("没有找到这个人。")
    return held.level == UNVERIFIED or not renames


def _free(held: Person, kind: str, number: str, proved: bool, by: Actor, at: datetime) -> bool:
    """Whether the number is this person's to have: nobody's, or only said by another while here it is proved.

    Either way both records are kept as perhaps one person's.
    """
    _hold(number)
    other = queries.by_number(kind, number)
    if other is None or other.pk == held.pk:
        return True
    Twin.objects.get_or_create(person=held, other=other, defaults={"at": at})
    _record(held, "people.number_held_twice", {"kind": kind}, by, at)
    if not proved or other.level != UNVERIFIED:
        return False
    other.id_kind, other.id_sealed, other.id_mark = "", "", None
    other.save(update_fields=["id_kind", "id_sealed", "id_mark"])
    _record(other, "people.number_yielded", {"kind": kind}, by, at)
    return True


def _hold(number: str) -> None:
    """Whoever comes with the same number waits until this transaction ends."""
    key = int.from_bytes(sealing.marks(number, queries.NUMBER)[-1][:8], signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])


def _identify(held: Person, kind: str, number: str, name: str) -> None:
    held.name, held.id_kind = name, kind
    held.id_sealed = sealing.seal(number, queries.NUMBER)
    held.id_mark = sealing.marks(number, queries.NUMBER)[0]


def _locked(person: UUID) -> Person:
    held = queries.living().select_for_update().filter(pk=person).first()
    if held is None:
        raise Absent("没有找到这个人。")
    return held


def _record(person: Person, verb: str, body: Mapping[str, object], by: Actor, at: datetime) -> None:
    journal.record(subject=("person", str(person.pk)), verb=verb, by=by, at=at, body=body)
