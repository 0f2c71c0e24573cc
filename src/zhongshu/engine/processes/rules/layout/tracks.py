"""Side by side in a corridor or channel: each line gets a track, lines of one end share theirs.

Left-edge channel routing with vertical constraints (Hashimoto and Stevens 1971; Yoshimura and Kuh 1982).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from zhongshu.engine.processes.rules.layout.routes import Leg, Route

Corner = tuple[int, int]


@dataclass(slots=True)
class Net:
    """What shares a track: its stretch, and where lines join it from the low side (`before`) and the high one."""

    low: int
    high: int
    before: set[int] = field(default_factory=set)
    after: set[int] = field(default_factory=set)

    def widen(self, one: int, other: int) -> None:
        """Reaches to both."""
        self.low, self.high = min(self.low, one, other), max(self.high, one, other)


@dataclass(frozen=True, slots=True)
class Way:
    """A route with its two ends in counted breadth and height."""

    route: Route
    start: Corner
    goal: Corner


@dataclass(frozen=True, slots=True)
class Tracks:
    """The track of each leg of each link (by link and place in the route), and how many each place has."""

    number: dict[tuple[str, int], int]
    many: dict[Leg, int]


def allot(ways: Sequence[Way]) -> Tracks:
    """Tracks such that no two lines lie on each other, unless they come from, or go to, the same end."""
    out, into = _fans(ways)
    places: dict[Leg, dict[tuple[str, str], Net]] = {}
    keys: dict[tuple[str, int], tuple[str, str]] = {}
    for way in ways:
        for index, (leg, here, there, sides) in enumerate(_stretches(way)):
            key = _key(way.route, index, out, into)
            keys[way.route.link.id, index] = key
            net = places.setdefault(leg, {}).setdefault(key, Net(here, there))
            net.widen(here, there)
            for position, low in sides:
                (net.before if low else net.after).add(position)
    tracks = {leg: _assigned(list(nets.values())) for leg, nets in places.items()}
    of = {(leg, key): track for leg, nets in places.items() for key, track in zip(nets, tracks[leg], strict=True)}
    number = {
        (way.route.link.id, index): of[leg, keys[way.route.link.id, index]]
        for way in ways
        for index, leg in enumerate(way.route.legs)
    }
    return Tracks(number, {leg: max(each) + 1 for leg, each in tracks.items()})


def _fans(ways: Sequence[Way]) -> tuple[dict[str, int], dict[str, int]]:
    out: dict[str, int] = {}
    into: dict[str, int] = {}
    for way in ways:
        link = way.route.link
        out[link.source] = out.get(link.source, 0) + 1
        into[link.target] = into.get(link.target, 0) + 1
    return out, into


def _key(route: Route, index: int, out: dict[str, int], into: dict[str, int]) -> tuple[str, str]:
    """Whose track a leg lies on: its source's, its target's, or its own."""
    link = route.link
    leaves = index == 0 and route.leaves == "right" and link.sort == "flow"
    enters = index == len(route.legs) - 1 and route.enters == "left" and link.sort == "flow"
    if leaves and not (enters and out[link.source] == 1 and into[link.target] > 1):
        return "from", link.source
    return ("to", link.target) if enters else ("own", link.id)


def _stretches(way: Way) -> Iterator[tuple[Leg, int, int, list[tuple[int, bool]]]]:
    """Each leg, from where to where it runs, and what joins it there from the low side."""
    legs = way.route.legs
    for index, leg in enumerate(legs):
        along, across = (1, 0) if leg.upright else (0, 1)
        here = legs[index - 1].number if index else way.start[along]
        there = legs[index + 1].number if index + 1 < len(legs) else way.goal[along]
        come = legs[index - 2].number if index > 1 else way.start[across]
        go = legs[index + 2].number if index + 2 < len(legs) else way.goal[across]
        yield leg, here, there, [(here, come < leg.number), (there, go < leg.number)]


def _assigned(nets: list[Net]) -> list[int]:
    """The lowest track for each net beside which, and beyond those that must lie lower, there is room."""
    lower = _lower(nets)
    track = [-1] * len(nets)
    full: list[list[Net]] = []
    for index in _ordered(nets, lower):
        net = nets[index]
        number = max((track[each] + 1 for each in lower[index]), default=0)
        while number < len(full) and any(net.low <= each.high and each.low <= net.high for each in full[number]):
            number += 1
        full += [[] for _ in range(number + 1 - len(full))]
        full[number].append(net)
        track[index] = number
    return track


def _lower(nets: list[Net]) -> list[list[int]]:
    """For each net the others that must lie lower: where one is joined from the low side and one from the high."""
    joined: dict[int, list[int]] = {}
    for index, net in enumerate(nets):
        for position in net.before:
            joined.setdefault(position, []).append(index)
    return [
        sorted({each for position in net.after for each in joined.get(position, []) if each != index})
        for index, net in enumerate(nets)
    ]


def _ordered(nets: list[Net], lower: list[list[int]]) -> list[int]:
    """Lower ones first, then by where they begin; a ring of demands is cut at its first."""
    above: list[list[int]] = [[] for _ in nets]
    waits = [len(each) for each in lower]
    for index, demands in enumerate(lower):
        for each in demands:
            above[each].append(index)
    order: list[int] = []
    done = [False] * len(nets)
    for root in sorted(range(len(nets)), key=lambda each: (bool(waits[each]), nets[each].low, each)):
        ready = [] if done[root] else [root]
        for index in ready:  # grows
            done[index] = True
            order.append(index)
            for each in above[index]:
                waits[each] -= 1
                if waits[each] == 0 and not done[each]:
                    ready.append(each)
    return order
