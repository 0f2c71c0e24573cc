"""Officers of a day in the street: what they go for, and where they are."""

from dataclasses import dataclass
from typing import NamedTuple

from zhongshu.engine.dispatch.rules.batch import NOBODY
from zhongshu.engine.dispatch.rules.simulation.streets import Streets
from zhongshu.engine.dispatch.rules.simulation.world import Stint


class Job(NamedTuple):
    """Something an officer has to go to a junction for; `not_by` may not: who handled does not verify."""

    since: float
    event: int
    junction: int
    verifying: bool = False
    not_by: int = NOBODY
    kind: int = 0


@dataclass(slots=True)
class Officer:
    """Where somebody is or set out from, since when (or from when on), and what they go for or do there.

    `trips` counts how often they set out, by which an arrival that was overtaken is known.
    """

    stint: Stint
    junction: int
    since: float = 0.0
    job: Job | None = None
    at_work: bool = False
    trips: int = 0

    @property
    def under_way(self) -> bool:
        """Whether they go for a job and have not reached it."""
        return self.job is not None and not self.at_work

    def on_duty(self, at: float) -> bool:
        """Whether they may be sent."""
        return self.stint.starts <= at < self.stint.ends

    def next_turn(self, at: float, streets: Streets) -> tuple[int, float]:
        """The junction they can go anywhere from, and the moment they are there."""
        if self.job is None or self.at_work:
            return self.junction, max(self.since, at)
        return streets.next_turn(self.junction, self.job.junction, self.since, at)

    def afterwards(self, at: float, streets: Streets) -> tuple[int, float]:
        """The junction of their job, and the moment they are there."""
        if not self.under_way:
            return self.next_turn(at, streets)
        return self._goal(streets)

    def set_out(self, job: Job, at: float, streets: Streets) -> float:
        """Go for a job, from wherever they can turn; returns when they reach it. Who is at work cannot go."""
        if self.at_work:
            raise ValueError("An officer at work was sent elsewhere.")
        self.junction, self.since = self.next_turn(at, streets)
        self.job, self.trips = job, self.trips + 1
        return self._goal(streets)[1]

    def halt(self, at: float, streets: Streets) -> None:
        """Give up the way, and be free at the next junction."""
        self.junction, self.since = self.next_turn(at, streets)
        self.job, self.trips = None, self.trips + 1

    def reach(self, at: float) -> Job:
        """Be where the job is."""
        assert self.job is not None
        self.junction, self.since, self.at_work = self.job.junction, at, True
        return self.job

    def finish(self, at: float) -> Job:
        """Be done with the job, and free there."""
        assert self.job is not None
        job, self.job, self.at_work, self.since = self.job, None, False, at
        return job

    def _goal(self, streets: Streets) -> tuple[int, float]:
        assert self.job is not None
        return self.job.junction, self.since + float(streets.seconds[self.junction, self.job.junction])
