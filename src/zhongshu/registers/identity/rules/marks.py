"""What a session knows of itself: when it began, was last seen and proved, and by what. Pure."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any

KEY = "identity"
"""Where a session keeps its marks."""
LIFE = timedelta(hours=8)
FRESH = timedelta(minutes=10)
NOTED = timedelta(minutes=5)
"""How old the note of when a session was last seen may grow."""


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of a session; `method` is what it was begun with."""

    began: datetime
    seen: datetime
    proved: datetime
    method: str

    def lives(self, at: datetime, idle: timedelta | None) -> bool:
        """Whether the session goes on: neither older than a working day nor left alone for longer than `idle`."""
        return at < self.began + LIFE and (idle is None or at < self.seen + idle)

    def is_fresh(self, at: datetime) -> bool:
        """Whether who is there was proved just now."""
        return at < self.proved + FRESH

    def due(self, at: datetime) -> bool:
        """Whether it is to be noted that the session is still used."""
        return at >= self.seen + NOTED

    def kept(self) -> dict[str, str]:
        """The marks as a session keeps them."""
        told = asdict(self)
        return {name: value if name == "method" else value.isoformat() for name, value in told.items()}


def begun(method: str, at: datetime) -> Marks:
    """The marks of a session that begins."""
    return Marks(at, at, at, method)


def seen(marks: Marks, at: datetime) -> Marks:
    """The marks of a session that is used."""
    return replace(marks, seen=at)


def proved(marks: Marks, at: datetime) -> Marks:
    """The marks of a session whose visitor has proved again who they are."""
    return replace(marks, seen=at, proved=at)


def read(session: Mapping[str, Any]) -> Marks | None:
    """The marks in a session; None for one without."""
    kept = session.get(KEY)
    if not kept:
        return None
    began, seen, proved = (datetime.fromisoformat(kept[name]) for name in ("began", "seen", "proved"))
    return Marks(began, seen, proved, kept["method"])
