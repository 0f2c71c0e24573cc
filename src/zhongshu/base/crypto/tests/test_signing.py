"""A signature is checked by whoever has the public key, and fits one text for one use."""

import base64
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from zhongshu.base.crypto import sealing, signing

OLD, NEW = bytes(range(32)), bytes(range(1, 33))


@pytest.fixture(autouse=True)
def ring(settings: Any) -> None:
    settings.DATA_KEYS = [OLD]


def test_a_signature_fits_its_text_and_use_alone() -> None:
    signed = signing.sign("text", "proof")
    assert signing.is_signed("text", signed, "proof")
    assert not signing.is_signed("text!", signed, "proof") and not signing.is_signed("text", signed, "other")


def test_it_holds_while_its_key_is_in_the_ring(settings: Any) -> None:
    signed = signing.sign("text", "proof")
    settings.DATA_KEYS = [NEW, OLD]
    assert signing.is_signed("text", signed, "proof")
    settings.DATA_KEYS = [NEW]
    assert not signing.is_signed("text", signed, "proof")


def test_it_is_checked_without_the_platform() -> None:
    public, signature = (base64.urlsafe_b64decode(part) for part in signing.sign("text", "proof").split("."))
    Ed25519PublicKey.from_public_bytes(public).verify(signature, b"proof\ntext")


@pytest.mark.parametrize("nonsense", ["", ".", "abc", "a.b", "?.?"])
def test_nonsense_is_no_signature(nonsense: str) -> None:
    public = signing.public_key(signing.sign("text", "proof"))
    assert not signing.is_signed("text", nonsense, "proof")
    assert not signing.is_signed("text", f"{public}.{nonsense}", "proof")


def test_a_sealed_file_opens_for_its_use_alone(settings: Any) -> None:
    sealed = sealing.seal_bytes(b"PK data", "parcel.1")
    settings.DATA_KEYS = [NEW, OLD]
    assert b"data" not in sealed and sealing.opened_bytes(sealed, "parcel.1") == b"PK data"
    for other, about in ((sealed, "parcel.2"), (sealed[:-1] + b"x", "parcel.1"), (b"short", "parcel.1")):
        with pytest.raises(sealing.Unreadable):
            sealing.opened_bytes(other, about)
