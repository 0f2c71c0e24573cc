"""One-time codes sent to a telephone. Pure."""

from datetime import datetime, timedelta

LIVES = timedelta(minutes=5)
TRIES = 5
DIGITS = 6


def alive(sent: datetime, at: datetime) -> bool:
    """Whether a code sent then may still be entered."""
    return sent <= at < sent + LIVES


def typed(text: str) -> str:
    """A code as typed, without blanks, full-width digits made plain; empty when it cannot be one."""
    found = "".join(text.split())
    return f"{int(found):0{DIGITS}}" if len(found) == DIGITS and found.isdecimal() else ""
