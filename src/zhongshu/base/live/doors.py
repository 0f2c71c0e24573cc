"""What others plug into the feed: who a session belongs to, and which pages are ours."""

from typing import Protocol

from zhongshu.base.live.rules import Filter


class Door(Protocol):
    """Filled in `main/wiring.py`."""

    def filter_of(self, session: str) -> Filter | None:
        """What the holder of this session may see now; None when it is nobody's. May block."""

    def is_ours(self, origin: str, host: str) -> bool:
        """Whether a page of this origin may read a feed reached under this host."""


door: Door
