"""What the stories of signing in share: a password, an authenticator app, a passkey, a later moment."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pyotp
import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.test import Client

from zhongshu.base.calendar import clock
from zhongshu.base.journal import queries as journal
from zhongshu.registers.identity import actions as identity
from zhongshu.registers.identity.rules.origins import Origin
from zhongshu.registers.identity.tests.authenticator import SoftwareKey

PASSWORD = "sea-wind-and-rain"
CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/139.0.0.0 Safari/537.36"
_hashed: list[str] = []


class Door:
    """The demo city's door: short ways to come through it."""

    def __init__(self, city: Any) -> None:
        self.city = city
        self.password = PASSWORD

    def give_password(self, login: str) -> Any:
        """The account with the password set; it is hashed once for all stories."""
        account = self.city.account(login)
        if not _hashed:
            account.set_password(PASSWORD)
            _hashed.append(account.password)
        account.password = _hashed[0]
        account.save(update_fields=["password"])
        return account

    def give_app(self, login: str) -> pyotp.TOTP:
        """An authenticator app of the account, whose codes of now are still good."""
        sealed = identity.totp.new_secret()
        app, account = pyotp.TOTP(identity.totp.shown(sealed)), self.city.account(login)
        before = self.city.now - timedelta(minutes=5)
        identity.totp.add(
            account, sealed, app.at(before), "手机", origin=Origin(), by=self.city.actor(login), at=before
        )
        return app

    def code(self, app: pyotp.TOTP) -> str:
        """The code the app shows now."""
        return app.at(clock.now())

    def give_codes(self, login: str) -> list[str]:
        """Ten recovery codes of the account."""
        return identity.recovery.make(
            self.city.account(login), origin=Origin(), by=self.city.actor(login), at=self.city.now
        )

    def give_passkey(self, client: Client, **changes: Any) -> SoftwareKey:
        """A passkey of whoever is signed in with the client, added on its page."""
        key = SoftwareKey(**changes)
        asked = client.post("/account/security/passkeys/options/", {"use": "register"}).json()
        added = client.post("/account/security/passkeys/", {"credential": key.made(asked), "name": "安全密钥"})
        assert added.status_code == 302, added.content.decode()
        return key

    def try_in(self, client: Client, login: str = "resident", password: str = PASSWORD, **more: Any) -> Any:
        """Type login and password."""
        headers = {"user-agent": CHROME}
        extra = {"REMOTE_ADDR": more.pop("address")} if "address" in more else {}
        return client.post("/sign-in/", {"login": login, "password": password, **more}, headers=headers, **extra)

    def asked(self, client: Client, use: str) -> Any:
        """What the browser is asked for a passkey."""
        return client.post("/account/security/passkeys/options/", {"use": use}).json()

    def is_in(self, client: Client) -> bool:
        """Whether the client is signed in."""
        return client.get("/account/").status_code == 200

    def verbs(self, login: str) -> list[str]:
        """What the account's chain tells, oldest first."""
        return [entry.verb for entry in journal.trace("account", str(self.city.account(login).pk))]

    @contextmanager
    def later(self, **span: float) -> Iterator[None]:
        """Some time later."""
        with clock.at(self.city.now + timedelta(**span)):
            yield


@pytest.fixture
def door(city: Any, monkeypatch: pytest.MonkeyPatch) -> Door:
    """The demo city's door; `resident` and `acceptor` have a password. Hashes cost little in these stories."""
    for cost, least in (("time_cost", 1), ("memory_cost", 8), ("parallelism", 1)):
        monkeypatch.setattr(Argon2PasswordHasher, cost, least)
    made = Door(city)
    for login in ("resident", "acceptor"):
        made.give_password(login)
    return made


@pytest.fixture
def two_proofs(settings: Any) -> None:
    """A platform that requires two proofs of its officials."""
    settings.SECOND_FACTOR = "required"
