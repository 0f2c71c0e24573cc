"""What becomes of sessions when something happened to their account."""

from zhongshu.base.journal.rules.entries import Read
from zhongshu.base.permissions.rules import SYSTEM
from zhongshu.registers.identity import actions

CLOSING = frozenset({"people.account_closed"})


def close(entry: Read) -> None:
    """End the sessions of an account that was closed; it is nobody's already, this tidies up."""
    actions.end_sessions(entry.subject, by=SYSTEM, at=entry.at)
