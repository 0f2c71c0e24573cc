"""When lifecycles arrive, and how calm it is in the valleys. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random
from statistics import quantiles

RATES = (1, 15, 1, 25, 2, 35, 10, 0)
"""Lifecycles a second, one level after the other."""
CALM = 1.5
"""How much slower than at first a valley may end and still count as recovered."""


@dataclass(frozen=True, slots=True)
class Level:
    """A stretch of time, in seconds from the start, with so many arrivals a second."""

    rate: float
    starts: float
    ends: float

    def holds(self, moment: float) -> bool:
        """Whether a moment lies in it."""
        return self.starts <= moment < self.ends

    @property
    def last_third(self) -> "Level":
        """Its end, when what came before should be dealt with."""
        return Level(self.rate, self.ends - (self.ends - self.starts) / 3, self.ends)


@dataclass(frozen=True, slots=True)
class Answer:
    """A request: when it was wanted (a lifecycle's first: when that arrived), and the seconds until it was answered."""

    wanted: float
    seconds: float


def levels(seconds: float, rates: Sequence[float] = RATES) -> tuple[Level, ...]:
    """The levels of a run of so many seconds, all equally long."""
    each = seconds / len(rates)
    return tuple(Level(rate, n * each, (n + 1) * each) for n, rate in enumerate(rates))


def arrivals(course: Iterable[Level], random: Random) -> list[float]:
    """When lifecycles arrive: by chance, as people do, at each level's rate."""
    found = []
    for level in course:
        moment = level.starts
        while level.rate and (moment := moment + random.expovariate(level.rate)) < level.ends:
            found.append(moment)
    return found


def valleys(course: Sequence[Level]) -> list[Level]:
    """The levels between two higher ones."""
    between = zip(course, course[1:-1], course[2:], strict=False)
    return [low for before, low, after in between if low.rate < min(before.rate, after.rate)]


def p95_ms(answers: Iterable[Answer], level: Level) -> float:
    """Milliseconds within which 95 of 100 requests wanted in a level were answered; 0 of fewer than two."""
    found = [answer.seconds * 1000 for answer in answers if level.holds(answer.wanted)]
    return quantiles(found, n=20)[-1] if len(found) > 1 else 0.0


def recovered(answers: Sequence[Answer], course: Sequence[Level]) -> bool:
    """Whether each valley ended about as calm as the first level was."""
    calm = CALM * p95_ms(answers, course[0])
    return all(p95_ms(answers, valley.last_third) <= calm for valley in valleys(course))
