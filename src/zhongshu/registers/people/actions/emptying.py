"""Emptying the records of somebody whose data is to be destroyed."""

import secrets
from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhongshu.base.journal import actions as journal
from zhongshu.base.permissions.rules import Actor
from zhongshu.registers.people.models import Account, Person
from zhongshu.registers.people.queries import persons

KEPT = ("people.signed_in", "people.sign_in_failed")
"""Entries about an account that a law keeps longer than the account (Cybersecurity Law, art. 21)."""


@transaction.atomic
def empty_account(account: UUID, *, by: Actor, at: datetime) -> int:
    """Close an account and take everything out of it that tells whose it was; its id stays, as others point to it.

    The person behind it is emptied with it unless another open account is theirs. What its entries said is destroyed.
    Returns how many of those there were.
    """
    held = Account.objects.select_for_update().filter(pk=account).first()
    if held is None:
        return 0
    closed, login = held.closed or at, f"gone-{account}"
    Account.objects.filter(pk=account).update(
        closed=closed, login=login, name="", phone="", password=f"!{secrets.token_urlsafe(30)}"
    )
    entries = journal.destroy_said("account", [str(account)], but=KEPT)
    if held.person_id and not Account.objects.filter(person=held.person_id, closed=None).exists():
        entries += _empty_person(held.person_id, at)
    journal.record(subject=("account", str(account)), verb="people.account_emptied", by=by, at=at, body={})
    return entries


def _empty_person(person: UUID, at: datetime) -> int:
    every = persons.same(person)
    Person.objects.filter(pk__in=every, destroyed=None).update(
        name="", phone="", id_kind="", id_sealed="", id_mark=None, level=Person.Level.UNVERIFIED,
        verified=None, verified_by=None, destroyed=at,
    )  # fmt: skip
    return journal.destroy_said("person", [str(one) for one in every])
