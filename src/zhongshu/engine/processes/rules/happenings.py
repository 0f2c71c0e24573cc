"""What can happen to a case. Tokens are named by their number."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Started:
    """The case begins, at the start event named or at the process's own."""

    element: str = ""


@dataclass(frozen=True, slots=True)
class TaskCompleted:
    """Someone has done the work of this token."""

    token: int


@dataclass(frozen=True, slots=True)
class TaskCancelled:
    """One instance of a multi-instance task is no longer wanted (the whistle to one body is called off), or one
    signature."""

    token: int


@dataclass(frozen=True, slots=True)
class TaskAdded:
    """One more instance of a multi-instance task is wanted, for `item` (one more body is whistled for).

    `token` is the outer one, which holds the instances.
    """

    token: int
    item: Any


@dataclass(frozen=True, slots=True)
class SignerAdded:
    """Somebody else has to sign (会签) before the open task can be completed; its doer keeps it meanwhile."""

    token: int


@dataclass(frozen=True, slots=True)
class ServiceAnswered:
    """The handler or decision of this token has done its work."""

    token: int


@dataclass(frozen=True, slots=True)
class ServiceFailed:
    """The handler of this token could not do its work, for the reason with that code."""

    token: int
    code: str


@dataclass(frozen=True, slots=True)
class TimerFired:
    """The time of the event `element`, armed on this token, has come."""

    token: int
    element: str


@dataclass(frozen=True, slots=True)
class MessageCame:
    """A message of that name came to this case."""

    name: str


@dataclass(frozen=True, slots=True)
class SignalCame:
    """A signal of that name was given elsewhere."""

    name: str


@dataclass(frozen=True, slots=True)
class DataChanged:
    """The data have changed without any work being done; conditions are looked at anew."""


@dataclass(frozen=True, slots=True)
class Returned:
    """The case goes back from where this token stands to the earlier task `to` (退回)."""

    token: int
    to: str


@dataclass(frozen=True, slots=True)
class Reopened:
    """A case that has ended goes on at the task `to`."""

    to: str


@dataclass(frozen=True, slots=True)
class Moved:
    """The case stands in another version of its process (`moving.place`); `begins` are flows or events whose branch is
    begun, each in the scope that a token holds.
    """

    begins: tuple[tuple[str, int | None], ...] = ()


Happening = (
    Started | TaskCompleted | TaskCancelled | TaskAdded | SignerAdded | ServiceAnswered | ServiceFailed | TimerFired
    | MessageCame | SignalCame | DataChanged | Returned | Reopened | Moved
)  # fmt: skip
