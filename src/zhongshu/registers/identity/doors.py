"""What is plugged into signing in: the ways people come from elsewhere, and who sends codes to telephones."""

from datetime import datetime
from typing import Protocol

from zhongshu.registers.identity.models import Source
from zhongshu.registers.identity.rules.attempts import Attempt
from zhongshu.registers.identity.rules.claims import Claims


class Way(Protocol):
    """How one kind of source is spoken with. Every request goes out through `base.http.outgoing`."""

    def authorize_url(self, source: Source, attempt: Attempt, state: str, back: str) -> str:
        """Where the browser is sent; it comes back to `back` with `state`."""
        ...

    def exchange(self, source: Source, attempt: Attempt, answer: dict[str, str], back: str, at: datetime) -> Claims:
        """Who came, from what the browser brought back. Refused with a sentence when anything does not fit."""
        ...

    def leave_url(self, source: Source, back: str) -> str:
        """Where to go to sign out there too; empty when the source has no such place."""
        ...


class Sender(Protocol):
    """Takes a text message to a telephone. What it raises is told to the visitor as: not sent, try again."""

    def send(self, phone: str, sentence: str) -> None: ...


ways: dict[str, Way] = {}
"""Kind of source → how it is spoken with."""


class Doors:
    """Filled in `main/wiring.py`."""

    sender: Sender | None = None


doors = Doors()
