"""What a policy sees when it is asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhongshu.engine.dispatch.rules.batch import NOBODY
from zhongshu.engine.dispatch.rules.officers import UNSKILLED_SECONDS
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
    been given each job (`NOBODY`: it waits for somebody), `waited` how long it has been open, `against` the seconds
    that speak against sending somebody beyond the way.
    """

    seconds: "NDArray[np.floating]"
    engaged: Sequence[bool]
    going: Sequence[int]
    waited: Sequence[float]
    against: "NDArray[np.floating] | float" = 0.0

    def waiting(self) -> list[int]:
        """The jobs nobody has been given, the first to come up first."""
        return [job for job, who in enumerate(self.going) if who == NOBODY]

    def free(self) -> set[int]:
        """Who is neither engaged nor on the way."""
        return {who for who, busy in enumerate(self.engaged) if not busy} - set(self.going)


@dataclass(frozen=True, slots=True, eq=False)
class Fitness:
    """By kind of event and officer: who may be sent, and the seconds that speak against it."""

    able: "NDArray[np.bool_]"
    against: "NDArray[np.floating]"

    @classmethod
    def of(cls, crew: Sequence[Officer], kinds: int) -> "Fitness":
        """Of a crew, for so many kinds."""
        import numpy as np

        stints = [one.stint for one in crew]
        able = [[stint.serves is None or kind in stint.serves for stint in stints] for kind in range(kinds)]
        lacking = [[kind in stint.unskilled for stint in stints] for kind in range(kinds)]
        return cls(np.array(able, dtype=bool), UNSKILLED_SECONDS * np.array(lacking, dtype=float))


def seen(
    jobs: Sequence[Job], given: Mapping[Job, int], crew: Sequence[Officer], fitness: Fitness, streets: Streets,
    at: float, redirects: bool,
) -> Moment:  # fmt: skip
    """The moment as it is at `at`; `given` is who has which job and has not reached it.

    With `redirects` the jobs include those somebody is on the way to.
    """
    import numpy as np

    going = [given.get(job, NOBODY) for job in jobs]
    engaged = [one.at_work or (one.under_way and not redirects) for one in crew]
    starts = [
        one.afterwards(at, streets) if busy else one.next_turn(at, streets)
        for one, busy in zip(crew, engaged, strict=True)
    ]
    kinds = [job.kind for job in jobs]
    off_duty = np.array([not one.on_duty(at) for one in crew], dtype=bool)
    others = np.array(going)[:, None] != np.arange(len(crew))[None, :]
    seconds = np.where(off_duty & others | ~fitness.able[kinds], np.inf, _ways(jobs, starts, streets, at))
    for row, job in enumerate(jobs):
        if job.not_by != NOBODY:
            seconds[row, job.not_by] = float("inf")
    return Moment(seconds, engaged, going, [at - job.since for job in jobs], fitness.against[kinds])


def _ways(
    jobs: Sequence[Job], starts: Sequence[tuple[int, float]], streets: Streets, at: float
) -> "NDArray[np.floating]":
    """Seconds from `at` until each who can start at a junction, at a moment, is at each job."""
    import numpy as np

    ways = streets.seconds[np.ix_([junction for junction, _ in starts], [job.junction for job in jobs])].T
    return ways.astype(float) + np.array([ready - at for _, ready in starts])
