"""What a step reads and what it changes, as plain values. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from zhongshu.engine.processes.rules.marking import Marking

WHOLE = 0
"""Stands for the case itself where a task's token would stand; tokens begin at 1."""


@dataclass(frozen=True, slots=True)
class OpenTask:
    """A task that waits for somebody, as stored; of a new one `alarm` and `by_rule` (a rule chose who) are known.

    `signs` is the task it is a signature to, if it is one.
    """

    token: int
    element: str
    phase: str
    role: str
    pool: int
    assignee: str | None
    opened: datetime
    due: datetime | None
    claimed: datetime | None = None
    arrived: datetime | None = None
    taken_from: tuple[str, ...] = ()
    delegate: str | None = None
    signs: int | None = None
    alarm: datetime | None = None
    by_rule: bool = False

    def is_with(self, account: str) -> bool:
        """Whether this account has the task: answers for it, or does it for who does."""
        return account in (self.assignee, self.delegate)


@dataclass(frozen=True, slots=True)
class Held:
    """A case under its lock: all a step needs to know. `stopped` is since when its clock stands still, if it does.

    `tentative`: read without the lock; what is written from it counts only if nothing has come between.
    """

    id: UUID
    number: str
    scenario: str
    version: int
    category: str
    title: str
    phase: str
    source: str
    opened: datetime
    due: datetime | None
    closed: datetime | None
    place: int
    lon: float | None
    lat: float | None
    body: int | None
    reach: tuple[int, ...]
    data: Mapping[str, Any]
    marking: Marking
    revision: int
    tasks: tuple[OpenTask, ...] = ()
    stopped: datetime | None = None
    tentative: bool = False

    def task(self, token: int) -> OpenTask | None:
        """The open task of this token, if it is still open."""
        return next((task for task in self.tasks if task.token == token), None)

    def left(self, reach: Iterable[int]) -> list[int]:
        """The ancestors the case has now and will not have under `reach`."""
        return sorted({*self.reach} - {*reach})

    def joined(self, reach: Iterable[int]) -> list[int]:
        """The ancestors the case will have under `reach` and has not now."""
        return sorted({*reach} - {*self.reach})


@dataclass(frozen=True, slots=True)
class Done:
    """A task that ends: done by somebody with an outcome, or withdrawn. `at`: when, if not with the step itself."""

    token: int
    ending: str
    by: str | None
    outcome: Mapping[str, Any] | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Signer:
    """Who is asked to sign a task, by when: an account, or whoever leads the body of a pool (below zero)."""

    account: str | None
    pool: int
    due: datetime | None


@dataclass(slots=True)
class Change:
    """Everything one step alters; written in one transaction with one journal entry.

    `sent`: the messages and signals it gave; `awaits`: those the case listens to after it. `signer`: whom it
    asks to sign. `asked` and `unasked`: the bodies that were asked for an answer of their own, and those from whom none
    is awaited any more, as entries say it.
    """

    marking: Marking
    data: dict[str, Any]
    phase: str
    body: int | None
    reach: tuple[int, ...]
    closed: datetime | None = None
    done: list[Done] = field(default_factory=list)
    opened: list[OpenTask] = field(default_factory=list)
    timers: list[tuple[int, str, datetime]] = field(default_factory=list)
    cancelled: list[tuple[int, str]] = field(default_factory=list)
    served: dict[str, Any] = field(default_factory=dict)
    sent: list[dict[str, str]] = field(default_factory=list)
    awaits: tuple[str, ...] = ()
    signer: Signer | None = None
    asked: list[dict[str, Any]] = field(default_factory=list)
    unasked: list[dict[str, Any]] = field(default_factory=list)


def told(held: Held, change: Change) -> dict[str, Any]:
    """What every entry of a step says: where the case went, what it left and joined, and the tasks that opened."""
    news = {name: told for name in ("sent", "asked", "unasked") if (told := getattr(change, name))}
    return news | {
        "number": held.number, "category": held.category, "place": held.place, "phase": [held.phase, change.phase],
        "body": change.body, "before": held.body, "left": held.left(change.reach), "joined": held.joined(change.reach),
        "served": change.served, "finished": change.closed is not None,
        "late": bool(change.closed and held.due and change.closed > held.due),
        "tasks": [{"token": t.token, "element": t.element, "assignee": t.assignee} | _lent(t) for t in change.opened],
    }  # fmt: skip


def _lent(task: OpenTask) -> dict[str, str]:
    return {"delegate": task.delegate} if task.delegate else {}
