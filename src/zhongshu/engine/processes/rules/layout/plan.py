"""From counted rows and columns to pixels."""

from collections.abc import Mapping
from dataclasses import dataclass

from zhongshu.engine.processes.rules.layout.drawing import Bounds
from zhongshu.engine.processes.rules.layout.grid import Grid
from zhongshu.engine.processes.rules.layout.routes import Leg
from zhongshu.engine.processes.rules.layout.sizes import Extent
from zhongshu.engine.processes.rules.layout.sketch import Lane

LEAD, PITCH, EDGE = 18.0, 12.0, 20.0  # before the first track of a channel, between tracks, around a drawing
CORRIDOR, LINE = 17.0, 18.0  # before the first track of a corridor and after its last; between tracks
EMPTY = 13.0  # a corridor without lines
LOWEST, HEADER, GAP = 30.0, 30.0, 40.0  # half a row at least; the strip with a lane's name; between pools


@dataclass(frozen=True, slots=True)
class Plan:
    """Where everything counted lies: middles of columns and rows, beginnings of channels and corridors, lanes."""

    columns: tuple[float, ...]
    channels: tuple[float, ...]
    rows: tuple[float, ...]
    corridors: Mapping[int, float]
    lanes: Mapping[str, Bounds]
    width: float
    height: float

    def track(self, leg: Leg, number: int) -> float:
        """Where a track of a channel or corridor lies."""
        if leg.upright:
            return self.channels[leg.number // 2] + LEAD + number * PITCH
        return self.corridors[leg.number] + CORRIDOR + number * LINE


def draw_up(
    grid: Grid,
    extents: Mapping[str, Extent],
    tracks: Mapping[Leg, int],
    rooms: Mapping[int, float],
    lanes: tuple[Lane, ...],
) -> Plan:
    """Gives each row and column the room its shapes need, and each channel that of its lines and names (`rooms`)."""
    depth = max((_depth(lane) for lane in lanes), default=0)
    columns, channels, width = _across(grid, extents, tracks, rooms, depth * HEADER)
    rows, corridors, edges = _down(grid, extents, tracks)
    heights = {id: (edges[first][0], edges[last][1]) for id, (first, last) in grid.lanes.items()}
    bounds: dict[str, Bounds] = {}
    for lane in lanes:
        _span(lane, 0, width, heights, bounds)
    return Plan(columns, channels, rows, corridors, bounds, width, edges[-1][1])


def _depth(lane: Lane) -> int:
    return 1 + max((_depth(each) for each in lane.lanes), default=0)


def _across(
    grid: Grid, extents: Mapping[str, Extent], tracks: Mapping[Leg, int], rooms: Mapping[int, float], x: float
) -> tuple[tuple[float, ...], tuple[float, ...], float]:
    left, right = [0.0] * grid.columns, [0.0] * grid.columns
    for id, extent in extents.items():
        column = grid.cells[id].column
        left[column], right[column] = max(left[column], extent.left), max(right[column], extent.right)
    columns, channels = [], []
    for number in range(grid.columns + 1):
        channels.append(x)
        many = tracks.get(Leg(True, 2 * number), 0)
        outer = number in (0, grid.columns)
        least = 2 * LEAD + (many - 1) * PITCH if many else EDGE if outer else 2 * LEAD + PITCH
        x += max(least, least - LEAD + rooms.get(2 * number, 0))
        if number < grid.columns:
            columns.append(x + left[number])
            x += left[number] + right[number]
    return tuple(columns), tuple(channels), x


def _down(
    grid: Grid, extents: Mapping[str, Extent], tracks: Mapping[Leg, int]
) -> tuple[tuple[float, ...], dict[int, float], list[tuple[float, float]]]:
    above, below = [LOWEST] * grid.rows, [LOWEST] * grid.rows
    for id, extent in extents.items():
        row = grid.cells[id].row
        above[row], below[row] = max(above[row], extent.above), max(below[row], extent.below)
    rows, corridors, edges, y = [], {}, [], 0.0
    for band, (first, last) in enumerate(grid.bands):
        y += GAP if band in grid.apart else 0
        top = y
        for row in range(first, last + 1):
            corridors[2 * (row + band)] = y
            y += _corridor(tracks, 2 * (row + band))
            rows.append(y + above[row])
            y += above[row] + below[row]
        corridors[2 * (last + band) + 2] = y
        y += _corridor(tracks, 2 * (last + band) + 2)
        edges.append((top, y))
    return tuple(rows), corridors, edges


def _corridor(tracks: Mapping[Leg, int], number: int) -> float:
    many = tracks.get(Leg(False, number), 0)
    return 2 * CORRIDOR + (many - 1) * LINE if many else EMPTY


def _span(
    lane: Lane, depth: int, width: float, heights: Mapping[str, tuple[float, float]], bounds: dict[str, Bounds]
) -> None:
    top, bottom = heights[lane.id]
    bounds[lane.id] = Bounds(depth * HEADER, top, width - depth * HEADER, bottom - top)
    for each in lane.lanes:
        _span(each, depth + 1, width, heights, bounds)
