"""What a certificate of destruction says, as the text that is signed. Pure."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

import msgspec

ABOUT = "privacy.certificate"
"""What the signature is for: one made for anything else does not fit."""


class Said(msgspec.Struct, frozen=True, order=True):
    """Why (`law`, or the retention term that was over), when, on whose decision, and of each kind how many of what."""

    id: UUID
    at: datetime
    reason: str
    decider: str
    counts: dict[str, dict[str, int]]


def text(id: UUID, at: datetime, reason: str, decider: str, counts: Mapping[str, Mapping[str, int]]) -> str:
    """The certificate as canonical JSON: sorted names, no blanks."""
    said = Said(id, at, reason, decider, {kind: dict(counted) for kind, counted in counts.items()})
    return msgspec.json.encode(said, order="deterministic").decode()


def read(text: str) -> Said:
    """What a certificate's text says."""
    return msgspec.json.decode(text, type=Said)
