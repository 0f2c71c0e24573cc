"""Who may sign codes: keys with their lives, in a list that a root key signs and verifiers keep.

A key is replaced by one whose life begins before the other's ends. One that was stolen is given an end: what it signed
later is refused. A thief may write an earlier moment into a code: an end before the key's beginning refuses all of it.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import cbor2

from zhongshu.engine.credentials.rules import algorithms, cbor, cose
from zhongshu.engine.credentials.rules.algorithms import Algorithm, Check, Signer
from zhongshu.engine.credentials.rules.faults import Faulty, Reason

KIND = "application/zhongshu-keys+cwt"
"""What a signed list of keys says it is."""
EXPIRES, ISSUED, OURS = 4, 6, -65537
KID_BYTES = 8
_ROW = (int, bytes, str, int, int)
PUBLIC_BYTES: dict[int, int] = {Algorithm.ED25519: 32, Algorithm.ES256: 65, Algorithm.SM2: 65}


@dataclass(frozen=True, slots=True)
class Key:
    """A raw public key of an issuer, and the aware moments from which and before which it signs."""

    algorithm: Algorithm
    public: bytes
    issuer: str
    begins: datetime
    ends: datetime

    def signs_at(self, moment: datetime) -> bool:
        """Whether what was signed at a moment counts."""
        return self.begins <= moment < self.ends


@dataclass(frozen=True, slots=True)
class KeyList:
    """All keys whose codes may still be shown; verifiers go by it until it expires, with a network or without."""

    issued: datetime
    expires: datetime
    keys: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """A key made ready to check with."""

    key: Key
    check: Check


Ring = Mapping[bytes, Held]
"""Keys by the whole protected header of what they sign: a header that says anything else finds none."""


def kid(public: bytes) -> bytes:
    """How a key is called: the first bytes of its hash."""
    return hashlib.sha256(public).digest()[:KID_BYTES]


def ring(keys: Iterable[Key], kind: str = "") -> dict[bytes, Held]:
    """The keys by the headers of things of a kind ("": codes); ValueError when one is no key of its algorithm."""
    found = {}
    for key in keys:
        held = Held(key, algorithms.check(key.algorithm, key.public))
        found[cose.header(key.algorithm, kid(key.public), kind)] = held
    return found


def signed(payload: bytes, signer: Signer, kind: str = "") -> bytes:
    """A payload in its signed envelope."""
    return cose.signed(payload, cose.header(signer.algorithm, kid(signer.public), kind), signer)


def opened(data: bytes, ring: Ring) -> tuple[bytes, Key]:
    """The payload and whose it is; Faulty unless a key of the ring signed these very bytes."""
    sign1 = cose.read(data)
    held = ring.get(sign1.protected)
    if held is None or sign1.unprotected:
        raise Faulty(_fault(sign1, ring))
    if not held.check(cose.to_be_signed(sign1.protected, sign1.payload), sign1.signature):
        raise Faulty(Reason.BROKEN)
    return sign1.payload, held.key


def _fault(sign1: cose.Sign1, ring: Ring) -> Reason:
    """What is wrong with headers that no key of ours would have."""
    said = cbor.read(sign1.protected)
    if cose.KEY_ID in sign1.unprotected:
        return Reason.KID_MOVED
    if not isinstance(said, dict) or cose.KEY_ID not in said:
        return Reason.BROKEN
    key = next((held.key for held in ring.values() if kid(held.key.public) == said[cose.KEY_ID]), None)
    if key is None:
        return Reason.OTHER_ISSUER
    return Reason.BROKEN if said.get(cose.ALGORITHM) == key.algorithm else Reason.ALGORITHM_SWAPPED


def written(listed: KeyList, root: Signer) -> bytes:
    """The list as it goes to verifiers, signed by the root; ValueError when it is longer than they read."""
    if len(listed.keys) > cbor.ITEMS:
        raise ValueError("too many keys for one list")
    rows = [[int(k.algorithm), k.public, k.issuer, _seconds(k.begins), _seconds(k.ends)] for k in listed.keys]
    said = {EXPIRES: _seconds(listed.expires), ISSUED: _seconds(listed.issued), OURS: rows}
    return signed(cbor2.dumps(said), root, KIND)


def read(data: bytes, root: Key, at: datetime) -> KeyList:
    """The list; Faulty when the root did not sign it, or it is too old to go by."""
    payload, _ = opened(data, ring([root], KIND))
    listed = _listed(cbor.read(payload))
    if listed.expires < at:
        raise Faulty(Reason.LIST_TOO_OLD)
    return listed


def newer(held: KeyList, offered: KeyList) -> KeyList:
    """Which of two lists to go by: an older one that is shown again brings no ended key back."""
    return offered if offered.issued > held.issued else held


def _listed(said: Any) -> KeyList:
    try:
        return KeyList(_moment(said[ISSUED]), _moment(said[EXPIRES]), tuple(map(_key, said[OURS])))
    except (KeyError, TypeError, ValueError, OverflowError, OSError):
        raise Faulty(Reason.BROKEN) from None


def _key(row: Any) -> Key:
    algorithm, public, issuer, begins, ends = row
    if tuple(map(type, row)) != _ROW or len(public) != PUBLIC_BYTES[algorithm]:
        raise TypeError("a row of other types, or a key of another length")
    return Key(Algorithm(algorithm), public, issuer, _moment(begins), _moment(ends))


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
