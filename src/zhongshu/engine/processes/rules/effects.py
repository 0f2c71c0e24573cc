"""What a step asks its caller to do, in this order.

Within a case `token` is a key for tasks and service calls, (`token`, `element`) for timers. What begins and
ends within one step is not mentioned at all.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any


@dataclass(frozen=True, slots=True)
class OpenTask:
    """Put the task `element` on someone's list; `item` is what this instance is for, if it is one."""

    token: int
    element: str
    item: Any = None


@dataclass(frozen=True, slots=True)
class WithdrawTask:
    """Take an open task off the list: it was interrupted, called off, or enough others are done."""

    token: int
    element: str


@dataclass(frozen=True, slots=True)
class CallService:
    """Call the handler, in the same transaction, and answer with `ServiceAnswered`.

    Of several calls an earlier one may end a later one: call only while the token is still in the marking.
    """

    token: int
    element: str
    handler: str


@dataclass(frozen=True, slots=True)
class StartTimer:
    """Report `TimerFired` once `duration` has passed."""

    token: int
    element: str
    duration: timedelta


@dataclass(frozen=True, slots=True)
class CancelTimer:
    """Forget the timer: its host has ended otherwise."""

    token: int
    element: str


@dataclass(frozen=True, slots=True)
class Finish:
    """Nothing is left to do; `element` is the end event reached last."""

    element: str


Effect = OpenTask | WithdrawTask | CallService | StartTimer | CancelTimer | Finish
