"""Days of the past lived again: what happened on them, under a roster that is only thought of.

Verifying is other people's work (`Service.verifying` None): a roster decides when somebody is there and when it is
done. Time runs from when an officer was asked for. Whatever is not known of an event is its default, never chance, so
that two rosters differ by nothing but themselves.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import NamedTuple

from zhongshu.engine.dispatch.rules.rosters import Turn
from zhongshu.engine.dispatch.rules.simulation.policies import Batch
from zhongshu.engine.dispatch.rules.simulation.results import NEVER, Course
from zhongshu.engine.dispatch.rules.simulation.running import simulate
from zhongshu.engine.dispatch.rules.simulation.streets import Streets
from zhongshu.engine.dispatch.rules.simulation.world import HOUR, Day, Event, Service, Stint, World
from zhongshu.engine.dispatch.rules.travel import Point, RoadGraph
from zhongshu.registers.places.rules import codes

FEWEST = 20
"""Of fewer events no figures are told: they would be chance."""
GOAL = 20.0
"""Minutes within which somebody should be there."""
LONGEST = 4 * HOUR
"""Handling that took longer waited for something else: it does not bind an officer for all of it."""
MARGIN = 1_000.0
"""Metres of roads kept about the events and stations of a part of the city."""

LOOK = 60.0
"""Seconds between two looks at what waits: dispatch looks more often, but here somebody waits for the answer."""

SERVICE = Service(accepting=0.0, verifying=None)


class Happened(NamedTuple):
    """An event of the past: when an officer was asked for, and how many seconds handling took (None: not known)."""

    case: str
    body: int
    category: str
    place: int
    at: datetime
    point: Point
    handling: float | None


@dataclass(frozen=True, slots=True)
class Past:
    """A time in the past, midnight to midnight: its events, and the shifts thought of for it, moved to its days."""

    starts: datetime
    ends: datetime
    events: tuple[Happened, ...]
    turns: tuple[Turn, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Map:
    """Roads of which every way is known."""

    roads: RoadGraph
    streets: Streets

    @classmethod
    def of(cls, roads: RoadGraph, speed: float) -> "Map":
        """The largest connected part of the roads, at a speed in metres a second."""
        whole = roads.whole()
        return cls(whole, Streets.of(whole, speed))


@dataclass(frozen=True, slots=True)
class Told:
    """What became of events, in minutes from when an officer was asked for; None: most were never reached.

    `median` and `p90` are to somebody being there, `done` (a median) to its being handled; an event that nobody reached
    counts as longer than any. `within` is the share reached within `GOAL` minutes.
    """

    events: int
    never: int
    median: float | None
    p90: float | None
    done: float | None
    within: float


def lived(pasts: Iterable[Past], where: Map, stations: Mapping[int, Point]) -> list[Course]:
    """The courses of all events of these times, each under its own shifts, by the product's rule of dispatch.

    `stations` are the points where shifts begin, by place; a shift at a place without one is not stood.
    """
    return [course for past in pasts for course in _lived(past, where, stations)]


def _lived(past: Past, where: Map, stations: Mapping[int, Point]) -> Iterable[Course]:
    kinds = {crossing: number for number, crossing in enumerate(sorted({_crossing(one) for one in past.events}))}
    turns = [turn for turn in past.turns if turn.place in stations]
    roster = tuple(_stint(turn, past, kinds) for turn in turns)
    world = World(where.streets, roster, service=SERVICE)
    return simulate(world, Batch(every=LOOK), day(past, where, kinds, [stations[turn.place] for turn in turns]))


def day(past: Past, where: Map, kinds: Mapping[tuple[str, int], int], stations: Sequence[Point]) -> Day:
    """The events of a time in the past as the simulation lives them; the same for the same events, in any order."""
    events = sorted(past.events, key=lambda one: (one.at, one.case))
    junctions = where.roads.nearest([one.point for one in events])
    return Day(
        tuple(
            Event(
                max((one.at - past.starts).total_seconds(), 0.0), junction, _handling(one), False,
                kinds[_crossing(one)],
            )
            for one, junction in zip(events, junctions, strict=True)
        ),
        tuple(where.roads.nearest(stations)),
    )  # fmt: skip


def _handling(one: Happened) -> float:
    return SERVICE.handling_median if one.handling is None else min(max(one.handling, 0.0), LONGEST)


def _crossing(one: Happened) -> tuple[str, int]:
    """What decides who may be sent: the class of the matter, and the place."""
    return one.category[:2], one.place


def _stint(turn: Turn, past: Past, kinds: Mapping[tuple[str, int], int]) -> Stint:
    """The part of a shift within the time; a shift serves what lies in its place, and everything without skills."""
    served = {kind: number for kind, number in kinds.items() if turn.place in codes.ancestors(kind[1])}
    lacking = {number for (skill, _), number in served.items() if turn.skills and skill not in turn.skills}
    starts, ends = max(turn.starts, past.starts), min(turn.ends, past.ends)
    return Stint(
        (starts - past.starts).total_seconds(), (ends - past.starts).total_seconds(),
        serves=frozenset(served.values()), unskilled=frozenset(lacking),
    )  # fmt: skip


def moved(turns: Iterable[Turn], by: timedelta, starts: datetime, ends: datetime) -> tuple[Turn, ...]:
    """The shifts so much later (or earlier), as far as they touch the time from `starts` to `ends`."""
    later = (Turn(t.account, t.place, t.skills, t.starts + by, t.ends + by) for t in turns)
    return tuple(turn for turn in later if turn.starts < ends and turn.ends > starts)


def told(courses: Sequence[Course]) -> Told:
    """The figures of many events."""
    reached = sorted((one.reached - one.discovered) / 60 for one in courses)
    done = sorted((one.handled - one.discovered) / 60 for one in courses)
    never = sum(one.reached == NEVER for one in courses)
    within = sum(minutes <= GOAL for minutes in reached) / max(len(reached), 1)
    return Told(len(courses), never, _at(reached, 0.5), _at(reached, 0.9), _at(done, 0.5), within)


def _at(minutes: Sequence[float], share: float) -> float | None:
    """What so great a share of the lengths does not exceed (nearest rank); None of none, or when that is never."""
    found = minutes[ceil(share * len(minutes)) - 1] if minutes else NEVER
    return None if found == NEVER else round(found, 1)
