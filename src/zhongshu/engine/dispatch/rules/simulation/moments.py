"""What a policy sees when it is asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhongshu.engine.dispatch.rules.batch import NOBODY
from zhongshu.engine.dispatch.rules.simulation.crew import Job, Officer
from zhongshu.engine.dispatch.rules.simulation.streets import Streets

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Moment:
    """The jobs to be planned, in the order they came up, and the officers.

    `seconds` by job and officer are those until each can be there, infinite where it cannot be. Who is `engaged`
    finishes what they have first, which `seconds` do not count: how long that takes nobody knows. `going` is who has
    been given each job (`NOBODY`: it waits for somebody), `waited` how long it has been open.
    """

    seconds: "NDArray[np.floating]"
    engaged: Sequence[bool]
    going: Sequence[int]
    waited: Sequence[float]

    def waiting(self) -> list[int]:
        """The jobs nobody has been given, the first to come up first."""
        return [job for job, who in enumerate(self.going) if who == NOBODY]

    def free(self) -> set[int]:
        """Who is neither engaged nor on the way."""
        return {who for who, busy in enumerate(self.engaged) if not busy} - set(self.going)


def seen(
    jobs: Sequence[Job], given: Mapping[Job, int], crew: Sequence[Officer], streets: Streets, at: float, redirects: bool
) -> Moment:
    """The moment as it is at `at`; `given` is who has which job and has not reached it.

    With `redirects` the jobs include those somebody is on the way to.
    """
    going = [given.get(job, NOBODY) for job in jobs]
    engaged = [one.at_work or (one.under_way and not redirects) for one in crew]
    starts = [
        one.afterwards(at, streets) if busy else one.next_turn(at, streets)
        for one, busy in zip(crew, engaged, strict=True)
    ]
    seconds = _ways(jobs, starts, streets, at)
    for who, one in enumerate(crew):
        if not one.on_duty(at):
            seconds[[row for row, goes in enumerate(going) if goes != who], who] = float("inf")
    for row, job in enumerate(jobs):
        if job.not_by != NOBODY:
            seconds[row, job.not_by] = float("inf")
    return Moment(seconds, engaged, going, [at - job.since for job in jobs])


def _ways(
    jobs: Sequence[Job], starts: Sequence[tuple[int, float]], streets: Streets, at: float
) -> "NDArray[np.floating]":
    """Seconds from `at` until each who can start at a junction, at a moment, is at each job."""
    import numpy as np

    ways = streets.seconds[np.ix_([junction for junction, _ in starts], [job.junction for job in jobs])].T
    return ways.astype(float) + np.array([ready - at for _, ready in starts])
