"""How an entry is committed to, and what a chain of entries must look like. Pure.

The leaf of an entry is SHA-256 over a random salt and the entry's canonical content. The salt makes the leaf say
nothing about content that was destroyed, so personal data can go while the chain stays whole (the Merkle tree over the
same leaves is RFC 6962's). A subject's head grows as `head = SHA-256(head || leaf)`, starting from the empty string.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

import msgspec

SALT_BYTES = 16
START = b""


def canonical(body: Any) -> str:
    """The one spelling of a body: JSON with sorted keys. Dates, UUIDs and decimals become text."""
    return msgspec.json.encode(body, order="deterministic").decode()


@dataclass(frozen=True, slots=True)
class Content:
    """What an entry says: everything that is committed to."""

    kind: str
    subject: str
    verb: str
    actor: str
    behalf: str | None
    at: datetime
    reach: tuple[int, ...]
    body: str

    def leaf(self, salt: bytes) -> bytes:
        """The salted commitment, 32 bytes."""
        moment = self.at.astimezone(UTC).isoformat(timespec="microseconds")
        fields = [self.kind, self.subject, self.verb, self.actor, self.behalf, moment, sorted(self.reach)]
        return hashlib.sha256(salt + msgspec.json.encode([*fields, self.body])).digest()


def grow(head: bytes, leaf: bytes) -> bytes:
    """The head after one more leaf."""
    return hashlib.sha256(head + leaf).digest()


@dataclass(frozen=True, slots=True)
class Row:
    """A stored entry as the check reads it. `content` is None where personal data was destroyed."""

    number: int
    leaf: bytes
    salt: bytes | None
    content: Content | None


Fault = Literal["missing", "altered", "count", "head"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What does not agree with the record, and at which entry of which subject."""

    kind: str
    subject: str
    number: int
    fault: Fault


def check(kind: str, subject: str, rows: Iterable[Row], count: int, head: bytes) -> list[Finding]:
    """Findings for one subject: rows in order against the count and head it keeps."""
    findings: list[Finding] = []
    grown, expected = START, 1
    for row in rows:
        if row.number != expected:
            findings.append(Finding(kind, subject, expected, "missing"))
        if row.content is not None and (row.salt is None or row.content.leaf(row.salt) != row.leaf):
            findings.append(Finding(kind, subject, row.number, "altered"))
        grown, expected = grow(grown, row.leaf), row.number + 1
    if expected - 1 != count:
        findings.append(Finding(kind, subject, expected, "count"))
    elif grown != head and not findings:
        findings.append(Finding(kind, subject, count, "head"))
    return findings


class Read(msgspec.Struct, frozen=True):
    """An entry as readers get it; `place` is where a cursor stands after it."""

    id: int
    xid: str
    kind: str
    subject: str
    number: int
    verb: str
    actor: str
    behalf: str | None
    at: datetime
    reach: list[int]
    body: str | None

    @property
    def place(self) -> tuple[str, int]:
        return self.xid, self.id

    @property
    def facts(self) -> dict[str, Any]:
        """The body as data; empty where it was destroyed."""
        return msgspec.json.decode(self.body) if self.body else {}
