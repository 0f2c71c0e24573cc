"""Signatures of the platform over texts of its own (Ed25519, RFC 8032), under keys made of the ring's.

Whoever has the public key, which stands in the signature, checks one without the platform.
"""

import base64
import hashlib
import hmac

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings


def sign(text: str, about: str) -> str:
    """A signature for one use only (`about`) by the newest key: public key and signature, base64, a dot between."""
    key = _private(settings.DATA_KEYS[0])
    return f"{_said(key.public_key().public_bytes_raw())}.{_said(key.sign(_message(text, about)))}"


def is_signed(text: str, signature: str, about: str) -> bool:
    """Whether this is a signature over the text by any key of the ring."""
    public, _, signed = signature.partition(".")
    for held in settings.DATA_KEYS:
        key = _private(held).public_key()
        if _said(key.public_bytes_raw()) == public:
            try:
                key.verify(base64.urlsafe_b64decode(signed), _message(text, about))
            except (InvalidSignature, ValueError):
                return False
            return True
    return False


def public_key(signature: str) -> str:
    """The public key a signature names, base64."""
    return signature.partition(".")[0]


def _message(text: str, about: str) -> bytes:
    return about.encode() + b"\n" + text.encode()


def _private(key: bytes) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(hmac.digest(key, b"sign", hashlib.sha256))


def _said(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode()


class Ed25519:
    """A key of 32 bytes that signs whatever it is given: a signer for those who say themselves what is signed."""

    def __init__(self, seed: bytes) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(seed)

    @property
    def public(self) -> bytes:
        """The public key, 32 bytes."""
        return self._key.public_key().public_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        """The signature, 64 bytes."""
        return self._key.sign(message)
