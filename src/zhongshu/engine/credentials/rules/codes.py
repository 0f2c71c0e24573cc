"""A code: `ZS1:`, then base45 of a COSE_Sign1 over claims; 220 to 270 characters, of which QR packs two in 11 bits."""

from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from zhongshu.engine.credentials.rules import base45, claims, keys
from zhongshu.engine.credentials.rules.algorithms import Signer
from zhongshu.engine.credentials.rules.claims import Claims
from zhongshu.engine.credentials.rules.faults import Faulty, Reason
from zhongshu.engine.credentials.rules.status import StatusList

PREFIX = "ZS1:"
MAX_TEXT = 311
"""Characters that a QR code 10-M holds; no code of ours is longer."""
TOLERANCE = timedelta(seconds=30)
"""By how much a verifier's clock may be behind the issuer's."""


@dataclass(frozen=True, slots=True)
class Trust:
    """What a verifier goes by: keys and until when, status lists by (issuer, number), nonces that were used."""

    ring: keys.Ring
    until: datetime
    lists: Mapping[tuple[str, int], StatusList]
    used: Container[bytes] = frozenset()

    @classmethod
    def of(cls, listed: keys.KeyList, *lists: StatusList, used: Container[bytes] = frozenset()) -> "Trust":
        """Made ready of the lists a verifier has fetched."""
        return cls(keys.ring(listed.keys), listed.expires, {(one.issuer, one.number): one for one in lists}, used)


@dataclass(frozen=True, slots=True)
class Verified:
    """The code holds: what it says, and under whose key."""

    claims: Claims
    key: keys.Key


@dataclass(frozen=True, slots=True)
class Refused:
    """The code does not hold; the reason's value is the sentence to show."""

    reason: Reason


def issue(said: Claims, signer: Signer) -> str:
    """The text of a code."""
    return PREFIX + base45.encode(keys.signed(claims.written(said), signer))


def verify(text: str, trust: Trust, at: datetime) -> Verified | Refused:
    """Whether a code holds at a moment, by what the verifier has at hand; answers for any text whatever.

    Who lets a code that is used once pass keeps its nonce and adds it to `used` until the code expires.
    """
    try:
        return _verified(text, trust, at)
    except Faulty as fault:
        return Refused(fault.reason)


def _verified(text: str, trust: Trust, at: datetime) -> Verified:
    data = _bytes(text)
    _must(at <= trust.until, Reason.LIST_TOO_OLD)
    payload, key = keys.opened(data, trust.ring)
    said = claims.read(payload)
    _must(said.issuer == key.issuer, Reason.OTHER_ISSUER)
    _must(key.signs_at(said.issued), Reason.KEY_ENDED)
    _must(said.issued <= at + TOLERANCE, Reason.NOT_YET_VALID)
    _must(at < said.expires, Reason.EXPIRED)
    listed = trust.lists.get((said.issuer, said.place[0]))
    if listed is None or at > listed.expires:
        raise Faulty(Reason.LIST_TOO_OLD)
    _must(not listed.is_revoked(said.place[1]), Reason.REVOKED)
    _must(not (said.nonce and said.nonce in trust.used), Reason.REPLAYED)
    return Verified(said, key)


def _bytes(text: str) -> bytes:
    _must(len(text) <= MAX_TEXT, Reason.TOO_LONG)
    _must(text.startswith(PREFIX), Reason.NOT_OURS)
    try:
        return base45.decode(text[len(PREFIX) :])
    except ValueError:
        raise Faulty(Reason.BROKEN) from None


def _must(holds: bool, reason: Reason) -> None:
    if not holds:
        raise Faulty(reason)
