"""COSE_Sign1 (RFC 9052): a payload with its signature, tagged 18, in the one form we write it."""

from dataclasses import dataclass
from typing import Any

import cbor2

from zhongshu.engine.credentials.rules import cbor
from zhongshu.engine.credentials.rules.algorithms import SIGNATURE_BYTES, Algorithm, Check, Signer
from zhongshu.engine.credentials.rules.faults import Faulty, Reason

ALGORITHM, KEY_ID, TYPE = 1, 4, 16
"""Labels of a header: of RFC 9052, and of RFC 9596 (what kind of thing is signed)."""
_TAG, _BEGIN = 18, b"\xd2\x84"  # the tag, then an array of four


@dataclass(frozen=True, slots=True)
class Sign1:
    """The four parts; `protected` as the bytes that are signed."""

    protected: bytes
    unprotected: dict[Any, Any]
    payload: bytes
    signature: bytes


def header(algorithm: Algorithm, kid: bytes, kind: str = "") -> bytes:
    """The protected header {1: algorithm, 4: key id}, and 16: the kind (a media type), if one is given."""
    said: dict[int, Any] = {ALGORITHM: int(algorithm), KEY_ID: kid}
    return cbor2.dumps(said | ({TYPE: kind} if kind else {}))


def signed(payload: bytes, protected: bytes, signer: Signer) -> bytes:
    """The whole, nothing in its unprotected header."""
    return written(Sign1(protected, {}, payload, signer.sign(to_be_signed(protected, payload))))


def written(sign1: Sign1) -> bytes:
    """The whole of four parts."""
    parts = [sign1.protected, sign1.unprotected, sign1.payload, sign1.signature]
    return cbor2.dumps(cbor2.CBORTag(_TAG, parts))


def read(data: bytes) -> Sign1:
    """The four parts, whatever stands in the headers; Faulty when a byte is other than we would write it."""
    if not data.startswith(_BEGIN):
        raise Faulty(Reason.BROKEN)
    protected, at = cbor.string(data, len(_BEGIN))
    unprotected: Any = {}
    if data[at : at + 1] == b"\xa0":
        at += 1
    else:
        unprotected, at = cbor.item(data, at)
    payload, at = cbor.string(data, at)
    signature, at = cbor.string(data, at)
    if at != len(data):
        raise Faulty(Reason.TRAILING_BYTES)
    if not isinstance(unprotected, dict) or len(signature) != SIGNATURE_BYTES:
        raise Faulty(Reason.BROKEN)
    return Sign1(protected, unprotected, payload, signature)


def to_be_signed(protected: bytes, payload: bytes, external: bytes = b"") -> bytes:
    """What is signed: the Sig_structure of RFC 9052, 4.4."""
    return cbor2.dumps(["Signature1", protected, external, payload])


def is_signed(sign1: Sign1, algorithm: Algorithm, check: Check, external: bytes = b"") -> bool:
    """Whether a key of this algorithm signed it: the protected header has to name the algorithm."""
    said = cbor.read(sign1.protected)
    if not isinstance(said, dict) or said.get(ALGORITHM) != algorithm:
        return False
    return check(to_be_signed(sign1.protected, sign1.payload, external), sign1.signature)
