"""What can happen to a case. Tokens are named by their number."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Started:
    """The case begins."""


@dataclass(frozen=True, slots=True)
class TaskCompleted:
    """Someone has done the work of this token."""

    token: int


@dataclass(frozen=True, slots=True)
class TaskCancelled:
    """One instance of a multi-instance task is no longer wanted (the whistle to one body is called off)."""

    token: int


@dataclass(frozen=True, slots=True)
class TaskAdded:
    """One more instance of a multi-instance task is wanted, for `item` (one more body is whistled for).

    `token` is the outer one, which holds the instances.
    """

    token: int
    item: Any


@dataclass(frozen=True, slots=True)
class ServiceAnswered:
    """The handler of this service task has done its work."""

    token: int


@dataclass(frozen=True, slots=True)
class TimerFired:
    """The time of the boundary event `element`, armed on this token, has come."""

    token: int
    element: str


Happening = Started | TaskCompleted | TaskCancelled | TaskAdded | ServiceAnswered | TimerFired
