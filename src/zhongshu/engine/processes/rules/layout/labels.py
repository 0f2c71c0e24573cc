"""Where names stand: beside events, gateways and lines, never on them."""

from collections.abc import Sequence
from itertools import pairwise

from zhongshu.engine.processes.rules.layout import sizes
from zhongshu.engine.processes.rules.layout.drawing import Bounds, Point
from zhongshu.engine.processes.rules.layout.routes import Route
from zhongshu.engine.processes.rules.layout.sketch import Node

AWAY = 6.0


def of_node(node: Node, bounds: Bounds, raised: bool) -> Bounds | None:
    """Under events and data (over it, if raised), left above gateways; None if the name stands in the shape."""
    wide, high = sizes.text(node.name)
    if sizes.labelled(node):
        return Bounds(bounds.centre[0] - wide / 2, bounds.y - 4 - high if raised else bounds.bottom + 4, wide, high)
    if node.kind == "gateway" and node.name:
        return Bounds(bounds.centre[0] - 8 - wide, bounds.centre[1] - 20 - high, wide, high)
    return None


def of_guest(node: Node, bounds: Bounds) -> Bounds | None:
    """Right below an event on a border, where its line does not run."""
    if not node.name:
        return None
    wide, high = sizes.text(node.name)
    return Bounds(bounds.centre[0] + AWAY, bounds.bottom + 2, wide, high)


def room(route: Route) -> float:
    """How much a line's name needs in the channel beside its source."""
    beside = route.leaves == "right" or not route.legs
    return sizes.text(route.link.name)[0] + 2 * AWAY if route.link.name and beside else 0


def of_link(route: Route, points: Sequence[Point]) -> Bounds | None:
    """Above the first level stretch that is this line's own and long enough, else beside its middle."""
    if not route.link.name:
        return None
    wide, high = sizes.text(route.link.name) if room(route) else sizes.text(route.link.name, 300)
    shared = route.leaves == "right" and len(route.legs) > 0 and route.legs[0].upright
    level = [(a, b) for a, b in pairwise(points) if a[1] == b[1]][shared:]
    if not level:
        (x, y), (_, other) = points[0], points[1]
        return Bounds(x + AWAY, (y + other - high) / 2, wide, high)
    (x, y), (other, _) = next((each for each in level if _length(each) >= wide), max(level, key=_length))
    return Bounds(x + AWAY if other > x else x - AWAY - wide, y - high - 2, wide, high)


def _length(stretch: tuple[Point, Point]) -> float:
    return abs(stretch[1][0] - stretch[0][0])


def tidy(points: Sequence[Point]) -> list[Point]:
    """The points where a line turns, and its ends."""
    kept: list[Point] = []
    for point in points:
        if kept and kept[-1] == point:
            continue
        while len(kept) > 1 and _straight(kept[-2], kept[-1], point):
            kept.pop()
        kept.append(point)
    return kept if len(kept) > 1 else [*kept, *kept]


def _straight(one: Point, middle: Point, other: Point) -> bool:
    return (one[0] == middle[0] == other[0]) or (one[1] == middle[1] == other[1])
