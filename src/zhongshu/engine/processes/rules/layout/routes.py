"""Which way each line runs: through which corridors and channels of the grid, never over a shape.

Heights and breadths are the counted ones of `grid`: odd numbers are rows and columns, even ones corridors and channels.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from zhongshu.engine.processes.rules.layout.grid import Cell, Grid
from zhongshu.engine.processes.rules.layout.sketch import Link

Side = Literal["left", "right", "top", "bottom"]


@dataclass(frozen=True, slots=True)
class Leg:
    """A stretch along a channel (`upright`) or a corridor, by its counted number."""

    upright: bool
    number: int


@dataclass(frozen=True, slots=True)
class Route:
    """A way from a side of the source to a side of the target; no legs: straight on, with one bend if sides differ."""

    link: Link
    leaves: Side
    enters: Side
    legs: tuple[Leg, ...] = ()


@dataclass(frozen=True, slots=True)
class End:
    """Where a link ends: a cell, or a whole lane (`cell` is then None).

    `sides`: where lines may leave or enter up and down; `guest`: it is an event on a border; `forks`: a gateway;
    `aside`: the line comes from within, so it is not over the middle of the column; `trunk`: with whose lines down
    the column its own may run side by side.
    """

    id: str
    cell: Cell | None
    span: tuple[int, int] = (0, 0)
    sides: frozenset[Side] = frozenset()
    guest: bool = False
    forks: bool = False
    aside: bool = False
    trunk: str = ""

    @property
    def centred(self) -> bool:
        """Whether lines up and down run over the middle of the column."""
        return not self.guest and not self.aside

    def side(self, wanted: Side) -> Side:
        """The side wanted, or else the other of top and bottom."""
        return wanted if wanted in self.sides else "bottom" if wanted == "top" else "top"


@dataclass
class Router:
    """Finds the ways one after the other; straight stretches that are taken are not taken again."""

    grid: Grid
    over: dict[tuple[int, int], str] = field(default_factory=dict)
    upright: dict[tuple[int, int], str] = field(default_factory=dict)
    pairs: set[tuple[str, str]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.band = [index for index, (first, last) in enumerate(self.grid.bands) for _ in range(first, last + 1)]
        self.taken = {(2 * cell.column + 1, self.height(cell.row)) for cell in self.grid.cells.values()}

    def height(self, row: int) -> int:
        """The counted height of a row."""
        return 2 * (row + self.band[row]) + 1

    def route(self, link: Link, source: End, target: End) -> Route:
        """The way of a link."""
        if source.cell is None or target.cell is None:
            return self._to_lane(link, source, target)
        if link.sort == "flow" and not source.aside and not target.aside and not target.guest:
            return self._flow(link, source, source.cell, target, target.cell)
        return self._tie(link, source, source.cell, target, target.cell)

    # sequence flows leave to the right and enter from the left where that can be

    def _flow(self, link: Link, source: End, start: Cell, target: End, goal: Cell) -> Route:
        x, y, right, low = self._corners(start, goal)
        pair = source.id, target.id
        if start.column < goal.column and pair not in self.pairs:
            self.pairs.add(pair)
            if y != low and (source.guest or source.forks) and self._bent(source, target, x, y, right, low):
                return Route(link, "bottom" if low > y else "top", "left")
            if not source.guest:
                if y == low and self._claim(self.over, [(each, y) for each in range(x + 1, right)], target.id):
                    return Route(link, "right", "left")
                if y != low and goal.column == start.column + 1:
                    return Route(link, "right", "left", (Leg(True, x + 1),))
                if y != low and self._claim(self.over, [(each, low) for each in range(x + 2, right)], target.id):
                    return Route(link, "right", "left", (Leg(True, x + 1),))
                if y != low and self._claim(self.over, [(each, y) for each in range(x + 1, right - 1)], source.id):
                    return Route(link, "right", "left", (Leg(True, right - 1),))
        return self._round(link, source, target, x, y, right, low)

    def _bent(self, source: End, target: End, x: int, y: int, right: int, low: int) -> bool:
        """Whether one bend leads there: up or down from the source, then to the right."""
        way: Side = "bottom" if low > y else "top"
        if way not in source.sides:
            return False
        beside = range(y + 1, low) if low > y else range(low + 1, y)
        down, along = [(x, each) for each in beside], [(each, low) for each in range(x, right)]
        return (
            self._free(self.upright, down, source.trunk)
            and self._claim(self.over, along, target.id)
            and self._claim(self.upright, down, source.trunk)
        )

    def _round(self, link: Link, source: End, target: End, x: int, y: int, right: int, low: int) -> Route:
        """By a corridor next to the source, over what is in the way."""
        if source.id == target.id:
            return Route(link, "right", "top", (Leg(True, x + 1), Leg(False, y - 1)))
        if y == low:
            sides: Sequence[Side] = ("bottom", "top") if x < right else ("top", "bottom")
            for side in sides:
                if side in source.sides and side in target.sides:
                    return Route(link, side, side, (_beside(y, side),))
        way: Side = "bottom" if low > y or source.guest else "top"
        last = (_beside(y, way), Leg(True, right - 1))
        if way in source.sides:
            return Route(link, way, "left", last)
        return Route(link, "right", "left", (Leg(True, x + 1), *last))

    # ties and message flows leave up and down

    def _tie(self, link: Link, source: End, start: Cell, target: End, goal: Cell) -> Route:
        x, y, right, low = self._corners(start, goal)
        out = source.side("bottom" if low > y else "top")
        into = target.side("bottom" if low < y else "top")
        between = [(x, each) for each in range(min(y, low) + 1, max(y, low))]
        straight = out != into and x == right and source.centred and target.centred
        if straight and self._claim(self.upright, between, link.id):
            return Route(link, out, into)
        leave, enter = _beside(y, out), _beside(low, into)
        if leave == enter:
            return Route(link, out, into, (leave,))
        return Route(link, out, into, (leave, Leg(True, right - 1 if x < right else right + 1), enter))

    def _to_lane(self, link: Link, source: End, target: End) -> Route:
        """To the border of a lane or pool, or from one; between two of them down the first channel."""
        if source.cell is None and target.cell is None:
            down = source.span < target.span
            return Route(link, "bottom" if down else "top", "top" if down else "bottom", (Leg(True, 0),))
        if source.cell is None:
            back = self._to_lane(link, target, source)
            return Route(link, back.enters, back.leaves, tuple(reversed(back.legs)))
        (x, y), (first, last) = self._corner(source.cell), target.span
        above, under = source.cell.row < first, source.cell.row > last
        border = self.height(last) + 1 if under else self.height(first) - 1
        towards: Side = "bottom" if above else "top"
        into: Side = "bottom" if under else "top"
        out = source.side(towards)
        between = [(x, each) for each in range(min(y + 1, border), max(y, border + 1))]
        if out == towards and source.centred and self._claim(self.upright, between, link.id):
            return Route(link, out, into)
        return Route(link, out, into, (_beside(y, out), Leg(True, x + 1)))

    def _corner(self, cell: Cell) -> tuple[int, int]:
        return 2 * cell.column + 1, self.height(cell.row)

    def _corners(self, start: Cell, goal: Cell) -> tuple[int, int, int, int]:
        return *self._corner(start), *self._corner(goal)

    def _free(self, runs: Mapping[tuple[int, int], str], places: Sequence[tuple[int, int]], whose: str) -> bool:
        return all(place not in self.taken and runs.get(place, whose) == whose for place in places)

    def _claim(self, runs: dict[tuple[int, int], str], places: Sequence[tuple[int, int]], whose: str) -> bool:
        """Takes a straight stretch, if it is free or shared with lines of the same end."""
        if not self._free(runs, places, whose):
            return False
        runs |= dict.fromkeys(places, whose)
        return True


def _beside(height: int, side: Side) -> Leg:
    """The corridor on that side of a row."""
    return Leg(False, height + 1 if side == "bottom" else height - 1)
