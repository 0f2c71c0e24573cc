"""Who is sent where: the product's rules, as the simulation asks them."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

from zhongshu.engine.dispatch.rules import batch as batches
from zhongshu.engine.dispatch.rules import officers
from zhongshu.engine.dispatch.rules.batch import NOBODY
from zhongshu.engine.dispatch.rules.simulation.moments import Moment

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SOME_DAY = datetime(2025, 1, 1, tzinfo=UTC)
"""Positions are always fresh here, so any moment serves the rules that ask for one."""


class Policy(Protocol):
    """A rule of dispatch."""

    @property
    def every(self) -> float:
        """Seconds between two looks while something waits; 0: a look whenever something changes."""

    @property
    def redirects(self) -> bool:
        """Whether who is on the way may be sent elsewhere; else they are engaged."""

    def plan(self, moment: Moment) -> list[int]:
        """For each job the officer who is to go, or `NOBODY`; who is engaged, or has a nearer job, goes later."""


@dataclass(frozen=True, slots=True)
class NearestFree:
    """Each job in the order they came up, at once, to the nearest officer who is free; else it waits in order."""

    every: float = 0.0
    redirects: bool = False

    def plan(self, moment: Moment) -> list[int]:
        """Who is on the way goes on; the nearest of the free is sent to the job that came up first, and so on."""
        plan, free = list(moment.going), moment.free()
        for job in moment.waiting():
            if not free:
                break
            plan[job] = _best(moment.seconds[job], free)
            free.discard(plan[job])
        return plan


@dataclass(frozen=True, slots=True)
class NearestWaiting:
    """As `NearestFree`, but who becomes free goes to the nearest job that waits instead of the first."""

    every: float = 0.0
    redirects: bool = False

    def plan(self, moment: Moment) -> list[int]:
        """The nearest pair of a free officer and a job that waits, then the nearest of the rest, and so on."""
        plan, free = list(moment.going), moment.free()
        waiting = set(moment.waiting())
        while pairs := [(moment.seconds[job, who], job, who) for job in waiting for who in free]:
            way, job, who = min(pairs)
            if way == float("inf"):
                break
            plan[job] = who
            waiting.discard(job)
            free.discard(who)
        return plan


@dataclass(frozen=True, slots=True)
class Batch:
    """The product's rule for several cases at once (`rules.batch`), asked every ten seconds.

    An officer may have several cases, up to `most`: they go for the nearest of them, the others can still be another's.
    """

    every: float = 10.0
    redirects: bool = True
    most: int = officers.MOST_AT_ONCE

    def plan(self, moment: Moment) -> list[int]:
        """The plan of least total time."""
        import numpy as np

        costs = moment.seconds + moment.against + officers.LOAD_SECONDS * np.asarray(moment.engaged)[None, :]
        return batches.planned(costs, moment.going, moment.waited, [self.most - busy for busy in moment.engaged])


def _best(ways: "NDArray[np.floating]", free: set[int]) -> int:
    """Who of the free the product's ranking names first for a case."""
    candidates = [
        officers.Candidate(f"{who:06}", way, SOME_DAY)
        for who in free
        if (way := float(ways[who])) != float("inf")
    ]  # fmt: skip
    best = officers.rank(candidates, SOME_DAY, k=1).best
    return int(best.officer) if best else NOBODY
