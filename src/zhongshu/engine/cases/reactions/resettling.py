"""What a body that was moved sets going."""

from zhongshu.base.journal.rules.entries import Read
from zhongshu.engine.cases.actions import resettling

MOVED = frozenset({"people.body_moved"})


def body_moved(entry: Read) -> None:
    """Have the open cases under the body come under the bodies that are over it now."""
    resettling.ask_resettling(entry.id, int(entry.subject), at=entry.at)
