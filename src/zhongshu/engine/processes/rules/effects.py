"""What a step asks its caller to do, in this order.

Within a case `token` is a key for tasks, service calls and decisions, (`token`, `element`) for timers. What begins
and ends within one step is not mentioned at all.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from zhongshu.base.calendar.rules import Term


@dataclass(frozen=True, slots=True)
class OpenTask:
    """Put the task `element` on someone's list.

    `item` is what the instance it belongs to is for, if there is one; `signs` the task it is a signature to.
    """

    token: int
    element: str
    item: Any = None
    signs: int | None = None


@dataclass(frozen=True, slots=True)
class WithdrawTask:
    """Take an open task off the list: it was interrupted, called off, or enough others are done."""

    token: int
    element: str


@dataclass(frozen=True, slots=True)
class CallService:
    """Call the handler, in the same transaction, and answer with `ServiceAnswered` or `ServiceFailed`.

    Of several calls an earlier one may end a later one: call only while the token is still in the marking.
    """

    token: int
    element: str
    handler: str


@dataclass(frozen=True, slots=True)
class Decide:
    """Ask the decision, and answer with `ServiceAnswered`; like a call, only while the token is there."""

    token: int
    element: str
    decision: str


@dataclass(frozen=True, slots=True)
class Note:
    """Keep a value among the data; what follows in this step has seen it there."""

    name: str
    value: Any


@dataclass(frozen=True, slots=True)
class StartTimer:
    """Report `TimerFired` once the wait is over: a length of time, a term on the calendar, or a moment."""

    token: int
    element: str
    wait: timedelta | Term | datetime


@dataclass(frozen=True, slots=True)
class CancelTimer:
    """Forget the timer: what it was for has ended otherwise."""

    token: int
    element: str


@dataclass(frozen=True, slots=True)
class Send:
    """Send the message of that name from the event `element`."""

    element: str
    message: str


@dataclass(frozen=True, slots=True)
class Broadcast:
    """Let other cases hear the signal; in this one everybody has."""

    element: str
    signal: str


@dataclass(frozen=True, slots=True)
class Finish:
    """Nothing is left to do; `element` is the end event reached last."""

    element: str


Effect = OpenTask | WithdrawTask | CallService | Decide | Note | StartTimer | CancelTimer | Send | Broadcast | Finish
