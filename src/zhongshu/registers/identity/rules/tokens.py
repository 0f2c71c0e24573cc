"""Signed tokens of outside providers: what makes one believed. Pure; the keys are given.

OpenID Connect Core 1.0, 3.1.3.7 (ID token); Back-Channel Logout 1.0, 2.6 (logout token); RFC 8725 (which algorithms).
"""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import Key, KeySet

from zhongshu.base.http.refusals import Unauthenticated

ALGORITHMS = {
    "RS256": ("RSA", hashlib.sha256), "PS256": ("RSA", hashlib.sha256), "ES256": ("EC", hashlib.sha256),
    "ES384": ("EC", hashlib.sha384), "EdDSA": ("OKP", hashlib.sha512), "Ed25519": ("OKP", hashlib.sha512),
}  # fmt: skip
"""Signature algorithm → kind of key, and the hash of `at_hash`. All are asymmetric: none and HS… are not among them."""
LEEWAY = 60
"""Seconds two clocks may differ by."""
LOGOUT = "http://schemas.openid.net/event/backchannel-logout"
LOGOUT_LIVES = 600
"""Seconds a logout token is taken for: how long its id must be remembered."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What a token must say: who made it, for whom and, of an ID token, for which attempt."""

    issuer: str
    client: str
    nonce: str = ""
    access_token: str = ""


def key_id(token: str) -> str:
    """Which key the token says it is signed with; empty when it does not say."""
    return str(_header(token).get("kid", ""))


def id_token(token: str, keys: KeySet, expected: Expected, at: datetime) -> dict[str, Any]:
    """The claims of an ID token once everything about it was checked."""
    header, claims = _signed(token, keys)
    _addressed(claims, expected, at)
    if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), expected.nonce.encode()) or not expected.nonce:
        raise Unauthenticated("登录来源的凭证不属于这次登录，已拒绝。请重新登录。")
    if "at_hash" in claims and claims["at_hash"] != half_hash(expected.access_token, header["alg"]):
        raise Unauthenticated("登录来源的凭证前后不符，已拒绝。请重新登录。")
    return claims


def logout_token(token: str, keys: KeySet, expected: Expected, at: datetime) -> dict[str, Any]:
    """The claims of a logout token once checked; whether its `jti` was seen before, the caller knows."""
    header, claims = _signed(token, keys)
    _addressed(claims, expected, at)
    events = claims.get("events")
    wrong = (
        header.get("typ", "logout+jwt").lower() not in ("logout+jwt", "jwt"),
        not isinstance(events, dict) or not isinstance(events.get(LOGOUT), dict),
        "nonce" in claims,
        not (claims.get("sub") or claims.get("sid")),
        not isinstance(claims.get("jti"), str) or not claims["jti"],
        at.timestamp() - _number(claims, "iat") > LOGOUT_LIVES,
    )
    if any(wrong):
        raise Unauthenticated("这不是有效的退出通知。")
    return claims


def half_hash(text: str, algorithm: str) -> str:
    """The left half of a text's hash, as `at_hash` carries it."""
    digest = ALGORITHMS[algorithm][1](text.encode()).digest()
    return base64.urlsafe_b64encode(digest[: len(digest) // 2]).rstrip(b"=").decode()


def _header(token: str) -> dict[str, Any]:
    try:
        return dict(jws.extract_compact(token.encode()).headers())
    except (JoseError, ValueError, UnicodeError):
        raise Unauthenticated("登录来源返回的凭证读不懂。请重新登录；如再出现，请联系系统管理员。") from None


def _signed(token: str, keys: KeySet) -> tuple[dict[str, Any], dict[str, Any]]:
    header = _header(token)
    algorithm = str(header.get("alg"))
    for key in _able(keys, header) if algorithm in ALGORITHMS else ():
        try:
            found = jwt.decode(token, key, algorithms=[algorithm])
        except (JoseError, ValueError):
            continue
        if isinstance(found.claims, dict):
            return header, found.claims
    raise Unauthenticated("登录来源返回的凭证签名不对，已拒绝。请重新登录；如再出现，请联系系统管理员。")


def _able(keys: KeySet, header: Mapping[str, Any]) -> list[Key]:
    """The keys that may have signed this: of the right kind, with the id named if one is."""
    kind = ALGORITHMS[header["alg"]][0]
    return [key for key in keys.keys if key.key_type == kind and header.get("kid") in (None, key.kid)]


def _addressed(claims: Mapping[str, Any], expected: Expected, at: datetime) -> None:
    audience: Any = claims.get("aud")
    meant = audience if isinstance(audience, list) else [audience]
    party = claims.get("azp")
    if claims.get("iss") != expected.issuer or expected.client not in meant:
        raise Unauthenticated("登录来源的凭证不是发给本平台的，已拒绝。请联系系统管理员。")
    if (len(meant) > 1 and party is None) or party not in (None, expected.client):
        raise Unauthenticated("登录来源的凭证不是发给本平台的，已拒绝。请联系系统管理员。")
    now = at.timestamp()
    expires, issued = _number(claims, "exp"), _number(claims, "iat")
    if now >= expires + LEEWAY or issued > now + LEEWAY or _number(claims, "nbf", 0) > now + LEEWAY:
        raise Unauthenticated("登录来源的凭证已过期，或双方时钟相差太大。请重新登录。")


def _number(claims: Mapping[str, Any], name: str, otherwise: float | None = None) -> float:
    value = claims.get(name, otherwise)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Unauthenticated("登录来源的凭证缺少时间，已拒绝。请联系系统管理员。")
    return value
