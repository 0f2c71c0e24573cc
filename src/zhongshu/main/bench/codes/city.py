"""Made-up issuers, verifiers and codes."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from zhongshu.base.crypto.sm import libcrypto
from zhongshu.engine.credentials.rules import algorithms, keys, status
from zhongshu.engine.credentials.rules.algorithms import Signer
from zhongshu.engine.credentials.rules.claims import NONCE_BYTES, SUBJECT_BYTES, Claims, Kind
from zhongshu.engine.credentials.rules.codes import Trust

NOW = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)
ISSUER, LIST = "11440300MB2C93015X", 7
DAY = timedelta(days=1)
PLACES = 2_500_000
"""Of the status list."""
SURNAMES = "王李张刘陈杨黄赵吴周"


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who signs, and what its verifiers go by."""

    signer: Signer
    trust: Trust


def signers() -> dict[str, Signer]:
    """One of each algorithm; SM2 where the machine signs with it."""
    found: dict[str, Signer] = {
        "ed25519": algorithms.Ed25519Signer(Ed25519PrivateKey.generate()),
        "es256": algorithms.Es256Signer(ec.generate_private_key(ec.SECP256R1())),
    }
    if libcrypto.is_available():
        found["sm2"] = algorithms.Sm2Signer(libcrypto.new_private())
    return found


def issuer(signer: Signer, revoked: set[int]) -> Issuer:
    """One key, and a status list in which those places are revoked."""
    key = keys.Key(signer.algorithm, signer.public, ISSUER, NOW - 30 * DAY, NOW + 30 * DAY)
    packed = status.pack(PLACES, revoked)
    listed = status.StatusList(ISSUER, LIST, NOW, NOW + DAY, timedelta(minutes=5), packed)
    return Issuer(signer, Trust.of(keys.KeyList(NOW, NOW + DAY, (key,)), listed.unpacked()))


def claims(chance: Random, place: int) -> Claims:
    """A screen code of somebody."""
    name, tail = chance.choice(SURNAMES) + "*" * chance.randint(1, 2), f"{chance.randrange(10_000):04}"
    subject, nonce = chance.randbytes(SUBJECT_BYTES), chance.randbytes(NONCE_BYTES)
    return Claims(ISSUER, Kind.SCREEN, subject, name, tail, (LIST, place), NOW, NOW + timedelta(seconds=60), nonce)
