"""A day in the street: events come up, officers are sent by a policy, travel, handle and verify."""

from collections.abc import Callable, Mapping, Sequence
from heapq import heappop, heappush
from itertools import count
from math import ceil, inf
from typing import Any

from zhongshu.engine.dispatch.rules.batch import NOBODY
from zhongshu.engine.dispatch.rules.simulation import moments
from zhongshu.engine.dispatch.rules.simulation.crew import Job, Officer
from zhongshu.engine.dispatch.rules.simulation.policies import Policy
from zhongshu.engine.dispatch.rules.simulation.results import Course, Result
from zhongshu.engine.dispatch.rules.simulation.world import DAY, Day, World


def simulate(world: World, policy: Policy, day: Day) -> Result:
    """What becomes of a day's events under a policy; pure, the same for the same arguments.

    Accepting needs no officer. Who handled an event does not verify it. Who has nothing to do stays where they are; who
    is under way or at work when their stint ends finishes. What is open a day after the last event stays so.
    """
    return _Street(world, policy, day).lived()


class _Street:
    """The state of a day. What lies ahead is a heap by moment and, within one moment, by when it was foreseen."""

    def __init__(self, world: World, policy: Policy, day: Day) -> None:
        self.world, self.policy, self.day = world, policy, day
        self.crew = [Officer(stint, at) for stint, at in zip(world.roster, day.stations, strict=True)]
        self.told: list[dict[str, Any]] = [
            {"junction": one.junction, "in_burst": one.in_burst, "discovered": one.discovered} for one in day.events
        ]
        self.fitness = moments.Fitness.of(self.crew, 1 + max((one.kind for one in day.events), default=0))
        self.waiting: list[Job] = []
        self.given: dict[Job, int] = {}
        self.now, self.look_is_due, self.order = 0.0, False, count()
        self.ahead: list[tuple[float, int, Callable[..., None], tuple[int, ...]]] = []
        for number, event in enumerate(day.events):
            self.foresee(event.discovered + world.service.accepting, self.accepted, number)
        for starts in sorted({stint.starts for stint in world.roster}):
            self.foresee(starts, self.changed)

    def lived(self) -> Result:
        until = self.day.events[-1].discovered + DAY if self.day.events else 0.0
        while self.ahead and self.ahead[0][0] <= until:
            self.now, _, happen, whom = heappop(self.ahead)
            happen(*whom)
        return tuple(Course(**told) for told in self.told)

    def foresee(self, at: float, happen: Callable[..., None], *whom: int) -> None:
        heappush(self.ahead, (at, next(self.order), happen, whom))

    def accepted(self, event: int) -> None:
        self.told[event]["accepted"] = self.now
        _, junction, *_, kind = self.day.events[event]
        self.waiting.append(Job(self.now, event, junction, kind=kind))
        self.changed()

    def changed(self) -> None:
        """A job has come up or somebody is free: the policy is asked now, or at its next look."""
        if self.look_is_due or not self.worth_a_look():
            return
        if self.policy.every:
            self.look_is_due = True
            self.foresee(ceil(self.now / self.policy.every) * self.policy.every, self.look_again)
        elif self.policy.redirects or any(one.job is None for one in self.crew):
            self.look()

    def worth_a_look(self) -> bool:
        """Whether something waits and somebody could be sent: whoever is off duty only finishes what they have."""
        if not self.waiting or self.given:
            return bool(self.waiting)
        on_duty = [who for who, one in enumerate(self.crew) if one.on_duty(self.now)]
        return bool(self.fitness.able[sorted({job.kind for job in self.waiting})][:, on_duty].any())

    def look_again(self) -> None:
        self.look()
        self.look_is_due = self.worth_a_look()
        if self.look_is_due:
            self.foresee(self.now + self.policy.every, self.look_again)

    def look(self) -> None:
        """Ask the policy, and do as its plan says: everybody who can goes for the nearest of what they are given."""
        streets, redirects = self.world.streets, self.policy.redirects
        under_way = {one.job: who for who, one in enumerate(self.crew) if one.job and one.under_way and redirects}
        jobs = sorted([*self.waiting, *under_way])
        given = self.given | under_way
        moment = moments.seen(jobs, given, self.crew, self.fitness, streets, self.now, redirects)
        self.given = {job: who for job, who in zip(jobs, self.policy.plan(moment), strict=True) if who != NOBODY}
        for job, before in zip(jobs, moment.going, strict=True):
            if before not in (NOBODY, self.given.get(job, NOBODY)):
                change = "switches" if job in under_way else "passed_on"
                self.told[job.event][change] = self.told[job.event].get(change, 0) + 1
        next_ones = _nearest(jobs, self.given, moment)
        for job, who in under_way.items():
            if next_ones.get(who) != job:
                self.crew[who].halt(self.now, streets)
        for who, job in next_ones.items():
            if self.crew[who].job != job:
                self.send(who, job)
        self.waiting = [job for job in jobs if next_ones.get(self.given.get(job, NOBODY)) != job]

    def send(self, who: int, job: Job) -> None:
        self.told[job.event].setdefault("verifier_sent" if job.verifying else "sent", self.now)
        arrival = self.crew[who].set_out(job, self.now, self.world.streets)
        self.foresee(arrival, self.reached, who, self.crew[who].trips)

    def reached(self, who: int, trip: int) -> None:
        if self.crew[who].trips != trip:
            return
        job = self.crew[who].reach(self.now)
        self.given.pop(job, None)
        if job.verifying:
            self.told[job.event] |= {"verifier": who, "verifier_reached": self.now}
            self.foresee(self.now + (self.world.service.verifying or 0.0), self.verified, who)
        else:
            self.told[job.event] |= {"handler": who, "reached": self.now}
            self.foresee(self.now + self.day.events[job.event].handling, self.handled, who)

    def handled(self, who: int) -> None:
        job = self.crew[who].finish(self.now)
        self.told[job.event]["handled"] = self.now
        if self.world.service.verifying is None:
            self.told[job.event]["closed"] = self.now
        else:
            self.waiting.append(Job(self.now, job.event, job.junction, verifying=True, not_by=who, kind=job.kind))
        self.changed()

    def verified(self, who: int) -> None:
        job = self.crew[who].finish(self.now)
        self.told[job.event]["closed"] = self.now
        self.changed()


def _nearest(jobs: Sequence[Job], given: Mapping[Job, int], moment: moments.Moment) -> dict[int, Job]:
    """What each who is not engaged goes for: the nearest of the jobs they have."""
    found: dict[int, tuple[float, Job]] = {}
    for row, job in enumerate(jobs):
        who = given.get(job, NOBODY)
        if who != NOBODY and not moment.engaged[who]:
            found[who] = min(found.get(who, (inf, job)), (float(moment.seconds[row, who]), job))
    return {who: job for who, (_, job) in found.items()}
