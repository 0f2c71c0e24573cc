"""Accounts, grants and keys."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.db import IntegrityError, connection, transaction

from zhongshu.base.http.refusals import Conflict, Invalid, TooMany, Unauthenticated
from zhongshu.base.journal import queries as journal
from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.rules import SYSTEM
from zhongshu.registers.people import actions, queries, rules
from zhongshu.registers.people.models import Account, ApiKey, Body

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 1, 30, 20, tzinfo=UTC)
SECRET = "ting-zhou-91-huai"


def opened(login: str = "lin.xz", kind: str = "resident", **more: Any) -> Account:
    return actions.open_account(login, more.pop("name", "林晓舟"), kind, SECRET, at=AT, **more)


def device(**more: Any) -> tuple[Account, str]:
    account = opened("camera-7", "device", name="路口七号")
    return account, actions.issue_key(account, "值守", by=SYSTEM, at=AT, **more)


def entries(account: Account) -> list[str]:
    return [entry.verb for entry in journal.trace("account", str(account.pk))]


def test_a_login_is_the_same_in_any_case() -> None:
    account = opened("Lin.XZ")
    assert account.login == "lin.xz"
    for typed in ("lin.xz", "LIN.XZ", " Lin.Xz "):
        assert authenticate(username=typed, password=SECRET) == account
    assert authenticate(username="lin.xz", password=SECRET.upper()) is None


def test_a_resident_is_a_person_whom_nobody_has_verified_yet() -> None:
    person = opened(phone="13900000001").person
    assert person is not None
    assert (person.name, person.level, person.phone, person.id_sealed) == ("林晓舟", "unverified", "13900000001", "")
    assert device()[0].person is None


def test_a_login_is_given_once_whatever_its_case() -> None:
    opened("lin.xz")
    with pytest.raises(Conflict, match="已被使用"):
        opened("LIN.xz")
    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.create(login="Lin.xz", name="x", kind="resident", opened=AT)


def test_passwords_are_kept_as_argon2id() -> None:
    kept = Account.objects.get(pk=opened().pk).password
    assert kept.startswith("argon2$argon2id$") and SECRET not in kept


@pytest.mark.parametrize("weak", ["", "short", "1234567890", "password123", "lin.xiaozhou", "0" * 12])
def test_a_weak_password_is_refused_with_a_sentence(weak: str) -> None:
    with pytest.raises(Invalid, match=r"^密码不合要求：.+") as refused:
        actions.open_account("lin.xiaozhou", "林晓舟", "resident", weak, at=AT)
    assert refused.value.field == "password"
    assert not Account.objects.exists()


@pytest.mark.parametrize("login", ["ab", "有名字", "a b c", "-abc", "x" * 65, "ａｂｃ"])
def test_a_login_of_the_wrong_shape_is_refused(login: str) -> None:
    with pytest.raises(Invalid) as refused:
        opened(login)
    assert refused.value.field == "login"


@pytest.mark.parametrize("name", ["", "  ", "林" * 51, "林\x00舟", "林\u202e舟"])
def test_a_name_of_the_wrong_shape_is_refused(name: str) -> None:
    with pytest.raises(Invalid) as refused:
        opened(name=name)
    assert refused.value.field == "name"


def test_staff_belong_to_a_body() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.create(login="nobody", name="x", kind="staff", opened=AT)


def test_a_closed_account_is_nobody() -> None:
    account, key = device()
    assert queries.actor(account.pk, AT) is not None
    actions.close_account(account, by=SYSTEM, at=AT)
    assert queries.actor(account.pk, AT) is None
    assert authenticate(username=account.login, password=SECRET) is None
    with pytest.raises(Unauthenticated):
        queries.key_holder(key, AT)
    assert entries(account)[-1] == "people.account_closed"


def test_of_a_key_only_its_hash_is_kept() -> None:
    account, key = device()
    assert key.startswith("zs_") and len(key) >= 43
    with connection.cursor() as cursor:
        cursor.execute("SELECT k::text FROM people_api_key k UNION ALL SELECT e::text FROM journal_entry e")
        assert not [row for (row,) in cursor.fetchall() if key in row or key[3:] in row]
    assert bytes(ApiKey.objects.get(account=account).digest) == queries.digest(key)


def test_keys_are_for_devices() -> None:
    with pytest.raises(Invalid):
        actions.issue_key(opened(), "x", by=SYSTEM, at=AT)


def test_a_key_speaks_for_its_account_until_it_ends() -> None:
    account, key = device(expires=AT + timedelta(days=1))
    assert queries.key_holder(key, AT).id == str(account.pk)
    with pytest.raises(Unauthenticated):
        queries.key_holder(key, AT + timedelta(days=1))
    actions.revoke_key(ApiKey.objects.get(), by=SYSTEM, at=AT)
    with pytest.raises(Unauthenticated):
        queries.key_holder(key, AT)
    assert entries(account)[-2:] == ["people.key_issued", "people.key_revoked"]


def test_a_key_has_its_uses_a_minute() -> None:
    _, key = device(per_minute=2)
    queries.key_holder(key, AT)
    queries.key_holder(key, AT)
    with pytest.raises(TooMany) as refused:
        queries.key_holder(key, AT)
    assert refused.value.retry_after == 40
    queries.key_holder(key, AT + timedelta(seconds=40))


def test_a_grant_counts_while_it_holds_and_leaves_entries() -> None:
    account = opened()
    grant = actions.give_grant(account, "acceptor", place=9901, by=SYSTEM, at=AT)
    actor = queries.actor(account.pk, AT)
    assert actor and permissions.may(actor, "case.read", {9901}, AT)
    assert not permissions.may(actor, "case.read", {9902}, AT)
    actions.end_grant(grant, by=SYSTEM, at=AT + timedelta(hours=1))
    later = queries.actor(account.pk, AT + timedelta(hours=1))
    assert later and later.grants == ()
    assert entries(account) == ["people.account_opened", "people.grant_given", "people.grant_ended"]
    with pytest.raises(Invalid):
        actions.give_grant(account, "emperor", by=SYSTEM, at=AT)


def test_signing_in_is_noted_and_an_unknown_login_is_not_kept() -> None:
    account = opened()
    actions.note_sign_in(account, True, by=SYSTEM, at=AT)
    actions.note_sign_in(account, False, by=SYSTEM, at=AT)
    actions.note_sign_in(None, False, login="my-password-by-mistake", by=SYSTEM, at=AT)
    assert entries(account)[-2:] == ["people.signed_in", "people.sign_in_failed"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT e::text FROM journal_entry e WHERE kind = 'login'")
        ((row,),) = cursor.fetchall()
    assert "people.sign_in_failed" in row and "mistake" not in row


def found(name: str, parent: Body | None = None) -> Body:
    return actions.found_body(name, name, "unit", parent=parent, by=SYSTEM, at=AT)


def test_bodies_know_who_is_above_them() -> None:
    city = found("市政府")
    bureau = found("城管局", city)
    team = found("执法队", bureau)
    assert queries.lineage(team.pk) == (city.pk, bureau.pk, team.pk)
    assert sorted(queries.subtree(bureau.pk)) == [bureau.pk, team.pk]
    assert queries.lineage(10**9) == ()
    assert set(queries.bodies_under(bureau.pk)) == {bureau, team}


def test_two_bodies_of_one_name_are_told_apart_by_the_body_above() -> None:
    east, west = found("东区"), found("西区")
    teams = found("执法队", east), found("执法队", west)
    assert [queries.called()[team.pk] for team in teams] == ["执法队（东区）", "执法队（西区）"]
    assert queries.called()[east.pk] == "东区"


def test_holders_are_those_whose_grant_covers_the_thing_now() -> None:
    city = found("市政府")
    bureau = found("城管局", city)
    over, elsewhere, past = opened("over", name="甲"), opened("elsewhere", name="乙"), opened("past", name="丙")
    actions.give_grant(over, "handler", body=city, by=SYSTEM, at=AT)
    actions.give_grant(over, "handler", body=bureau, by=SYSTEM, at=AT)
    actions.give_grant(elsewhere, "handler", body=bureau, place=990102, by=SYSTEM, at=AT)
    actions.give_grant(past, "handler", ends=AT + timedelta(hours=1), by=SYSTEM, at=AT)
    reach = (9901, 990101, -city.pk, -bureau.pk)
    assert set(queries.holders("handler", reach, AT)) == {over, past}
    assert set(queries.holders("handler", reach, AT + timedelta(hours=1))) == {over}


def test_residents_and_firms_are_shown_masked_and_officials_in_full() -> None:
    body = found("城管局")
    resident, firm = opened(name="欧阳文清"), opened("firm-1", "firm", name="云汀小吃店")
    official = opened("zhao", "staff", name="赵清", body=body)
    accounts = [str(account.pk) for account in (resident, firm, official)]
    shown = queries.shown_names([*accounts, SYSTEM.id])
    assert [shown[a] for a in accounts] == ["欧**", "云**", "赵清"]
    assert shown[SYSTEM.id] == "系统"


@pytest.mark.parametrize(("name", "masked"), [("林晓舟", "林**"), ("赵清", "赵*"), ("林", "林"), ("", "")])
def test_a_masked_name_keeps_the_family_name(name: str, masked: str) -> None:
    assert rules.masked_name(name) == masked


@pytest.mark.parametrize(
    ("phone", "masked"), [("13900000001", "139****0001"), ("0574-1234567", "057****4567"), ("1234", "****"), ("", "")]
)
def test_a_masked_phone_keeps_its_ends(phone: str, masked: str) -> None:
    assert rules.masked_phone(phone) == masked


@pytest.mark.parametrize(
    "phone", ["12345", "19900000000000", "1390000000a", "+8613900000001", "１３９００００００００１"]
)
def test_what_is_no_phone_number_is_refused(phone: str) -> None:
    with pytest.raises(Invalid) as refused:
        rules.phone(phone)
    assert refused.value.field == "phone"
