"""What is given: streets, a roster, how often and where things happen, how long work takes. Seconds throughout."""

from bisect import bisect
from dataclasses import dataclass, field
from itertools import accumulate
from math import exp, log
from random import Random
from typing import NamedTuple

from zhongshu.engine.dispatch.rules.simulation.streets import Streets

HOUR = 3600.0
DAY = 24 * HOUR


@dataclass(frozen=True, slots=True)
class Stint:
    """An officer's time on duty, in seconds from the start; `station` is the junction it starts at (None: drawn).

    `serves` are the kinds of events they may be sent to (None: all), `unskilled` those of them for which they lack a
    skill that is wished for.
    """

    starts: float = 0.0
    ends: float = float("inf")
    station: int | None = None
    serves: frozenset[int] | None = None
    unskilled: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Demand:
    """How many events an hour, how many in a burst, and when of the day the bursts are (from, to).

    The share `clustered` happens about some `spots`, the nearer the more likely (normal, `spread` seconds of the way);
    the others happen anywhere. Times between events are exponential.
    """

    hourly: float = 60.0
    hourly_in_burst: float = 180.0
    bursts: tuple[tuple[float, float], ...] = ((2 * HOUR, 3 * HOUR), (10 * HOUR, 11 * HOUR), (18 * HOUR, 19 * HOUR))
    clustered: float = 0.5
    spots: int = 12
    spread: float = 180.0

    def in_burst(self, at: float) -> bool:
        """Whether a moment lies in a burst of its day."""
        return any(start <= at % DAY < end for start, end in self.bursts)


@dataclass(frozen=True, slots=True)
class Service:
    """How long it takes to accept at the desk, to handle (lognormal) and to verify, each without the way.

    `verifying` None: it is not these officers' work, and an event is closed once it is handled.
    """

    accepting: float = 60.0
    handling_median: float = 360.0
    handling_sigma: float = 0.6
    verifying: float | None = 120.0


@dataclass(frozen=True, slots=True)
class World:
    """Everything that a policy does not choose."""

    streets: Streets
    roster: tuple[Stint, ...]
    demand: Demand = field(default_factory=Demand)
    service: Service = field(default_factory=Service)


class Event(NamedTuple):
    """Something that happens: when it is discovered, at which junction, how long handling will take, of what kind."""

    discovered: float
    junction: int
    handling: float
    in_burst: bool
    kind: int = 0


class Day(NamedTuple):
    """What chance decides, the same for every policy: the events in order, and where each officer starts."""

    events: tuple[Event, ...]
    stations: tuple[int, ...]


def drawn(world: World, hours: float, random: Random) -> Day:
    """The events of some hours and the officers' stations.

    The events come first: a change of the roster does not change them, nor where the officers start that both have.
    """
    events = tuple(_events(world, hours * HOUR, random))
    anywhere = [(stint, random.randrange(len(world.streets))) for stint in world.roster]
    return Day(events, tuple(at if stint.station is None else stint.station for stint, at in anywhere))


def _events(world: World, seconds: float, random: Random) -> list[Event]:
    demand, service = world.demand, world.service
    reach = list(accumulate(_weights(world, random)))
    busiest = max(demand.hourly, demand.hourly_in_burst)
    events, at = [], random.expovariate(busiest / HOUR)
    while at < seconds:
        # Drawn at the busiest rate and thinned (Lewis and Shedler 1979), so that one chance serves every rate.
        burst, chance = demand.in_burst(at), random.random()
        junction = min(bisect(reach, random.random() * reach[-1]), len(reach) - 1)
        handling = random.lognormvariate(log(service.handling_median), service.handling_sigma)
        if chance * busiest < (demand.hourly_in_burst if burst else demand.hourly):
            events.append(Event(at, junction, handling, burst))
        at += random.expovariate(busiest / HOUR)
    return events


def _weights(world: World, random: Random) -> list[float]:
    """How likely each junction is."""
    demand, count = world.demand, len(world.streets)
    weights = [(1 - demand.clustered) / count] * count
    for _ in range(demand.spots):
        near = [
            exp(-((way / demand.spread) ** 2) / 2) for way in world.streets.seconds[random.randrange(count)].tolist()
        ]
        share = demand.clustered / demand.spots / sum(near)
        weights = [weight + share * one for weight, one in zip(weights, near, strict=True)]
    return weights
