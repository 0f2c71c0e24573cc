"""What became of each event, and the figures of many."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import quantiles
from typing import NamedTuple

from zhongshu.engine.dispatch.rules.batch import NOBODY

NEVER = float("inf")


@dataclass(frozen=True, slots=True)
class Course:
    """One event's way: seconds from the start at each step (`NEVER`: it did not come to that), and by whom.

    `sent` and `verifier_sent` are when somebody first set out; `switches` how often another was sent instead of who
    was on the way, `passed_on` how often it became another's before who had it set out.
    """

    junction: int
    in_burst: bool
    discovered: float
    accepted: float = NEVER
    sent: float = NEVER
    reached: float = NEVER
    handled: float = NEVER
    verifier_sent: float = NEVER
    verifier_reached: float = NEVER
    closed: float = NEVER
    handler: int = NOBODY
    verifier: int = NOBODY
    switches: int = 0
    passed_on: int = 0

    @property
    def is_closed(self) -> bool:
        """Whether it was closed in the time that was simulated."""
        return self.closed < NEVER


Result = tuple[Course, ...]
"""One day under one policy, in the order of discovery."""

STAGES: Mapping[str, Callable[[Course], float]] = {
    "accepting": lambda one: one.accepted - one.discovered,
    "waiting": lambda one: one.sent - one.accepted,
    "travelling": lambda one: one.reached - one.sent,
    "handling": lambda one: one.handled - one.reached,
    "verifier_waiting": lambda one: one.verifier_sent - one.handled,
    "verifier_travelling": lambda one: one.verifier_reached - one.verifier_sent,
    "verifying": lambda one: one.closed - one.verifier_reached,
    "all": lambda one: one.closed - one.discovered,
}
"""Seconds of each stage of a closed event, in order; the last is the whole, discovery to close."""


class Figures(NamedTuple):
    """Of many lengths of time, in minutes; zeros of none."""

    median: float = 0.0
    p90: float = 0.0
    mean: float = 0.0
    longest: float = 0.0


def figures(courses: Iterable[Course], stage: str = "all") -> Figures:
    """The figures of a stage over all closed events."""
    return summed([STAGES[stage](one) / 60 for one in courses if one.is_closed])


def summed(minutes: Sequence[float]) -> Figures:
    """The figures of so many minutes."""
    if len(minutes) < 2:
        return Figures(*[*minutes] * 4)
    tenths = quantiles(minutes, n=10, method="inclusive")
    return Figures(tenths[4], tenths[8], sum(minutes) / len(minutes), max(minutes))


def share_within(courses: Iterable[Course], minutes: float) -> float:
    """The share of all events that were closed within so many minutes; those never closed were not."""
    told = [one.closed - one.discovered <= minutes * 60 for one in courses]
    return sum(told) / max(len(told), 1)
