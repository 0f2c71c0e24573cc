"""What others may plug into documents: where bytes lie."""

from typing import Protocol


class Store(Protocol):
    """Keeps bytes under a key. Keys come from `rules/keys.py`: the same key always means the same bytes."""

    def put(self, key: str, data: bytes) -> None:
        """Keep the bytes for good before returning; a second time changes nothing."""

    def get(self, key: str) -> bytes:
        """The bytes; KeyError when there are none."""

    def delete(self, key: str) -> None:
        """Forget the bytes; nothing happens when there are none."""


store: Store
"""Where documents lie. The app fills it with a folder; `main/wiring.py` may put another in its place."""
