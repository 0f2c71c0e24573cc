"""How codes are signed, and by what key a signature is checked.

Ed25519 and ES256 go by the numbers -8 (EdDSA) and -7 of RFC 9053: RFC 9864 has since given narrower ones (-19, -9), but
what wallets and libraries in use take is the older, and with us the key, not the number, fixes the curve. SM2 with SM3
has no number in the registry: -65537 is the first of those for private use.
"""

from collections.abc import Callable
from enum import IntEnum
from functools import partial
from typing import Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from nacl.bindings import crypto_sign_open, crypto_sign_PUBLICKEYBYTES
from nacl.exceptions import BadSignatureError

from zhongshu.base.crypto.sm import keys as sm_keys
from zhongshu.base.crypto.sm import libcrypto, sm2

SIGNATURE_BYTES = 64
Check = Callable[[bytes, bytes], bool]
"""Whether a signature of 64 bytes (given second) is over a message (given first)."""
_SHA256 = ec.ECDSA(hashes.SHA256())


class Algorithm(IntEnum):
    """Numbers of COSE's registry."""

    ED25519 = -8
    ES256 = -7
    SM2 = -65537


class Signer(Protocol):
    """Whoever can sign: a key held here, in a token or by another machine."""

    @property
    def algorithm(self) -> Algorithm:
        """How it signs."""

    @property
    def public(self) -> bytes:
        """Its public key, raw: 32 bytes of Ed25519, else 65 (04, both coordinates)."""

    def sign(self, message: bytes) -> bytes:
        """A signature of 64 bytes."""


def check(algorithm: Algorithm, public: bytes) -> Check:
    """What checks signatures of a raw public key; ValueError when the key is none of this algorithm."""
    if algorithm is Algorithm.ED25519:
        return _by_ed25519(public)
    if algorithm is Algorithm.ES256:
        return _by_es256(ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), public))
    sm_keys.point(public)
    return partial(sm2.is_signed, public)


def _by_ed25519(public: bytes) -> Check:
    """By libsodium, which takes half the time that OpenSSL does."""
    if len(public) != crypto_sign_PUBLICKEYBYTES:
        raise ValueError("a key of another length")

    def is_signed(message: bytes, signature: bytes) -> bool:
        if len(signature) != SIGNATURE_BYTES:
            return False
        try:
            crypto_sign_open(signature + message, public)
        except BadSignatureError:
            return False
        return True

    return is_signed


def _by_es256(key: ec.EllipticCurvePublicKey) -> Check:
    def is_signed(message: bytes, signature: bytes) -> bool:
        if len(signature) != SIGNATURE_BYTES:
            return False
        numbers = int.from_bytes(signature[:32]), int.from_bytes(signature[32:])
        try:
            key.verify(encode_dss_signature(*numbers), message, _SHA256)
        except InvalidSignature:
            return False
        return True

    return is_signed


class Ed25519Signer:
    """Signs with a key of Ed25519 held in memory."""

    algorithm = Algorithm.ED25519

    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key, self.public = key, key.public_key().public_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        """As RFC 8032 says."""
        return self._key.sign(message)


class Es256Signer:
    """Signs with a key of P-256 held in memory."""

    algorithm = Algorithm.ES256

    def __init__(self, key: ec.EllipticCurvePrivateKey) -> None:
        point = serialization.PublicFormat.UncompressedPoint
        self._key = key
        self.public = key.public_key().public_bytes(serialization.Encoding.X962, point)

    def sign(self, message: bytes) -> bytes:
        """ECDSA with SHA-256, both numbers in 32 bytes."""
        r, s = decode_dss_signature(self._key.sign(message, _SHA256))
        return r.to_bytes(32) + s.to_bytes(32)


class Sm2Signer:
    """Signs with a key of SM2 by the machine's libcrypto; `libcrypto.Unavailable` where there is none."""

    algorithm = Algorithm.SM2

    def __init__(self, private: int) -> None:
        self._key = libcrypto.Signer(private)
        self.public = self._key.public

    def sign(self, message: bytes) -> bytes:
        """SM2 with SM3, under the signer's name that the standard takes where none is agreed."""
        return self._key.sign(message)
