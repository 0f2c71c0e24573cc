"""Somebody who tries logins and passwords: nothing tells which login exists, neither words nor work."""

from typing import Any

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.test import Client

TYPED = {"password": "not-the-password-1"}


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """How often a password is hashed; each time at no cost."""
    made: list[str] = []

    def encode(self: Any, password: str, salt: str) -> str:
        made.append(password)
        return "argon2$argon2id$v=19$m=102400,t=2,p=8$c2FsdHNhbHQ$AAAAAAAAAAAAAAAAAAAAAA"

    def verify(self: Any, password: str, encoded: str) -> bool:
        made.append(password)
        return False

    monkeypatch.setattr(Argon2PasswordHasher, "encode", encode)
    monkeypatch.setattr(Argon2PasswordHasher, "verify", verify)
    monkeypatch.setattr(Argon2PasswordHasher, "must_update", lambda *_: False)
    return made


def _tried(login: str, hashed: list[str]) -> tuple[int, str, int]:
    """Status, page and hashes of one try by a browser nobody knows."""
    hashed.clear()
    answer = Client().post("/sign-in/", {"login": login} | TYPED)
    words = answer.content.decode().split("<main")[1].replace(login, "…")
    return answer.status_code, words, len(hashed)


def test_an_unknown_login_and_a_wrong_password_answer_the_same_with_the_same_work(
    city: Any, hashed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import re

    known, unknown = _tried("supervisor", hashed), _tried("nobody-here", hashed)
    without_sign = [re.sub(r'value="\w{64}"', "", each[1]) for each in (known, unknown)]
    assert (known[0], known[2]) == (unknown[0], unknown[2]) and known[2] >= 1
    assert without_sign[0] == without_sign[1]


def test_guessing_soon_has_to_wait_and_hashes_no_more(city: Any, hashed: list[str]) -> None:
    tries = [_tried("supervisor", hashed) for _ in range(12)]
    assert {tries[0][0]} <= {200, 401, 422} and tries[-1][0] == 429
    assert tries[-1][2] == 0


def test_a_wrong_number_and_a_wrong_code_of_a_matter_answer_the_same(city: Any, client: Client) -> None:
    number = city.report().number
    said = [
        client.post("/track/", {"number": typed, "code": "00000000"}).content.decode().split("<main")[1]
        for typed in (number, "SJ209901010001")
    ]
    shown = [text.replace(number, "…").replace("SJ209901010001", "…") for text in said]
    assert [text.split('name="csrfmiddlewaretoken"')[0] for text in shown[:1]] == [
        text.split('name="csrfmiddlewaretoken"')[0] for text in shown[1:]
    ]
