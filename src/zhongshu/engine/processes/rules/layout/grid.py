"""The drawing as a grid: each node has a column and a row of its own; lanes are bands of rows.

Between rows run corridors and between columns channels, where nothing but lines is drawn. Heights are counted
through: corridor k is at height 2k, the rows lie between; columns likewise, channel c right of column c at 2c + 2.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from zhongshu.engine.processes.rules.layout.board import Board
from zhongshu.engine.processes.rules.layout.sketch import Lane, Scope


@dataclass(frozen=True, slots=True)
class Cell:
    """A place for one node."""

    column: int
    row: int


@dataclass(frozen=True, slots=True)
class Grid:
    """Where each node stands (boundary events: with their hosts), and which rows each lane and each band spans.

    `bands` are pairs of first and last row, downwards; `lanes` pairs of the first and last of their bands.
    `apart` are the bands before which there is a gap: around pools. `raised` is what stands above its owner.
    """

    cells: Mapping[str, Cell]
    bands: tuple[tuple[int, int], ...]
    lanes: Mapping[str, tuple[int, int]]
    apart: frozenset[int]
    raised: frozenset[str]

    @property
    def columns(self) -> int:
        """How many columns there are, at least one."""
        return max((cell.column for cell in self.cells.values()), default=0) + 1

    @property
    def rows(self) -> int:
        """How many rows there are, at least one."""
        return self.bands[-1][1] + 1


def place(scope: Scope) -> Grid:
    """A cell for each node of a scope; the rows of its bands under each other, none empty, one in each at least."""
    board = Board(scope)
    board.fill()
    first, spans = 0, []
    number: dict[tuple[str, int], int] = {}
    for band, sheet in board.sheets.items():
        used = sorted({row for _, row in sheet})
        number |= {(band, row): first + index for index, row in enumerate(used)}
        spans.append((first, first + max(len(used), 1) - 1))
        first = spans[-1][1] + 1
    cells = {id: Cell(column, number[band, row]) for id, (band, column, row) in board.at.items()}
    cells |= {id: cells[host] for id, host in board.hosts.items()}
    order = {band: index for index, band in enumerate(board.sheets)}
    covered = {lane.id: _span(lane, order) for outer in scope.lanes for lane in outer.family()}
    apart = {covered[lane.id][0] for lane in scope.lanes if lane.pool}
    apart |= {covered[lane.id][1] + 1 for lane in scope.lanes if lane.pool}
    return Grid(cells, tuple(spans), covered, frozenset(apart - {0}), frozenset(board.raised))


def _span(lane: Lane, order: Mapping[str, int]) -> tuple[int, int]:
    inside = [order[each.id] for each in lane.family() if each.id in order]
    return min(inside), max(inside)
