"""How long it takes to get somewhere by the roads one has."""

from collections import OrderedDict
from collections.abc import Sequence
from functools import cached_property
from math import cos, radians
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

DETOUR = 1.6
"""Road metres per straight metre where no road is known: on the high side, so as not to promise too much."""
SNAP = 500.0
"""Metres within which a point belongs to a junction."""
KEPT_BYTES = 64_000_000
"""What the ways from junctions asked for may hold in memory: all of a district, the latest of a province."""
EARTH = 6_371_008.8
"""Mean radius in metres (IUGG)."""

NO_ROADS = "没有路网，按直线距离估算。"
OFF_ROAD = "附近 500 米内没有路口，按直线距离估算。"
UNCONNECTED = "路网不相通，按直线距离估算。"

Point = tuple[float, float]
"""Longitude and latitude in degrees, all of one datum."""


class Trip(NamedTuple):
    """One way. `estimated` is why it is only a straight-line estimate (a translation key), or empty."""

    seconds: float
    metres: float
    estimated: str = ""


class RoadGraph:
    """Junctions and the roads between them, walked either way; built once, then only read.

    `junctions` are points, `roads` are (junction index, junction index, metres). A road that names no
    junction or has no length is a `ValueError`.
    """

    def __init__(self, junctions: Sequence[Point], roads: Sequence[tuple[int, int, float]]) -> None:
        if any(not (0 <= a < len(junctions) and 0 <= b < len(junctions) and m > 0) for a, b, m in roads):
            raise ValueError("A road joins two known junctions and is longer than nothing.")
        shortest: dict[tuple[int, int], float] = {}
        for a, b, metres in roads:
            ends = (min(a, b), max(a, b))
            shortest[ends] = min(metres, shortest.get(ends, metres))
        self.junctions = tuple(junctions)
        self._roads = shortest
        middle = sum(lat for _, lat in junctions) / len(junctions) if junctions else 0.0
        self._scale = radians(1) * EARTH * cos(radians(middle)), radians(1) * EARTH
        self._spots = self._flat(junctions)
        self._known: OrderedDict[int, NDArray[np.float32]] = OrderedDict()

    def seconds(self, from_points: Sequence[Point], to_point: Point, speed: float) -> tuple[Trip, ...]:
        """The trip from each point to one, at a speed in metres a second, by the shortest roads.

        The way to and from the nearest junction is added straight. Where no road leads, the straight line
        times 1.6, and why.
        """
        import numpy as np

        if speed <= 0:
            raise ValueError("The speed is above zero.")
        spots = self._flat([*from_points, to_point])
        straight = np.hypot(*(spots[:-1] - spots[-1]).T) * DETOUR
        if not len(self._spots):
            return tuple(Trip(metres / speed, metres, NO_ROADS) for metres in straight.tolist())
        off, junction = self._nearest.query(spots)
        off_start, off_goal, at_start, at_goal = off[:-1], off[-1], junction[:-1], junction[-1]
        by_road = off_start + self._from(int(at_goal))[at_start] + off_goal
        near = (off_start <= SNAP) & (off_goal <= SNAP)
        # Between points of one junction the detour through it is not asked for.
        metres = np.where(at_start == at_goal, np.minimum(by_road, straight), by_road)
        reached = near & np.isfinite(metres)
        found = zip(np.where(reached, metres, straight).tolist(), reached.tolist(), near.tolist(), strict=True)
        return tuple(Trip(m / speed, m, "" if led else UNCONNECTED if n else OFF_ROAD) for m, led, n in found)

    def __len__(self) -> int:
        """How many junctions there are."""
        return len(self.junctions)

    def nearest(self, points: Sequence[Point]) -> list[int]:
        """The junction nearest to each point, by its number; there is at least one junction."""
        return [int(junction) for junction in self._nearest.query(self._flat(points))[1]] if points else []

    def whole(self) -> "RoadGraph":
        """The largest part of the roads in which every junction can be reached from every other."""
        import numpy as np
        from scipy.sparse.csgraph import connected_components

        if not len(self):
            return self
        _, piece = connected_components(self._matrix, directed=False)
        return self._part(np.flatnonzero(piece == np.bincount(piece).argmax()).tolist())

    def around(self, points: Sequence[Point], margin: float) -> "RoadGraph":
        """The roads between the junctions in a box about these points, `margin` metres wider on every side."""
        import numpy as np

        flat = self._flat(points)
        inside = (self._spots >= flat.min(axis=0) - margin) & (self._spots <= flat.max(axis=0) + margin)
        return self._part(np.flatnonzero(inside.all(axis=1)).tolist())

    def _part(self, kept: Sequence[int]) -> "RoadGraph":
        number = {junction: new for new, junction in enumerate(kept)}
        roads = [
            (number[a], number[b], metres)
            for (a, b), metres in self._roads.items() if a in number and b in number
        ]  # fmt: skip
        return RoadGraph([self.junctions[junction] for junction in kept], roads)

    def every_way(self) -> "tuple[NDArray[np.float32], NDArray[np.int32]]":
        """Metres from every junction to every other (infinite where no road leads), and the junction passed last.

        Both grow with the square of the junctions: for a district, not for a province.
        """
        import numpy as np
        from scipy.sparse.csgraph import dijkstra

        metres, before = dijkstra(self._matrix, return_predecessors=True)
        return metres.astype(np.float32), before.astype(np.int32)

    @cached_property
    def _nearest(self) -> Any:
        from scipy.spatial import cKDTree

        return cKDTree(self._spots)

    @cached_property
    def _matrix(self) -> Any:
        import numpy as np
        from scipy.sparse import csr_array

        ends = np.array(list(self._roads), dtype=np.int32).reshape(-1, 2)
        metres = np.array(list(self._roads.values()), dtype=float)
        one_way = csr_array((metres, (ends[:, 0], ends[:, 1])), shape=(len(self._spots), len(self._spots)))
        return csr_array(one_way + one_way.T)

    def _from(self, junction: int) -> "NDArray[np.float32]":
        """Metres from one junction to every other; infinite where no road leads. The latest asked for are kept."""
        import numpy as np
        from scipy.sparse.csgraph import dijkstra

        found = self._known.get(junction)
        if found is None:
            found = np.asarray(dijkstra(self._matrix, indices=[junction]))[0].astype(np.float32)
            self._known[junction] = found
            if len(self._known) * found.nbytes > KEPT_BYTES:
                self._known.popitem(last=False)
        return found

    def _flat(self, points: Sequence[Point]) -> "NDArray[np.float64]":
        """Metres east and north, flat at the graph's middle latitude: right to a few metres across a city."""
        import numpy as np

        return np.array(points, dtype=float).reshape(-1, 2) * self._scale
