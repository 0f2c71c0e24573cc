"""Who acts for whom in the demo: a mother lets her child, and an old lady who never signs in has a helper."""

from datetime import datetime, timedelta

from zhongshu.base.permissions.rules import SYSTEM, Actor
from zhongshu.main.demo.accounts import PASSWORD
from zhongshu.registers.people import actions as people
from zhongshu.registers.people import queries
from zhongshu.registers.people.actions import mandates
from zhongshu.registers.people.models import Account
from zhongshu.registers.people.rules.mandates import Consent, Terms


def give(at: datetime) -> None:
    """A mandate in the family, given online, and a helper's, recorded at the counter; both accepted."""
    people.open_account("mother", "林秀兰", "resident", PASSWORD, phone="13900000002", by=SYSTEM, at=at)
    child, helper = (Account.objects.get(login=login) for login in ("resident", "helper"))
    family = mandates.give(child, Terms("family", at, at + timedelta(days=365)), by=_actor("mother", at), at=at)
    mandates.accept(family.pk, by=_actor("resident", at), at=at)
    clerk = _actor("counter", at)
    old = mandates.open_principal("何桂英", "13900000003", by=clerk, at=at)
    terms = Terms("helper", at, at + timedelta(days=30), ("11", "16"))
    help_ = mandates.record_in_person(old, helper, terms, Consent("counter", "本人当面口头同意"), by=clerk, at=at)
    mandates.accept(help_.pk, by=_actor("helper", at), at=at)


def _actor(login: str, at: datetime) -> Actor:
    found = queries.actor(Account.objects.get(login=login).pk, at)
    assert found is not None
    return found
