"""Guessing is slow from everywhere, and nobody can lock another out with it."""

from typing import Any

import pytest
from django.test import Client

from zhongshu.base.http import limits
from zhongshu.registers.identity.actions import trying

pytestmark = pytest.mark.django_db
WRONG = "not-the-password"


def guess(door: Any, login: str, address: str, client: Client | None = None) -> int:
    return door.try_in(client or Client(), login, WRONG, address=address).status_code


def guess_from_everywhere(door: Any, login: str, most: int = 20) -> None:
    """A botnet: four wrong guesses from each address, until the login has to wait."""
    for n in range(most):
        assert guess(door, login, f"203.0.113.{n // 4}") == 401


def test_a_pair_of_login_and_address_waits_after_five(door: Any) -> None:
    assert [guess(door, "resident", "203.0.113.9") for _ in range(6)] == [401] * 5 + [429]
    assert door.try_in(Client(), "acceptor", address="203.0.113.9").status_code == 302
    assert door.try_in(Client(), "resident", address="198.51.100.9").status_code == 302


def test_an_attacker_with_many_addresses_waits_for_the_login(door: Any) -> None:
    guess_from_everywhere(door, "resident")
    assert guess(door, "resident", "198.51.100.200") == 429
    assert door.verbs("resident").count("identity.locked") == 1
    guess(door, "resident", "198.51.100.201")
    assert door.verbs("resident").count("identity.locked") == 1


def test_the_owner_gets_in_from_a_browser_that_has_been_in_before(door: Any) -> None:
    owner = Client()
    assert door.try_in(owner, address="198.51.100.1").status_code == 302
    owner.post("/sign-out/")
    guess_from_everywhere(door, "resident")
    assert door.try_in(Client(), address="198.51.100.1").status_code == 429, "an unknown browser waits"
    assert door.try_in(owner, address="198.51.100.1").status_code == 302, "the known one does not"


def test_who_shares_the_attackers_address_gets_in_from_a_known_browser(door: Any) -> None:
    owner = Client()
    door.try_in(owner, address="203.0.113.50")
    assert [guess(door, "resident", "203.0.113.50") for _ in range(6)][-1] == 429
    assert door.try_in(owner, address="203.0.113.50").status_code == 302


def test_a_known_browser_is_no_way_to_guess_faster(door: Any) -> None:
    stolen = Client()
    door.try_in(stolen, address="203.0.113.1")
    assert [guess(door, "resident", f"203.0.113.{n}", stolen) for n in range(6)] == [401] * 5 + [429]


def test_a_browser_known_to_one_account_is_a_stranger_to_the_next(door: Any) -> None:
    browser = Client()
    door.try_in(browser, "acceptor")
    guess_from_everywhere(door, "resident")
    assert guess(door, "resident", "198.51.100.1", browser) == 429


def test_an_address_that_tries_many_logins_waits(door: Any) -> None:
    for _ in range(trying.OF_ADDRESS.most):
        limits.take(trying.OF_ADDRESS, "203.0.113.9", door.city.now)
    assert guess(door, "resident", "203.0.113.9") == 429


def test_who_signs_in_does_not_use_up_the_address_nor_clear_it_for_a_guesser(door: Any) -> None:
    for _ in range(99):
        limits.take(trying.OF_ADDRESS, "203.0.113.9", door.city.now)
    for _ in range(3):
        assert door.try_in(Client(), "acceptor", address="203.0.113.9").status_code == 302
    assert guess(door, "resident", "203.0.113.9") == 401
    assert guess(door, "resident", "203.0.113.9") == 429


def test_an_unknown_login_waits_as_a_known_one_does(door: Any) -> None:
    assert [guess(door, "nobody-here", "203.0.113.9") for _ in range(6)] == [401] * 5 + [429]


def test_an_unknown_login_costs_one_hash_as_a_known_one_does(door: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.contrib.auth.hashers import Argon2PasswordHasher

    costs: list[str] = []
    for name in ("encode", "verify"):
        whole = getattr(Argon2PasswordHasher, name)
        monkeypatch.setattr(
            Argon2PasswordHasher, name, lambda *a, _whole=whole, _name=name, **k: costs.append(_name) or _whole(*a, **k)
        )
    guess(door, "resident", "203.0.113.9")
    known = len(costs)
    guess(door, "nobody-here", "203.0.113.9")
    assert len(costs) - known == known == 1


def test_the_cookie_of_a_known_browser_is_out_of_reach_of_scripts(door: Any) -> None:
    cookie = door.try_in(Client()).cookies["known"]
    assert cookie["httponly"] and cookie["samesite"] == "Lax" and "resident" not in cookie.value
