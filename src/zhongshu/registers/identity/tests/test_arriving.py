"""Accounts that are opened for newcomers from elsewhere."""

from typing import Any

import pytest

from zhongshu.base.crypto import actions as resealing
from zhongshu.base.crypto import doors as crypto
from zhongshu.base.http.refusals import Invalid
from zhongshu.base.permissions.rules import SYSTEM
from zhongshu.registers.identity.actions import arriving, keys, sources
from zhongshu.registers.identity.models import Link
from zhongshu.registers.identity.queries import sources as known
from zhongshu.registers.identity.rules.claims import Claims
from zhongshu.registers.people.models import Firm

USCC = "91350100M000100Y43"


def source(city: Any, **changes: Any) -> Any:
    given = {"opens": "firm", "claims": "name=name,uscc=uscc,level=level"} | changes
    return sources.add_source(
        "firms", "openid", "企业登录", "Firms", "https://id.example", "zs", **given, by=SYSTEM, at=city.now
    )


def test_a_firm_comes_in_as_the_firm_the_source_has_checked(city: Any) -> None:
    account = arriving.open_account(
        source(city), Claims("f1", "云汀贸易", uscc=USCC, checked=True), "云汀贸易", at=city.now
    )
    assert account.kind == "firm" and account.firm.uscc == USCC
    second = arriving.open_account(
        source(city), Claims("f2", "云汀贸易", uscc=USCC, checked=True), "云汀贸易", at=city.now
    )
    assert second.firm == account.firm and Firm.objects.filter(uscc=USCC).count() == 1


def test_a_firm_that_only_says_so_is_none_of_the_register(city: Any) -> None:
    account = arriving.open_account(source(city), Claims("f1", "云汀贸易", uscc=USCC), "云汀贸易", at=city.now)
    assert account.firm is None and not Firm.objects.filter(uscc=USCC).exists()


def test_whoever_was_seen_in_person_stays_so(city: Any) -> None:
    people = source(city, opens="resident", claims="")
    account = arriving.open_account(people, Claims("u1", "王小明"), "王小明", at=city.now)
    person = account.person
    person.level, person.verified = "in_person", city.now
    person.save()
    assert arriving.arrived(people, Claims("u1", checked=True), city.now) == account
    person.refresh_from_db()
    assert person.level == "in_person" and Link.objects.get().account == account


@pytest.mark.parametrize("change", [{"opens": "staff"}, {"opens": "device"}, {"claims": "id=number"}])
def test_a_source_that_would_open_other_accounts_is_not_added(city: Any, change: dict[str, str]) -> None:
    with pytest.raises(Invalid):
        source(city, **change)


def test_secrets_and_signing_keys_are_sealed_anew_under_a_new_key(city: Any, settings: Any) -> None:
    sources.add_source("a", "openid", "甲", "A", "https://a.example", "zs", "s3cret", by=SYSTEM, at=city.now)
    keys.keep(city.now)
    settings.DATA_KEYS = [bytes(32), *settings.DATA_KEYS]
    mine = [one for one in crypto.columns if one.table in ("identity_source", "identity_signing_key")]
    assert [resealing.reseal(one) for one in mine] == [1, 2]
    settings.DATA_KEYS = settings.DATA_KEYS[:1]
    assert known.secret(known.source("a")) == "s3cret" and keys.signed({}, "RS256", "JWT", city.now)
