"""A provider's keys are read when they are needed, and again when it has changed them, but not at a stranger's wish."""

from typing import Any

import pytest
from joserfc.jwk import ECKey

from zhongshu.registers.identity.queries import discovery

ISSUER = "https://id.example"


class Provider:
    """A provider that counts how often it is asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.keys: list[dict[str, Any]] = []

    def turn_to(self, kid: str) -> None:
        """Sign with another key from now on."""
        self.keys = [ECKey.generate_key("P-256", {"kid": kid}).as_dict(private=False)]

    def fetched(self, _method: str, address: str, **_: Any) -> dict[str, Any]:
        self.asked.append(address.rpartition("/")[2])
        if address.endswith("jwks"):
            return {"keys": [*self.keys, {"kty": "EC", "kid": "broken"}, {"kty": "oct", "kid": "secret", "k": "AAAA"}]}
        places = ("authorization_endpoint", "token_endpoint", "jwks_uri")
        return {"issuer": ISSUER} | {place: f"{ISSUER}/{'jwks' if place == 'jwks_uri' else place}" for place in places}


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch) -> Provider:
    """The provider, of which nothing is known yet."""
    found = Provider()
    found.turn_to("one")
    monkeypatch.setattr(discovery, "fetched", found.fetched)
    discovery.forget()
    return found


def kids(asked_for: str) -> list[str | None]:
    return [key.kid for key in discovery.keys(ISSUER, asked_for).keys]


def test_metadata_and_keys_are_read_once(provider: Provider) -> None:
    assert kids("one") == kids("one") == kids("") == ["one"]
    assert provider.asked == ["openid-configuration", "jwks"]


def test_a_key_nobody_knows_has_them_read_again_once(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    kids("one")
    provider.turn_to("two")
    assert kids("two") == ["one"]  # too soon: strangers cannot make us ask all the time
    monkeypatch.setattr(discovery, "AGAIN", 0.0)
    assert kids("two") == ["two"]
    monkeypatch.setattr(discovery, "AGAIN", 10.0)
    assert kids("three") == ["two"] and provider.asked.count("jwks") == 2
