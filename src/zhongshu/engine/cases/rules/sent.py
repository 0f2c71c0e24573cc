"""An act that reaches us later than it was done, and perhaps twice: from a telephone that had no network. Pure.

The entry of the journal keeps when the platform learnt of it, so that the times of a case never run backwards and what
follows (the next person's deadline, timers, figures) begins when somebody could know of it. When it was done stands in
the entry as `done` and counts for the doer: the task's own times, and those of what was attached.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

OLDEST = timedelta(hours=24)
"""How long after it was done an act may come in and still count from that moment."""
AT_ONCE = timedelta(minutes=1)
"""What takes no longer than this on its way was done when it came."""


@dataclass(frozen=True, slots=True)
class Sent:
    """How an act came: under the sender's own `key` (sent twice it is one act), `done` when, if not just now."""

    key: str = ""
    done: datetime | None = None


DIRECT = Sent()


def moment(sent: Sent, began: datetime, at: datetime) -> datetime:
    """When an act counts as done.

    That is what the sender says, if it lies neither in the future, nor before the thing it was done to `began`, nor
    more than a day back; else when it came (`at`).
    """
    if sent.done is None or not max(began, at - OLDEST) <= sent.done <= at - AT_ONCE:
        return at
    return sent.done


def said(sent: Sent, counted: datetime, at: datetime) -> dict[str, Any]:
    """What the entry says of it: the key, the moment it counts from, and a moment that was given but not believed."""
    late = sent.done is not None and sent.done <= at - AT_ONCE
    return (
        ({"key": sent.key} if sent.key else {})
        | ({"done": counted} if counted != at else {})
        | ({"given": sent.done} if late and counted == at else {})
    )
