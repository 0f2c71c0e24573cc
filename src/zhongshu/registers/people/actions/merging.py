"""Two records of one person: proposing that they are one, making them one, taking that back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, models, transaction

from zhongshu.base.approvals import actions as approvals
from zhongshu.base.approvals.models import Proposal
from zhongshu.base.http.refusals import Absent, Conflict
from zhongshu.base.journal import actions as journal
from zhongshu.base.permissions.rules import Actor
from zhongshu.registers.people.actions import looks
from zhongshu.registers.people.models import Account, FirmRole, Look, Person, PersonMerge
from zhongshu.registers.people.queries import persons as queries
from zhongshu.registers.people.queries.looks import FIND, MERGE
from zhongshu.registers.people.rules import persons as rules

KIND = "person.merge"
MOVED: dict[str, tuple[type[models.Model], str]] = {
    "accounts": (Account, "person"), "firm_roles": (FirmRole, "person"), "looks": (Look, "person"),
    "records": (Person, "merged_into"),
}  # fmt: skip
"""What goes with a person, and the column that says whose it is. A merged record points at the one that stands."""


def propose_merge(person: UUID, other: UUID, reason: str, *, by: Actor, at: datetime) -> Proposal:
    """Ask that two records be made one, the surer of which stays; somebody with `persons.merge` decides.

    By a clerk who may work on the first, and on the second unless both named one identity number.
    """
    looks.require(FIND, by=by, at=at)
    here = looks.admitted(person, by=by, at=at)
    there = next((twin for twin in queries.twins(person) if twin.pk == other), None)
    there = there or looks.admitted(other, by=by, at=at)
    stays, goes = (there, here) if rules.surer(there.level, here.level) else (here, there)
    said = rules.words(reason)
    with transaction.atomic():
        _pair(stays.pk, goes.pk)
        body = {"into": str(stays.pk), "reason": said}
        return approvals.propose(KIND, str(goes.pk), body, said, (), by=by, at=at)


def apply(subject: str, body: Mapping[str, Any], *, by: Actor, at: datetime) -> None:
    """Make an approved merging."""
    merge_persons(UUID(body["into"]), UUID(subject), body["reason"], by=by, at=at)


@transaction.atomic
def merge_persons(into: UUID, other: UUID, reason: str, *, by: Actor, at: datetime) -> PersonMerge:
    """Make two records one: accounts, roles in firms and looks of `other` go to `into`; what went is kept.

    `other` keeps its own name and number, so that undoing gives back what was. Conflict where both have a verified
    number and not the same, or `other` is the surer one.
    """
    looks.require(MERGE, by=by, at=at)
    stays, goes = _pair(into, other)
    moved = {name: _ids(model, column, goes) for name, (model, column) in MOVED.items()}
    for name, (model, column) in MOVED.items():
        model._default_manager.filter(pk__in=moved[name]).update(**{column: stays})
    goes.merged_into = stays
    goes.save(update_fields=["merged_into"])
    done = PersonMerge.objects.create(
        into=stays, other=goes, at=at, by=by.id, reason=rules.words(reason),
        moved={name: [str(pk) for pk in ids] for name, ids in moved.items()},
    )  # fmt: skip
    _record(done, "people.persons_merged", {"accounts": len(moved["accounts"])}, by, at)
    return done


@transaction.atomic
def undo_merge(merge: UUID, reason: str, *, by: Actor, at: datetime) -> PersonMerge:
    """Take a merging back: everything that came with `other` and is still with `into` returns to it."""
    looks.require(MERGE, by=by, at=at)
    done = PersonMerge.objects.select_for_update().filter(pk=merge).first()
    if done is None:
        raise Absent("没有找到这次合并。")
    if done.undone is not None:
        raise Conflict("这次合并已经撤销过。")
    stays, goes = _locked(done.into_id, done.other_id)
    if stays.merged_into_id is not None:
        raise Conflict("合并后的档案又并入了另一份，请先撤销后一次合并。")
    goes.merged_into = None
    try:
        with transaction.atomic():
            goes.save(update_fields=["merged_into"])
    except IntegrityError:
        raise Conflict("合并后两份档案登记了同一个证件号码，确是同一人，不能撤销。") from None
    for name, (model, column) in MOVED.items():
        model._default_manager.filter(pk__in=done.moved[name], **{column: stays}).update(**{column: goes})
    done.undone, done.undone_by, done.undone_reason = at, UUID(by.id), rules.words(reason)
    done.save(update_fields=["undone", "undone_by", "undone_reason"])
    _record(done, "people.merge_undone", {"reason": done.undone_reason}, by, at)
    return done


def _ids(model: type[models.Model], column: str, person: Person) -> list[UUID]:
    return list(model._default_manager.filter(**{column: person}).order_by("pk").values_list("pk", flat=True))


def _pair(into: UUID, other: UUID) -> tuple[Person, Person]:
    """Both records under their locks, fit to become one."""
    if into == other:
        raise Conflict("这是同一份档案，不必合并。")
    stays, goes = _locked(into, other)
    rules.refuse_merge(queries.facts(stays), queries.facts(goes))
    return stays, goes


def _locked(*wanted: UUID) -> list[Person]:
    """These records under their locks, in the order asked for; locked in the order of their ids, whoever asks."""
    held = {person.pk: person for person in Person.objects.select_for_update().filter(pk__in=wanted).order_by("pk")}
    if len(held) < len(wanted):
        raise Absent("没有找到这个人。")
    return [held[pk] for pk in wanted]


def _record(done: PersonMerge, verb: str, body: dict[str, Any], by: Actor, at: datetime) -> None:
    """One entry on each record, so that the trace of either tells."""
    for person, another in ((done.into_id, done.other_id), (done.other_id, done.into_id)):
        told = {"merge": str(done.pk), "with": str(another), "into": str(done.into_id), **body}
        journal.record(subject=("person", str(person)), verb=verb, by=by, at=at, body=told)
