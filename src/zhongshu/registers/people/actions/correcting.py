"""Correcting what is kept of a person, because they asked for it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhongshu.base.crypto import sealing
from zhongshu.base.http.refusals import Absent
from zhongshu.base.journal import actions as journal
from zhongshu.base.permissions.rules import Actor
from zhongshu.registers.people.models import Account, Person


@transaction.atomic
def correct(account: UUID, field: str, value: str, *, by: Actor, at: datetime) -> None:
    """Set the `name` or `phone` (checked before) of an account and its person.

    The entry keeps a keyed hash of what stood there, so that a dispute can be settled, not the value. A name that was
    verified is so no more.
    """
    held = Account.objects.select_for_update().filter(pk=account, closed=None).first()
    if held is None:
        raise Absent("没有找到这个账号，它可能已经注销。")
    was = sealing.marks(getattr(held, field), f"people.corrected.{field}.{account}")[0]
    Account.objects.filter(pk=account).update(**{field: value})
    if held.person_id:
        _correct_person(held.person_id, field, value)
    journal.record(
        subject=("account", str(account)), verb="people.corrected", by=by, at=at,
        body={"field": field, "was": was.hex()},
    )  # fmt: skip


def _correct_person(person: UUID, field: str, value: str) -> None:
    changed: dict[str, object] = {field: value}
    if field == "name":
        changed |= {"level": Person.Level.UNVERIFIED, "verified": None, "verified_by": None}
    Person.objects.filter(pk=person).update(**changed)
