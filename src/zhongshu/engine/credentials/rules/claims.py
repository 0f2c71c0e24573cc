"""What a code says of its holder: the least that a gate or a counter needs, and nothing to find a person by.

The subject is a number drawn by chance for this code alone. It is never made of an identity number: those of all elders
of a district can be tried in seconds, and a key that verifiers hold would be no secret.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import IntEnum
from typing import Any

import cbor2

from zhongshu.engine.credentials.rules import cbor
from zhongshu.engine.credentials.rules.faults import Faulty, Reason

ISSUER, SUBJECT, EXPIRES, ISSUED, NONCE = 1, 2, 4, 6, 7
"""Names of RFC 8392 (iss, sub, exp, iat, cti)."""
OURS = -65537
"""The first name of those for private use: [kind, masked name, last four, status list, place in it]."""
SUBJECT_BYTES, NONCE_BYTES = 16, 8
_SHAPES = {
    (ISSUER, SUBJECT, EXPIRES, ISSUED, OURS): (str, bytes, int, int, list),
    (ISSUER, SUBJECT, EXPIRES, ISSUED, NONCE, OURS): (str, bytes, int, int, bytes, list),
}
_OURS_SHAPE = (int, str, str, int, int)
LISTS, PLACES = 1 << 16, 1 << 24
"""Status lists there can be, and places in one."""
_ISSUER = re.compile(r"[0-9A-Za-z.-]{1,18}")
_TAIL = re.compile(r"[0-9]{3}[0-9X]")
_MASKED = re.compile(r"[^*]\*{0,2}")  # as `people.rules.spelling.masked_name` shows a name


class Kind(IntEnum):
    """What the code is for."""

    SCREEN = 1  # 办事码、通行码：shown on a screen
    PRINTED = 2  # a printed pass
    LICENCE = 3  # a licence shown to a counter or a firm


LIFE = {Kind.SCREEN: timedelta(seconds=60), Kind.PRINTED: timedelta(days=7), Kind.LICENCE: timedelta(seconds=60)}
"""How long a code lives at most. What lives long is used many times, the others once: they carry a nonce."""
ONCE = {Kind.SCREEN, Kind.LICENCE}


class Invalid(ValueError):
    """Claims that no code may carry."""


@dataclass(frozen=True, slots=True)
class Claims:
    """`place` is (number of the status list, place in it); both moments are aware, in whole seconds."""

    issuer: str
    kind: Kind
    subject: bytes
    name: str
    tail: str
    place: tuple[int, int]
    issued: datetime
    expires: datetime
    nonce: bytes = b""

    def __post_init__(self) -> None:
        fault = next((said for said, holds in _demands(self) if not holds), "")
        if fault:
            raise Invalid(fault)


def _demands(claims: Claims) -> tuple[tuple[str, bool], ...]:
    number, place = claims.place
    life = claims.expires - claims.issued
    return (
        ("the issuer is at most 18 letters, digits, dots or dashes", _ISSUER.fullmatch(claims.issuer) is not None),
        ("the subject is 16 bytes", len(claims.subject) == SUBJECT_BYTES),
        ("the name is masked", _MASKED.fullmatch(claims.name) is not None),
        ("of the number, the last four characters", _TAIL.fullmatch(claims.tail) is not None),
        ("the place is in a status list", 0 <= number < LISTS and 0 <= place < PLACES),
        ("whole seconds", not claims.issued.microsecond and not claims.expires.microsecond),
        ("a life as long as the kind allows", timedelta() < life <= LIFE[claims.kind]),
        ("a nonce if it is used once", len(claims.nonce) == (NONCE_BYTES if claims.kind in ONCE else 0)),
    )


def written(claims: Claims) -> bytes:
    """The payload: a map in the order that RFC 8949, 4.2.1 gives its keys."""
    said: dict[int, Any] = {
        ISSUER: claims.issuer,
        SUBJECT: claims.subject,
        EXPIRES: int(claims.expires.timestamp()),
        ISSUED: int(claims.issued.timestamp()),
    }
    if claims.nonce:
        said[NONCE] = claims.nonce
    said[OURS] = [int(claims.kind), claims.name, claims.tail, *claims.place]
    return cbor2.dumps(said)


def read(payload: bytes) -> Claims:
    """The claims; Faulty unless writing them again gives the same bytes."""
    try:
        claims = _claims(cbor2.loads(payload))
        if claims and written(claims) == payload:
            return claims
    except (cbor2.CBORDecodeError, ValueError, OverflowError, OSError):
        pass  # why is said below, as exactly as can be
    cbor.read(payload)
    raise Faulty(Reason.BROKEN)


def _claims(said: Any) -> Claims | None:
    """The claims of a map that has just our items, each of just its type: `True` is not the number one."""
    if type(said) is not dict or _types(said.values()) != _SHAPES.get(tuple(said)):
        return None
    issuer, subject, expires, issued, *nonce, ours = said.values()
    if _types(ours) != _OURS_SHAPE:
        return None
    kind, name, tail, number, place = ours
    moments = datetime.fromtimestamp(issued, UTC), datetime.fromtimestamp(expires, UTC)
    return Claims(issuer, Kind(kind), subject, name, tail, (number, place), *moments, *nonce)


def _types(values: Iterable[Any]) -> tuple[type, ...]:
    return tuple(map(type, values))
