"""What an OpenID provider says of itself: its addresses and keys, read once an hour (OpenID Connect Discovery 1.0)."""

import logging
import time
from dataclasses import dataclass, field
from typing import Any

from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from zhongshu.base.http import outgoing
from zhongshu.base.http.refusals import Refusal, Unavailable

log = logging.getLogger(__name__)

BELIEVED = 3600.0
"""Seconds a process goes by what it read."""
AGAIN = 10.0
"""Seconds between two readings of the keys because of a key nobody knows: strangers cannot make us ask all the time."""


@dataclass(slots=True)
class Provider:
    """A provider's metadata and, once needed, its keys."""

    about: dict[str, Any]
    read: float
    keys: KeySet | None = None
    keys_read: float = field(default=float("-inf"))


_known: dict[str, Provider] = {}


def provider(issuer: str) -> Provider:
    """The provider's metadata; its issuer must be the very one asked for, its addresses no less safe."""
    held = _known.get(issuer)
    if held is not None and time.monotonic() - held.read < BELIEVED:
        return held
    about = fetched("GET", f"{issuer.rstrip('/')}/.well-known/openid-configuration")
    addresses = (about.get(name, "") for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"))
    if about.get("issuer") != issuer or not all(_as_safe(str(address), issuer) for address in addresses):
        log.warning("the provider %s describes itself as another or unsafely", issuer)
        raise Unavailable("登录来源的设置有误，请联系系统管理员，或用其他方式登录。", retry_after=60)
    found = _known[issuer] = Provider(about, time.monotonic())
    return found


def keys(issuer: str, kid: str) -> KeySet:
    """The provider's keys; read again when a token names one that is not among them."""
    known = provider(issuer)
    unknown = known.keys is None or (kid and all(key.kid != kid for key in known.keys.keys))
    if known.keys is None or (unknown and time.monotonic() - known.keys_read >= AGAIN):
        known.keys_read = time.monotonic()
        known.keys = _usable(fetched("GET", known.about["jwks_uri"]))
    return known.keys


def _usable(described: dict[str, Any]) -> KeySet:
    """The public signing keys among those described: one that we cannot read does not spoil the rest."""
    found = []
    for key in described.get("keys", []):
        if isinstance(key, dict) and key.get("kty") in ("RSA", "EC", "OKP") and key.get("use", "sig") == "sig":
            try:
                found += KeySet.import_key_set({"keys": [key]}).keys
            except (JoseError, ValueError):
                log.warning("a key that cannot be read: %s", key.get("kid"))
    return KeySet(found)


def fetched(method: str, address: str, **parts: Any) -> dict[str, Any]:
    """The JSON object another host answers with; Unavailable when it does not. What was sent is never logged."""
    try:
        with outgoing.client("sign-in") as client:
            answer = client.request(method, address, **parts)
            said = answer.json()
    except (Refusal, ValueError) as problem:
        log.warning("%s did not answer: %s", address.partition("?")[0], type(problem).__name__)
        raise _silent() from None
    if answer.status_code >= 500 or not isinstance(said, dict):
        log.warning("%s answered %s", address.partition("?")[0], answer.status_code)
        raise _silent()
    return said


def _silent() -> Unavailable:
    return Unavailable("暂时联系不上登录来源，请稍后再试，或用其他方式登录。", retry_after=30)


def _as_safe(address: str, issuer: str) -> bool:
    return address.startswith("https://") or (issuer.startswith("http://") and address.startswith("http://"))


def forget() -> None:
    """Read every provider anew."""
    _known.clear()
