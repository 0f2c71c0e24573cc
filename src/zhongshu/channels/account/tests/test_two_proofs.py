"""Officials prove two things; who has proved one is nobody yet."""

import re
from typing import Any

import pyotp
import pytest
from django.test import Client

from zhongshu.registers.identity.models import Authenticator, Passkey
from zhongshu.registers.people.models import Account

pytestmark = pytest.mark.django_db


def secret(page: str) -> pyotp.TOTP:
    return pyotp.TOTP(re.search(r'class="secret" lang="en">([A-Z2-7]+)<', page)[1])  # type: ignore[index]


def test_after_the_password_an_official_is_nobody_until_the_code(client: Client, door: Any, two_proofs: None) -> None:
    app = door.give_app("acceptor")
    assert door.try_in(client, "acceptor", next="/desk/").url == "/sign-in/second/"
    assert client.get("/desk/").url.startswith("/sign-in/") and not door.is_in(client)
    assert client.post("/sign-in/second/", {"code": "000000"}).status_code == 401
    assert client.post("/sign-in/second/", {"code": door.code(app)}).url == "/desk/"
    assert client.get("/desk/").status_code == 200
    assert door.verbs("acceptor")[-3:] == ["identity.proof_failed", "identity.factor_used", "people.signed_in"]


def test_a_code_is_good_once(door: Any, two_proofs: None) -> None:
    app = door.give_app("acceptor")
    typed = door.code(app)
    first, second = Client(), Client()
    for client in (first, second):
        door.try_in(client, "acceptor")
    assert first.post("/sign-in/second/", {"code": typed}).status_code == 302
    assert second.post("/sign-in/second/", {"code": typed}).status_code == 401 and not door.is_in(second)


def test_an_official_without_a_factor_sets_one_up_before_any_page(client: Client, door: Any, two_proofs: None) -> None:
    assert door.try_in(client, "acceptor").url == "/sign-in/second/"
    app = secret(client.get("/sign-in/second/").content.decode())
    assert client.post("/sign-in/second/", {"code": "000000"}).status_code == 422 and not door.is_in(client)
    assert client.post("/sign-in/second/", {"code": door.code(app)}).url == "/account/recovery-codes/"
    assert door.is_in(client)
    kept = Authenticator.objects.get()
    assert app.secret not in kept.secret and kept.account.login == "acceptor"


def test_the_secret_shown_stays_the_same_until_an_app_proves_it(client: Client, door: Any, two_proofs: None) -> None:
    door.try_in(client, "acceptor")
    first, again = (secret(client.get("/sign-in/second/").content.decode()).secret for _ in range(2))
    assert first == again


def test_a_password_alone_is_enough_for_a_resident_who_wants_no_more(
    client: Client, door: Any, two_proofs: None
) -> None:
    assert door.try_in(client).url == "/" and door.is_in(client)


def test_a_resident_who_has_a_factor_is_asked_for_it(client: Client, door: Any) -> None:
    door.give_app("resident")
    assert door.try_in(client).url == "/sign-in/second/" and not door.is_in(client)


def test_a_session_begun_with_a_password_ends_where_two_proofs_come_to_be_required(
    client: Client, door: Any, settings: Any
) -> None:
    door.try_in(client, "acceptor")
    assert door.is_in(client)
    settings.SECOND_FACTOR = "required"
    assert not door.is_in(client)


def test_a_recovery_code_serves_once_instead_of_the_telephone(door: Any) -> None:
    door.give_app("resident")
    code = door.give_codes("resident")[3]
    for status in (302, 401):
        client = Client()
        door.try_in(client)
        assert client.post("/sign-in/second/", {"code": code.lower().replace("-", " ")}).status_code == status


def test_five_wrong_codes_make_the_sixth_try_wait(client: Client, door: Any) -> None:
    app = door.give_app("resident")
    door.try_in(client)
    tries = [client.post("/sign-in/second/", {"code": "000000"}).status_code for _ in range(5)]
    assert tries == [401] * 5
    assert client.post("/sign-in/second/", {"code": door.code(app)}).status_code == 429


def test_the_second_step_ends_after_ten_minutes_and_needs_the_first(client: Client, door: Any) -> None:
    app = door.give_app("resident")
    assert client.get("/sign-in/second/").url == "/sign-in/"
    assert client.post("/sign-in/second/", {"code": door.code(app)}).url == "/sign-in/"
    door.try_in(client)
    with door.later(minutes=10):
        assert client.post("/sign-in/second/", {"code": door.code(app)}).url == "/sign-in/"


def test_an_account_closed_between_the_steps_stays_outside(client: Client, door: Any) -> None:
    app = door.give_app("resident")
    door.try_in(client)
    Account.objects.filter(login="resident").update(closed=door.city.now)
    assert client.post("/sign-in/second/", {"code": door.code(app)}).status_code == 401


def test_a_passkey_is_both_proofs(client: Client, door: Any, two_proofs: None) -> None:
    city_session(client, door)
    key = door.give_passkey(client)
    visitor = Client()
    answer = key.signed(door.asked(visitor, "sign_in"))
    assert visitor.post("/sign-in/", {"credential": answer, "next": "/desk/"}).url == "/desk/"
    assert visitor.get("/desk/").status_code == 200


def city_session(client: Client, door: Any, login: str = "acceptor") -> None:
    """Signed in with two proofs."""
    app = door.give_app(login)
    door.try_in(client, login)
    client.post("/sign-in/second/", {"code": door.code(app)})
    assert door.is_in(client)


@pytest.mark.parametrize("change", ["counter", "verified", "origin", "host"])
def test_a_passkey_that_is_not_what_it_was_is_refused(client: Client, door: Any, change: str) -> None:
    door.city.signed_in(client, "acceptor")
    key = door.give_passkey(client, counter=5)
    wrong = {"counter": 3, "verified": False, "origin": "http://elsewhere.example", "host": "elsewhere.example"}
    setattr(key, change, wrong[change])
    visitor = Client()
    refused = visitor.post("/sign-in/", {"credential": key.signed(door.asked(visitor, "sign_in"))})
    assert refused.status_code == 401 and not door.is_in(visitor)
    assert ("identity.passkey_cloned" in door.verbs("acceptor")) == (change == "counter")


def test_a_challenge_is_good_once_for_five_minutes_and_for_its_own_use(client: Client, door: Any) -> None:
    door.city.signed_in(client, "acceptor")
    key, visitor = door.give_passkey(client), Client()
    asked = door.asked(visitor, "sign_in")
    assert visitor.post("/sign-in/", {"credential": "{}"}).status_code == 401  # spends it
    assert visitor.post("/sign-in/", {"credential": key.signed(asked)}).status_code == 422
    asked = door.asked(visitor, "sign_in")
    with door.later(minutes=5):
        assert visitor.post("/sign-in/", {"credential": key.signed(asked)}).status_code == 422
    asked = door.asked(client, "prove")
    assert client.post("/sign-in/", {"credential": key.signed(asked)}).status_code == 422


def test_the_passkey_of_another_is_no_second_proof(client: Client, door: Any) -> None:
    door.city.signed_in(client, "acceptor")
    key, visitor = door.give_passkey(client), Client()
    door.give_app("resident")
    door.try_in(visitor)
    answer = key.signed(door.asked(visitor, "second"))
    assert visitor.post("/sign-in/second/", {"credential": answer}).status_code == 401 and not door.is_in(visitor)


def test_nobody_is_asked_for_a_new_passkey_who_is_not_to_add_one(client: Client, door: Any) -> None:
    ask = "/account/security/passkeys/options/"
    assert client.post(ask, {"use": "register"}, headers={"accept": "application/json"}).status_code == 401
    door.city.signed_in(client, "resident")
    with door.later(minutes=10):
        assert client.post(ask, {"use": "register"}).status_code == 401
    assert Passkey.objects.count() == 0


@pytest.mark.parametrize("answer", ["", "x", "{}", "[]", "null", '{"id": "a", "rawId": "a"}', "1" * 50_000])
def test_any_answer_of_a_browser_is_answered(client: Client, door: Any, answer: str) -> None:
    door.city.signed_in(client, "resident")
    door.asked(client, "register")
    assert client.post("/account/security/passkeys/", {"credential": answer}).status_code == 422
    door.asked(client, "sign_in")
    assert client.post("/sign-in/", {"credential": answer}).status_code in (401, 422)
