"""Text at rest that the database alone does not tell, under a ring of keys."""

import base64
import hashlib
import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

KEY_BYTES = 32
_NONCE_BYTES = 12
_NAME_CHARACTERS = 8


class Unreadable(Exception):
    """A sealed value that no key of the ring opens, or that was sealed for another use."""


def seal(text: str, about: str) -> str:
    """The text sealed under the newest key, for one use only: `about` names the column it is kept in."""
    key = settings.DATA_KEYS[0]
    nonce = os.urandom(_NONCE_BYTES)
    sealed = nonce + AESGCM(key).encrypt(nonce, text.encode(), about.encode())
    return f"{_name(key)}:{base64.urlsafe_b64encode(sealed).decode()}"


def opened(sealed: str, about: str) -> str:
    """What was sealed; Unreadable when its key is not in the ring, or it was altered or moved."""
    name, _, rest = sealed.partition(":")
    key = next((key for key in settings.DATA_KEYS if _name(key) == name), None)
    if key is None:
        raise Unreadable(f"no key {name[:_NAME_CHARACTERS]} in the ring")
    try:
        whole = base64.urlsafe_b64decode(rest)
        return AESGCM(key).decrypt(whole[:_NONCE_BYTES], whole[_NONCE_BYTES:], about.encode()).decode()
    except (InvalidTag, ValueError):
        raise Unreadable(f"altered, or not sealed for {about}") from None


def seal_bytes(data: bytes, about: str) -> bytes:
    """The same for a file: the key's name, then the sealed bytes."""
    key = settings.DATA_KEYS[0]
    nonce = os.urandom(_NONCE_BYTES)
    return _name(key).encode() + nonce + AESGCM(key).encrypt(nonce, data, about.encode())


def opened_bytes(sealed: bytes, about: str) -> bytes:
    """The file that was sealed, in the terms of `opened`."""
    name, rest = sealed[:_NAME_CHARACTERS].decode(errors="replace"), sealed[_NAME_CHARACTERS:]
    key = next((key for key in settings.DATA_KEYS if _name(key) == name), None)
    if key is None:
        raise Unreadable(f"no key {name} in the ring")
    try:
        return AESGCM(key).decrypt(rest[:_NONCE_BYTES], rest[_NONCE_BYTES:], about.encode())
    except (InvalidTag, ValueError):
        raise Unreadable(f"altered, or not sealed for {about}") from None


def is_newest(sealed: str) -> bool:
    """Whether the value is sealed under the newest key; else it is to be sealed anew before its key may go."""
    return sealed.startswith(_name(settings.DATA_KEYS[0]) + ":")


def marks(text: str, about: str) -> list[bytes]:
    """Keyed hashes (32 bytes) to find a sealed text by, of every key, newest first: keep the first, look for all."""
    return [hmac.digest(_apart(key, about), text.encode(), hashlib.sha256) for key in settings.DATA_KEYS]


def newest_name() -> str:
    """The name of the newest key, which stands before the colon of what it seals."""
    return _name(settings.DATA_KEYS[0])


def names() -> list[str]:
    """The names of the ring's keys, newest first."""
    return [_name(key) for key in settings.DATA_KEYS]


def _name(key: bytes) -> str:
    return hashlib.sha256(b"name" + key).hexdigest()[:_NAME_CHARACTERS]


def _apart(key: bytes, about: str) -> bytes:
    """A key for this use alone, so that a hash in one column says nothing about another."""
    return hmac.digest(key, b"mark:" + about.encode(), hashlib.sha256)
