"""Keys of connected systems: for what, from where, how often, until when."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from zhongshu.base.http.refusals import Conflict, Forbidden, Invalid, TooMany, Unauthenticated
from zhongshu.base.journal import queries as journal
from zhongshu.base.permissions.rules import SYSTEM
from zhongshu.registers.people import actions, queries
from zhongshu.registers.people.models import Account, ApiKey
from zhongshu.registers.people.rules import keys as rules

AT = datetime(2026, 3, 2, 1, 30, 20, tzinfo=UTC)


@pytest.fixture
def hub(db: None) -> Account:
    account = Account.objects.create(login="hub", name="对接平台", kind="device", opened=AT)
    actions.give_grant(account, "integrator", by=SYSTEM, at=AT)
    return account


def issued(hub: Account, **more: Any) -> str:
    return actions.issue_key(hub, "对接", by=SYSTEM, at=AT, **more)


def test_a_key_is_for_what_it_was_given_for(hub: Account) -> None:
    key = issued(hub, scopes=["case.report"])
    assert queries.key_holder(key, AT, permission="case.report").id == str(hub.pk)
    with pytest.raises(Forbidden, match=r"没有权限 case\.import"):
        queries.key_holder(key, AT, permission="case.import")


def test_a_key_for_nothing_opens_nothing(hub: Account) -> None:
    with pytest.raises(Forbidden):
        queries.key_holder(issued(hub, scopes=[]), AT, permission="case.read")


def test_a_key_never_goes_beyond_its_holder(hub: Account) -> None:
    with pytest.raises(Invalid, match=r"case\.dispatch") as refused:
        issued(hub, scopes=["case.report", "case.dispatch"])
    assert refused.value.field == "scopes"
    assert not ApiKey.objects.exists()


def test_a_key_may_be_bound_to_networks(hub: Account) -> None:
    key = issued(hub, networks=["10.20.0.0/16", "2001:db8::7"])
    assert queries.key_holder(key, AT, address="10.20.3.4")
    assert queries.key_holder(key, AT, address="2001:db8::7")
    for elsewhere in ("10.21.0.1", "", "2001:db8::8", "not an address"):
        with pytest.raises(Forbidden, match="网络"):
            queries.key_holder(key, AT, address=elsewhere)
    with pytest.raises(Invalid, match="不是网络地址"):
        issued(hub, networks=["10.20.0.0/16", "any"])


def test_a_key_ends_within_two_years(hub: Account) -> None:
    issued(hub)
    assert ApiKey.objects.get().expires == AT + rules.USUAL_LIFE
    for wrong in (AT, AT + timedelta(days=732)):
        with pytest.raises(Invalid, match="两年"):
            issued(hub, expires=wrong)


def test_a_day_has_its_own_limit_and_another_day_begins_anew(hub: Account) -> None:
    key = issued(hub, per_minute=2, per_day=3)
    queries.key_holder(key, AT)
    queries.key_holder(key, AT)
    queries.key_holder(key, AT + timedelta(minutes=1))
    with pytest.raises(TooMany, match="今天"):
        queries.key_holder(key, AT + timedelta(minutes=2))
    assert queries.key_holder(key, AT + timedelta(days=1))


def test_a_use_is_one_statement_and_keeps_its_day(hub: Account) -> None:
    key = issued(hub, per_minute=2, per_day=2)
    with CaptureQueriesContext(connection) as spent:
        queries.key_holder(key, AT)
    assert len(spent) == 1
    assert ApiKey.objects.get().used_on == AT.date()


def test_a_new_key_stands_beside_the_old_one_for_a_while(hub: Account) -> None:
    old = issued(hub, scopes=["case.report"], networks=["10.0.0.0/8"], per_minute=7, per_day=70)
    new = actions.rotate_key(ApiKey.objects.get(), overlap_days=7, by=SYSTEM, at=AT)
    fresh = ApiKey.objects.get(digest=queries.digest(new))
    assert (fresh.scopes, fresh.networks, fresh.per_minute, fresh.per_day) == (["case.report"], ["10.0.0.0/8"], 7, 70)
    for key in (old, new):
        assert queries.key_holder(key, AT + timedelta(days=6), address="10.0.0.1")
    with pytest.raises(Unauthenticated):
        queries.key_holder(old, AT + timedelta(days=8), address="10.0.0.1")
    assert queries.key_holder(new, AT + timedelta(days=8), address="10.0.0.1")
    actions.revoke_key(fresh, by=SYSTEM, at=AT)
    with pytest.raises(Conflict, match="已经失效"):
        actions.rotate_key(fresh, overlap_days=7, by=SYSTEM, at=AT)


def test_a_replacement_does_not_keep_what_its_holder_lost(hub: Account) -> None:
    issued(hub, scopes=["case.report"])
    actions.end_grant(hub.grants.get(), by=SYSTEM, at=AT + timedelta(hours=1))
    later = AT + timedelta(hours=2)
    actions.rotate_key(ApiKey.objects.get(), overlap_days=0, by=SYSTEM, at=later)
    assert ApiKey.objects.get(issued=later).scopes == []


def test_an_ending_key_is_told_of_once_and_in_time(hub: Account) -> None:
    issued(hub, expires=AT + timedelta(days=40))
    assert actions.warn_of_ending_keys(by=SYSTEM, at=AT) == 0
    soon = AT + timedelta(days=11)
    assert actions.warn_of_ending_keys(by=SYSTEM, at=soon) == 1
    assert actions.warn_of_ending_keys(by=SYSTEM, at=soon) == 0
    assert journal.trace("account", str(hub.pk))[-1].verb == "people.key_ending"
