"""Forgotten passwords, first passwords, recovery codes and factors of one's own."""

import re
from typing import Any

import pytest
from django.test import Client

from zhongshu.base.http.refusals import Conflict, Invalid
from zhongshu.registers.identity import actions as identity
from zhongshu.registers.identity import queries
from zhongshu.registers.identity.models import Authenticator, RecoveryCode
from zhongshu.registers.identity.rules.origins import Origin

pytestmark = pytest.mark.django_db
NEW = "rain-after-the-wind"


def recover(login: str, code: str, new: str = NEW, client: Client | None = None) -> Any:
    return (client or Client()).post("/recover/", {"login": login, "code": code, "password": new})


def start_code(door: Any) -> str:
    by = door.city.actor("administrator")
    return identity.passwords.give_start_code(door.city.account("acceptor"), by=by, at=door.city.now)


def test_a_resident_sets_a_forgotten_password_with_a_recovery_code(client: Client, door: Any) -> None:
    code = door.give_codes("resident")[0]
    door.try_in(client)
    assert recover("Resident ", code).url == "/sign-in/"
    assert not door.is_in(client), "sessions from before have ended"
    assert door.try_in(Client(), password=NEW).status_code == 302
    assert recover("resident", code, "another-long-one").status_code == 401, "a code is good once"


def test_a_bad_new_password_does_not_use_the_code_up(door: Any) -> None:
    code = door.give_codes("resident")[0]
    assert recover("resident", code, "short").status_code == 422
    assert recover("resident", code).status_code == 302


def test_an_unknown_login_and_a_wrong_code_answer_the_same(door: Any) -> None:
    door.give_codes("resident")
    answers = [recover(login, "AAAAA-AAAAA") for login in ("resident", "nobody-here")]
    assert [a.status_code for a in answers] == [401, 401]
    assert all("登录名或代码不对" in a.content.decode() for a in answers)


def test_guessing_codes_is_as_slow_as_guessing_passwords(door: Any) -> None:
    assert [recover("resident", "AAAAA-AAAAA").status_code for _ in range(6)] == [401] * 5 + [429]


def test_an_official_begins_with_a_code_of_the_administrator(door: Any, two_proofs: None) -> None:
    door.give_app("acceptor")
    code = start_code(door)
    assert recover("acceptor", code).url == "/sign-in/"
    client = Client()
    assert door.try_in(client, "acceptor", NEW).url == "/sign-in/second/"
    assert "设置第二个验证方式" in client.get("/sign-in/second/").content.decode(), "old factors are gone"
    assert recover("acceptor", code, "another-long-one").status_code == 401


def test_a_start_code_ends_after_a_day_and_with_the_next_one(door: Any) -> None:
    first = start_code(door)
    with door.later(hours=24):
        assert recover("acceptor", first).status_code == 401
    second = start_code(door)
    assert recover("acceptor", first).status_code == 401
    assert recover("acceptor", second).status_code == 302


def test_a_start_code_is_for_officials_and_a_recovery_code_sets_no_officials_password(door: Any) -> None:
    with pytest.raises(Invalid):
        by = door.city.actor("administrator")
        identity.passwords.give_start_code(door.city.account("resident"), by=by, at=door.city.now)
    assert recover("acceptor", door.give_codes("acceptor")[0]).status_code == 401


def test_recovery_codes_are_shown_once_kept_hashed_and_made_anew(client: Client, door: Any) -> None:
    old = door.give_codes("resident")
    door.city.signed_in(client, "resident")
    page = client.post("/account/recovery-codes/")
    shown = re.findall(r"<code>([0-9A-Z]{5}-[0-9A-Z]{5})</code>", page.content.decode())
    assert len(set(shown)) == 10 and "no-store" in page["Cache-Control"]
    assert shown[0] not in client.get("/account/recovery-codes/").content.decode()
    assert not {bytes(code.mark) for code in RecoveryCode.objects.all()} & {code.encode() for code in shown}
    assert recover("resident", old[0]).status_code == 401
    assert queries.recovery_codes_left(door.city.account("resident").pk) == 10


def test_one_names_and_removes_ones_own_factors(client: Client, door: Any) -> None:
    door.give_app("resident")
    door.city.signed_in(client, "resident")
    factor = Authenticator.objects.get()
    client.post(f"/account/security/factors/{factor.pk}/name/", {"name": "  旧手机 "})
    assert "旧手机" in client.get("/account/security/").content.decode()
    client.post(f"/account/security/factors/{factor.pk}/remove/")
    assert queries.factors(door.city.account("resident").pk) == []
    assert door.verbs("resident")[-2:] == ["identity.factor_renamed", "identity.factor_removed"]


@pytest.mark.parametrize("what", ["name", "remove"])
def test_the_factor_of_another_answers_as_absent(client: Client, door: Any, what: str) -> None:
    door.give_app("acceptor")
    door.city.signed_in(client, "resident")
    foreign = Authenticator.objects.get()
    assert client.post(f"/account/security/factors/{foreign.pk}/{what}/", {"name": "x"}).status_code == 404
    assert Authenticator.objects.get().name == "手机"


def test_the_last_factor_of_an_official_stays_where_two_proofs_are_required(door: Any, settings: Any) -> None:
    for login in ("acceptor", "acceptor", "resident"):
        door.give_app(login)
    settings.SECOND_FACTOR = "required"
    remove = {"origin": Origin(), "by": door.city.actor("acceptor"), "at": door.city.now}
    official, resident = door.city.account("acceptor"), door.city.account("resident")
    first, last = queries.factors(official.pk)
    identity.factors.remove(official, first.id, **remove)
    with pytest.raises(Conflict):
        identity.factors.remove(official, last.id, **remove)
    identity.factors.remove(resident, queries.factors(resident.pk)[0].id, **remove)
    assert Authenticator.objects.get().account == official


def test_an_eleventh_factor_is_refused(door: Any) -> None:
    for _ in range(10):
        door.give_app("resident")
    with pytest.raises(Conflict):
        door.give_app("resident")
