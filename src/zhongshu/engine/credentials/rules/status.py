"""Which codes were revoked: a bit each, packed and signed (Token Status List, draft-ietf-oauth-status-list, as CWT).

A code's place in the list is drawn by chance, so neighbours say nothing of each other. Two and a half million codes of
which one in a thousand is revoked are some five and a half kilobytes.
"""

import zlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import cbor2

from zhongshu.engine.credentials.rules import cbor, keys
from zhongshu.engine.credentials.rules.algorithms import Signer
from zhongshu.engine.credentials.rules.claims import PLACES
from zhongshu.engine.credentials.rules.faults import Faulty, Reason

KIND = "application/statuslist+cwt"
"""What a signed status list says it is."""
ISSUER, SUBJECT, EXPIRES, ISSUED, LIST, FRESH = 1, 2, 4, 6, 65533, 65534
"""Names of the draft's claims: iss, sub, exp, iat, status_list, ttl."""
_NAME = "urn:zhongshu:status:"
_LIMIT = PLACES // 8
_CHUNK = 1 << 14


@dataclass(frozen=True, slots=True)
class StatusList:
    """One issuer's list by its number. `packed` is as it is signed, `bits` unpacked, where there is room for it.

    It is to be fetched anew after `fresh`, and not gone by after `expires`.
    """

    issuer: str
    number: int
    issued: datetime
    expires: datetime
    fresh: timedelta
    packed: bytes
    bits: bytes = b""

    def unpacked(self) -> "StatusList":
        """The same with its bits at hand: quick to ask, one byte for eight codes."""
        return replace(self, bits=unpack(self.packed))

    def is_revoked(self, place: int) -> bool:
        """Whether the code at a place is revoked; Faulty when the list has no such place."""
        if not self.bits:
            return bit(self.packed, place)
        if place >> 3 >= len(self.bits):
            raise Faulty(Reason.BROKEN)
        return bool(self.bits[place >> 3] >> (place & 7) & 1)


def pack(places: int, revoked: Iterable[int]) -> bytes:
    """A list of so many places, those revoked set; the lowest bit of a byte is the first (draft, section 4.1)."""
    bits = bytearray((places + 7) // 8)
    for place in revoked:
        bits[place >> 3] |= 1 << (place & 7)
    return zlib.compress(bytes(bits), 9)


def unpack(packed: bytes) -> bytes:
    """All bits; Faulty when they are more than a list may have, or anything is missing or follows."""
    reader = zlib.decompressobj()
    try:
        bits = reader.decompress(packed, _LIMIT)
    except zlib.error:
        raise Faulty(Reason.BROKEN) from None
    if not reader.eof or reader.unused_data:
        raise Faulty(Reason.BROKEN)
    return bits


def bit(packed: bytes, place: int) -> bool:
    """One bit, unpacking what comes before it by and by and nothing after it: sixteen kilobytes at a time."""
    reader, rest, before = zlib.decompressobj(), packed, place >> 3
    try:
        while not reader.eof:
            chunk = reader.decompress(rest, _CHUNK)
            if before < len(chunk):
                return bool(chunk[before] >> (place & 7) & 1)
            before, rest = before - len(chunk), reader.unconsumed_tail
            if not chunk and not rest:
                break
    except zlib.error:
        pass
    raise Faulty(Reason.BROKEN)


def written(listed: StatusList, signer: Signer) -> bytes:
    """The list as verifiers fetch it."""
    said = {
        ISSUER: listed.issuer,
        SUBJECT: f"{_NAME}{listed.number}",
        EXPIRES: int(listed.expires.timestamp()),
        ISSUED: int(listed.issued.timestamp()),
        LIST: {"lst": listed.packed, "bits": 1},
        FRESH: int(listed.fresh.total_seconds()),
    }
    return keys.signed(cbor2.dumps(said), signer, KIND)


def read(data: bytes, ring: keys.Ring, at: datetime) -> StatusList:
    """The list; Faulty when no key of the ring (made for this KIND) signed it for its own issuer, or it is too old."""
    payload, key = keys.opened(data, ring)
    try:
        listed = _listed(cbor.read(payload))
    except (ValueError, OverflowError, OSError):  # a moment that no calendar has; or Faulty
        raise Faulty(Reason.BROKEN) from None
    if listed.issuer != key.issuer:
        raise Faulty(Reason.OTHER_ISSUER)
    if not key.signs_at(listed.issued):
        raise Faulty(Reason.KEY_ENDED)
    if listed.expires < at:
        raise Faulty(Reason.LIST_TOO_OLD)
    return listed


def newer(held: StatusList, offered: StatusList) -> StatusList:
    """Which of two of one number to go by: an older one that is shown again takes no revocation back."""
    return offered if offered.issued > held.issued else held


def _listed(said: Any) -> StatusList:
    match said:
        case {
            1: str(issuer), 2: str(name), 4: int(expires), 6: int(issued), 65533: {"lst": bytes(packed), "bits": 1},
            65534: int(fresh),
        } if name.startswith(_NAME) and name[len(_NAME) :].isdecimal():  # fmt: skip
            moments = datetime.fromtimestamp(issued, UTC), datetime.fromtimestamp(expires, UTC)
            return StatusList(issuer, int(name[len(_NAME) :]), *moments, timedelta(seconds=fresh), packed)
    raise Faulty(Reason.BROKEN)
