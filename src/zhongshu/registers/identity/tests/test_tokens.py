"""What makes a signed token of another provider believed, and every forgery that must not be."""

import base64
import hmac
import json
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, OKPKey, RSAKey

from zhongshu.base.calendar.rules import SHANGHAI
from zhongshu.base.http.refusals import Unauthenticated
from zhongshu.registers.identity.rules import tokens

AT = datetime(2026, 3, 2, 9, 0, tzinfo=SHANGHAI)
NOW = int(AT.timestamp())
KEY = ECKey.generate_key("P-256", {"kid": "one", "use": "sig"})
OTHER = ECKey.generate_key("P-256", {"kid": "one", "use": "sig"})
KEYS = KeySet.import_key_set({"keys": [KEY.as_dict(private=False)]})
EXPECTED = tokens.Expected("https://id.example", "zhongshu", "n-1", "access")
GOOD: dict[str, Any] = {
    "iss": "https://id.example", "aud": "zhongshu", "sub": "u1", "nonce": "n-1", "iat": NOW, "exp": NOW + 300,
}  # fmt: skip
GONE: dict[str, Any] = {
    "iss": "https://id.example", "aud": "zhongshu", "sub": "u1", "sid": "s1", "iat": NOW, "exp": NOW + 120,
    "jti": "once", "events": {tokens.LOGOUT: {}},
}  # fmt: skip


def signed(claims: dict[str, Any], key: Any = KEY, alg: str = "ES256", **header: Any) -> str:
    """A token of these claims."""
    said = {name: value for name, value in ({"alg": alg, "kid": "one"} | header).items() if value}
    return jwt.encode(said, claims, key, algorithms=[alg])


def test_a_token_made_for_this_attempt_is_believed() -> None:
    token = signed(GOOD | {"at_hash": tokens.half_hash("access", "ES256")})
    assert tokens.id_token(token, KEYS, EXPECTED, AT)["sub"] == "u1"


@pytest.mark.parametrize(
    ("alg", "key"),
    [
        ("RS256", RSAKey.generate_key(2048, {"kid": "one"})),
        ("EdDSA", OKPKey.generate_key("Ed25519", {"kid": "one"})),
        ("ES384", ECKey.generate_key("P-384", {"kid": "one"})),
    ],
)
def test_the_usual_signatures_are_known(alg: str, key: Any) -> None:
    keys = KeySet.import_key_set({"keys": [key.as_dict(private=False)]})
    claims = GOOD | {"at_hash": tokens.half_hash("access", alg)}
    assert tokens.id_token(signed(claims, key, alg), keys, EXPECTED, AT)["sub"] == "u1"


@pytest.mark.parametrize(
    "change",
    [
        {"iss": "https://evil.example"},
        {"aud": "another"},
        {"aud": ["zhongshu", "another"]},
        {"aud": ["zhongshu", "another"], "azp": "another"},
        {"azp": "another"},
        {"nonce": "n-2"},
        {"nonce": None},
        {"exp": NOW - tokens.LEEWAY},
        {"exp": "soon"},
        {"exp": True},
        {"iat": NOW + tokens.LEEWAY + 1},
        {"iat": None},
        {"nbf": NOW + tokens.LEEWAY + 1},
        {"at_hash": tokens.half_hash("another access token", "ES256")},
    ],
)
def test_a_token_that_says_something_else_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(Unauthenticated):
        tokens.id_token(signed(GOOD | change), KEYS, EXPECTED, AT)


def test_clocks_may_differ_by_a_minute() -> None:
    late = AT + timedelta(seconds=300 + tokens.LEEWAY - 1)
    early = AT - timedelta(seconds=tokens.LEEWAY)
    assert tokens.id_token(signed(GOOD), KEYS, EXPECTED, late) and tokens.id_token(signed(GOOD), KEYS, EXPECTED, early)


def test_an_attempt_without_a_nonce_believes_nothing() -> None:
    with pytest.raises(Unauthenticated):
        tokens.id_token(signed(GOOD | {"nonce": ""}), KEYS, replace(EXPECTED, nonce=""), AT)


def made_by_hand(alg: str, secret: bytes = b"") -> str:
    """A token as a forger makes it who knows what everybody knows."""

    def part(text: bytes) -> str:
        return base64.urlsafe_b64encode(text).rstrip(b"=").decode()

    head = part(json.dumps({"alg": alg, "kid": "one"}).encode())
    said = f"{head}.{part(json.dumps(GOOD).encode())}"
    return f"{said}.{part(hmac.digest(secret, said.encode(), 'sha256')) if secret else ''}"


FORGED = {
    "algorithm none": lambda: made_by_hand("none"),
    "algorithm None": lambda: made_by_hand("None"),
    "HS256 with the public key as its secret": lambda: made_by_hand("HS256", KEY.as_pem(private=False)),
    "HS256 with the public JWK as its secret": lambda: made_by_hand(
        "HS256", json.dumps(KEY.as_dict(private=False)).encode()
    ),
    "another key under the same id": lambda: signed(GOOD, OTHER),
    "a key the provider does not have": lambda: signed(GOOD, OTHER, kid="two"),
    "a key brought along in the header": lambda: signed(GOOD, OTHER, jwk=OTHER.as_dict(private=False)),
    "a body changed after signing": lambda: _patched(signed(GOOD)),
    "no token at all": lambda: "nothing",
    "an empty text": lambda: "",
    "characters that no token has": lambda: "é.é.é",
}


def _patched(token: str) -> str:
    head, _, signature = token.split(".")
    return f"{head}.{signed(GOOD | {'sub': 'mayor'}).split('.')[1]}.{signature}"


@pytest.mark.parametrize("forged", FORGED.values(), ids=FORGED)
def test_a_forged_token_is_refused(forged: Any) -> None:
    with pytest.raises(Unauthenticated):
        token = forged()
        tokens.key_id(token)
        tokens.id_token(token, KEYS, EXPECTED, AT)


def test_a_token_without_a_key_id_is_tried_with_every_key_of_its_kind() -> None:
    assert tokens.id_token(signed(GOOD, kid=None), KEYS, EXPECTED, AT)["sub"] == "u1"


def test_a_logout_token_ends_somebody() -> None:
    assert tokens.logout_token(signed(GONE, typ="logout+jwt"), KEYS, EXPECTED, AT)["sid"] == "s1"


@pytest.mark.parametrize(
    "change",
    [
        {"nonce": "n-1"},
        {"events": {}},
        {"events": {tokens.LOGOUT: "yes"}},
        {"events": None},
        {"jti": ""},
        {"jti": 7},
        {"sub": None, "sid": None},
        {"iat": NOW - tokens.LOGOUT_LIVES - 1},
        {"iss": "https://evil.example"},
        {"aud": "another"},
        {"exp": NOW - 61},
    ],
)
def test_a_logout_token_that_is_none_ends_nobody(change: dict[str, Any]) -> None:
    with pytest.raises(Unauthenticated):
        tokens.logout_token(signed(GONE | change), KEYS, EXPECTED, AT)


def test_an_id_token_is_no_logout_token_and_none_passes_for_one() -> None:
    with pytest.raises(Unauthenticated):
        tokens.logout_token(signed(GOOD), KEYS, EXPECTED, AT)
    with pytest.raises(Unauthenticated):
        tokens.logout_token(signed(GONE, typ="at+jwt"), KEYS, EXPECTED, AT)
    with pytest.raises(Unauthenticated):
        tokens.id_token(signed(GONE), KEYS, EXPECTED, AT)
