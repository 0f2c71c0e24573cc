"""What may be done to a trial, as plain data: what a page keeps and an author writes into a file.

Each step has the moment it is done at; without one it is done at the moment the clock shows. A task is named as the
drawing names it; where several of that name are open, `body` says whose it is, or `token` which one. `by` is a person
of the town or a role; without one it is done by the first who may.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Any

import msgspec

from zhongshu.base.http.refusals import Invalid

Moment = Annotated[datetime, msgspec.Meta(tz=True)]
"""A moment says its zone."""
MOST_STEPS = 200
"""A trial that long is no example any more."""


class Outcome(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What a service task answers; or that it fails, with the code its error event has."""

    answer: dict[str, Any] = {}
    failed: str = ""


class Begin(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The case begins. `answers` are to the scenario's questionnaire, `facts` what its source knows besides.

    `outcomes`: what service tasks answer, by element; those nobody chose for do what is usual in the town.
    """

    at: Moment
    answers: dict[str, Any] = {}
    source: str = "public"
    category: str = ""
    text: str = ""
    facts: dict[str, Any] = {}
    outcomes: dict[str, Outcome] = {}


class _Step(
    msgspec.Struct,
    frozen=True,
    forbid_unknown_fields=True,
    kw_only=True,
    tag_field="do",
    tag=str.lower,
    omit_defaults=True,
):
    at: Moment | None = None


class OnTask(_Step, frozen=True, kw_only=True):
    """What is done from an open task."""

    task: str = ""
    body: int | None = None
    token: int | None = None
    by: str = ""


class Choose(_Step, frozen=True, kw_only=True):
    """From now on the service task answers so."""

    element: str
    outcome: Outcome


class Complete(OnTask, frozen=True, kw_only=True):
    """Somebody completes a task; `away` is how many metres from the case they stand, None with no position."""

    answers: dict[str, Any] = {}
    away: float | None = 0.0


class Push(_Step, frozen=True, kw_only=True):
    """The clock goes on to `to`; all that is due until then happens, in order."""

    to: Moment


class Return(OnTask, frozen=True, kw_only=True):
    """The case goes back from a task to the earlier task `to`."""

    to: str
    reason: str


class Reopen(_Step, frozen=True, kw_only=True):
    """A closed case is opened again at the task `to`."""

    to: str
    reason: str


class Ask(OnTask, frozen=True, kw_only=True):
    """The applicant is asked, from a task, for all that is missing: pairs of what and why."""

    items: list[tuple[str, str]]


class Supply(_Step, frozen=True, kw_only=True):
    """The applicant gives what was asked for, in the terms of the list's form."""

    answers: dict[str, Any]


class Drop(_Step, frozen=True, kw_only=True):
    """The applicant is waited for no longer."""

    reason: str


class Deem(_Step, frozen=True, kw_only=True):
    """What was asked for did not come in time: the case counts as withdrawn, where the scenario has that."""

    reason: str


class Withdraw(_Step, frozen=True, kw_only=True):
    """The applicant takes the case back."""

    reason: str


class Cancel(_Step, frozen=True, kw_only=True):
    """Who runs the shift ends the case."""

    reason: str


class Suspend(_Step, frozen=True, kw_only=True):
    """The clock of the case is stopped, as if it had been granted."""

    reason: str


class Resume(_Step, frozen=True, kw_only=True):
    """A clock that stands still goes on."""


class Extend(OnTask, frozen=True, kw_only=True):
    """A task is given so many more units of its term, as if it had been granted."""

    amount: int


class Message(_Step, frozen=True, kw_only=True):
    """A message comes to the case, with what it says."""

    name: str
    facts: dict[str, Any] = {}


class Signal(_Step, frozen=True, kw_only=True):
    """A signal is given elsewhere."""

    name: str


Step = (
    Choose | Complete | Push | Return | Reopen | Ask | Supply | Drop | Deem | Withdraw | Cancel | Suspend | Resume
    | Extend | Message | Signal
)  # fmt: skip


class Kept(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """How a trial began, and its steps in order."""

    begin: Begin
    steps: Annotated[list[Step], msgspec.Meta(max_length=MOST_STEPS)] = []


def plain(begun: Begin, taken: Iterable[Step]) -> dict[str, Any]:
    """How a trial began and its steps, as plain values."""
    found: dict[str, Any] = msgspec.to_builtins(Kept(begun, list(taken)))
    return found


def read(plain: Any) -> Kept:
    """What these plain values say; Invalid says which of them is wrong."""
    try:
        return msgspec.convert(plain, Kept)
    except msgspec.ValidationError as problem:
        raise Invalid("试办的步骤写得不对：{why}", why=str(problem)) from None
