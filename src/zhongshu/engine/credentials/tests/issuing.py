"""An issuer, its verifier and a code, for the stories."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from zhongshu.engine.credentials.rules import algorithms, base45, codes, keys, status
from zhongshu.engine.credentials.rules.claims import LIFE, ONCE, Claims, Kind
from zhongshu.engine.credentials.rules.codes import Refused, Trust
from zhongshu.engine.credentials.rules.faults import Reason

NOW = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)
DAY = timedelta(days=1)
ISSUER = "11440300MB2C93015X"
REVOKED = 123_456

signer = algorithms.Ed25519Signer(Ed25519PrivateKey.from_private_bytes(b"1" * 32))
stranger = algorithms.Ed25519Signer(Ed25519PrivateKey.from_private_bytes(b"2" * 32))
root = algorithms.Ed25519Signer(Ed25519PrivateKey.from_private_bytes(b"3" * 32))
p256 = algorithms.Es256Signer(ec.derive_private_key(4, ec.SECP256R1()))
key = keys.Key(signer.algorithm, signer.public, ISSUER, NOW - DAY, NOW + 30 * DAY)
root_key = keys.Key(root.algorithm, root.public, "root", NOW - DAY, NOW + 999 * DAY)
key_list = keys.KeyList(NOW, NOW + DAY, (key,))
status_list = status.StatusList(
    ISSUER, 7, NOW, NOW + timedelta(hours=8), timedelta(minutes=5), status.pack(2_500_000, [REVOKED])
)


def claims(kind: Kind = Kind.SCREEN, spot: int = 5, **other: Any) -> Claims:
    """Of one resident, issued now, at a spot of the status list."""
    nonce = b"n" * 8 if kind in ONCE else b""
    one = Claims(ISSUER, kind, b"s" * 16, "王**", "123X", (7, spot), NOW, NOW + LIFE[kind], nonce)
    return replace(one, **other)


def trust(*listed: keys.Key, **other: Any) -> Trust:
    """What the verifier holds: our key unless others are given."""
    return replace(Trust.of(replace(key_list, keys=listed or (key,)), status_list), **other)


def text(data: bytes) -> str:
    """The text of a code of these bytes, whatever they are."""
    return codes.PREFIX + base45.encode(data)


def reason(shown: str, at: datetime = NOW, **other: Any) -> Reason | None:
    """Why a text is refused; None when it is taken."""
    answer = codes.verify(shown, trust(**other), at)
    return answer.reason if isinstance(answer, Refused) else None
