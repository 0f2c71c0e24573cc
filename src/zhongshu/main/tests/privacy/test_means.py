"""How somebody signs in goes with their account; who looked at them stays as long as a law says."""

from datetime import timedelta
from typing import Any

from zhongshu.base.permissions.rules import SYSTEM
from zhongshu.main.tests.privacy.test_destroying import Resident
from zhongshu.registers.identity.models import Authenticator, Session
from zhongshu.registers.identity.personal import Means
from zhongshu.registers.people.models import Look, Mandate
from zhongshu.registers.privacy.actions.known import YEARS, Acting, Looks
from zhongshu.registers.privacy.rules.holdings import Owner


def owner(city: Any) -> Owner:
    account = city.account("resident")
    return Owner(account.pk, account.person_id)


def test_factors_and_sessions_go_with_the_account(city: Any) -> None:
    account = city.account("resident")
    Authenticator.objects.create(account=account, name="旧手机", secret="sealed", step=1, added=city.now)
    Session.objects.create(
        account=account, digest=b"s" * 32, began=city.now, seen=city.now + timedelta(seconds=1), method="password",
        address="10.0.0.*", agent="Chrome",
    )  # fmt: skip
    means = Means()
    assert {record.key.partition(":")[0] for record in means.records(owner(city), city.now)} == {"app", "session"}
    means.destroy(owner(city), by=SYSTEM, at=city.now)
    assert not Authenticator.objects.filter(account=account).exists()
    assert not Session.objects.filter(account=account).exists()
    assert list(means.records(owner(city), city.now)) == []


def test_who_looked_stays_three_years_and_then_goes(city: Any) -> None:
    person = city.account("resident").person
    Look.objects.filter(person=person).delete()
    now = city.now
    Look.objects.create(person=person, at=now, by=SYSTEM.id, what="identity", purpose="service", words="打印回执")
    looks = Looks()
    (record,) = looks.records(owner(city), now)
    assert record.stays and record.stays.until == now + timedelta(days=YEARS)
    assert looks.due(now) == 0
    late = now + timedelta(seconds=1)
    assert looks.due(late) == 1 and looks.expire(None, late, 10, by=SYSTEM, at=late).counts == {"records": 1}
    assert not Look.objects.filter(person=person).exists()


def test_a_mandate_keeps_its_words_until_three_years_after_its_end(city: Any) -> None:
    resident = Resident(city)
    Mandate.objects.filter(agent_person=city.account("resident").person).delete()
    ended = city.now - timedelta(days=YEARS + 1)
    Mandate.objects.create(
        principal_person=resident.city.account("agent").person, agent_person=city.account("resident").person,
        kind="family", starts=ended - timedelta(days=30), ends=ended, how="online", ground="母亲行动不便",
        given_by=SYSTEM.id, given=ended - timedelta(days=30), accepted=ended - timedelta(days=30),
    )  # fmt: skip
    acting = Acting()
    (record,) = (one for one in acting.records(owner(city), city.now) if one.stays is None)
    acting.destroy(owner(city), by=SYSTEM, at=city.now)
    assert Mandate.objects.get(pk=record.key.partition(":")[2]).ground == ""
