"""What others plug into messages: the way out of the platform."""

from typing import Protocol


class Gateway(Protocol):
    """Takes text to a phone number. Raises when it could not; the message is then tried again later."""

    def send(self, phone: str, text: str, key: str) -> None: ...


gateways: list[Gateway] = []
"""Tried in order; none: messages stay in the platform only."""
