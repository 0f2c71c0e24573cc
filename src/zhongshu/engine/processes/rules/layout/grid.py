"""The drawing as a grid: each node has a column and a row of its own; lanes are bands of rows.

Between rows run corridors and between columns channels, where nothing but lines is drawn. Heights are counted
through: corridor k is at height 2k, the rows lie between; columns likewise, channel c right of column c at 2c + 2.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from zhongshu.engine.processes.rules.layout import ranks
from zhongshu.engine.processes.rules.layout.rows import rows
from zhongshu.engine.processes.rules.layout.sketch import Lane, Node, Scope

SATELLITES = ("data", "store", "note")


@dataclass(frozen=True, slots=True)
class Cell:
    """A place for one node."""

    column: int
    row: int


@dataclass(frozen=True, slots=True)
class Grid:
    """Where each node stands (boundary events: with their hosts), and which rows each lane and each band spans.

    `bands` are pairs of first and last row, downwards; `lanes` pairs of the first and last of their bands.
    `starts` are the bands that begin an outermost lane, or follow the last.
    """

    cells: Mapping[str, Cell]
    bands: tuple[tuple[int, int], ...]
    lanes: Mapping[str, tuple[int, int]]
    starts: frozenset[int]

    @property
    def columns(self) -> int:
        """How many columns there are, at least one."""
        return max((cell.column for cell in self.cells.values()), default=0) + 1

    @property
    def rows(self) -> int:
        """How many rows there are, at least one."""
        return self.bands[-1][1] + 1


def place(scope: Scope) -> Grid:
    """A cell for each node of a scope."""
    nodes = {node.id: node for node in scope.nodes}
    hosts = {node.id: node.host if node.host in nodes else node.id for node in scope.nodes}
    solid = [node for node in scope.nodes if hosts[node.id] == node.id and node.kind not in SATELLITES]
    ids = {node.id for node in solid}
    flows = [link for link in scope.links if link.sort == "flow"]
    ends = [(hosts.get(link.source, ""), hosts.get(link.target, "")) for link in flows]
    pairs = [pair for pair in ends if pair[0] in ids and pair[1] in ids]
    falling = {pair for pair, link in zip(ends, flows, strict=True) if pair[0] != link.source}
    bands = list(_bands(scope.lanes, {node.lane for node in scope.nodes}))
    board = _Board(bands)
    _set_out(board, solid, pairs, falling)
    _add_satellites(board, scope, hosts)
    return _grid(board, scope.lanes, hosts)


def _bands(lanes: tuple[Lane, ...], used: set[str]) -> Iterator[str]:
    """The lanes that hold nodes themselves or hold no lanes, downwards; then one for what lies in none."""

    def inner(lane: Lane) -> Iterator[str]:
        for each in lane.lanes:
            yield from inner(each)
        if not lane.lanes or lane.id in used:
            yield lane.id

    known = [id for lane in lanes for id in inner(lane)]
    yield from known
    if not known or used - set(known):
        yield ""


class _Board:
    """Cells being filled, a sheet of rows for each band; rows may be negative until it is done."""

    def __init__(self, bands: list[str]) -> None:
        self.sheets: dict[str, dict[tuple[int, int], str]] = {band: {} for band in bands}
        self.at: dict[str, tuple[str, int, int]] = {}

    def band(self, lane: str) -> str:
        return lane if lane in self.sheets else next(reversed(self.sheets))

    def put(self, id: str, band: str, column: int, row: int) -> None:
        self.sheets[band][column, row] = id
        self.at[id] = band, column, row

    def put_near(self, id: str, host: str, side: int) -> None:
        """In the host's column, as near to it as there is room; below it rather if the side is 1, above if -1."""
        band, column, row = self.at[host]
        distance = 1
        while True:
            for each in (row + side * distance, row - side * distance):
                if (column, each) not in self.sheets[band]:
                    self.put(id, band, column, each)
                    return
            distance += 1


def _set_out(board: _Board, solid: list[Node], pairs: list[tuple[str, str]], falling: set[tuple[str, str]]) -> None:
    """Columns and rows by the flows; what hangs together in a band stands apart from the rest of it."""
    ids = [node.id for node in solid]
    column, number = ranks.columns(ids, pairs), ranks.components(ids, pairs)
    group = {node.id: (board.band(node.lane), number[node.id]) for node in solid}
    members: dict[tuple[str, int], list[str]] = {}
    inner: dict[tuple[str, int], list[tuple[str, str]]] = {}
    for id in ids:
        members.setdefault(group[id], []).append(id)
    for pair in pairs:
        if group[pair[0]] == group[pair[1]]:
            inner.setdefault(group[pair[0]], []).append(pair)
    free = dict.fromkeys(board.sheets, 0)
    for key in sorted(members, key=lambda each: each[1]):
        row = rows({id: column[id] for id in members[key]}, inner.get(key, []), falling)
        for id, number_in_group in row.items():
            board.put(id, key[0], column[id], free[key[0]] + number_in_group)
        free[key[0]] += max(row.values()) + 1


def _add_satellites(board: _Board, scope: Scope, hosts: Mapping[str, str]) -> None:
    """Data under, and notes above, the first thing placed that they are tied to; the rest in a row of their own."""
    ties: dict[str, list[str]] = {}
    for link in scope.links:
        ties.setdefault(link.source, []).append(link.target)
        ties.setdefault(link.target, []).append(link.source)
    left = [node for node in scope.nodes if node.kind in SATELLITES]
    while True:
        tied = {node.id: _placed(board, ties.get(node.id, []), hosts) for node in left}
        near = [node for node in left if tied[node.id]]
        for node in near:
            board.put_near(node.id, tied[node.id], -1 if node.kind == "note" else 1)
        left = [node for node in left if not tied[node.id]]
        if not near:
            break
    lowest = {band: max((row for _, row in sheet), default=-1) + 1 for band, sheet in board.sheets.items()}
    for column, node in enumerate(left):
        band = board.band(node.lane)
        board.put(node.id, band, column, lowest[band])


def _placed(board: _Board, tied: list[str], hosts: Mapping[str, str]) -> str:
    return next((hosts[id] for id in tied if id in hosts and hosts[id] in board.at), "")


def _grid(board: _Board, lanes: tuple[Lane, ...], hosts: Mapping[str, str]) -> Grid:
    """The sheets under each other, without empty rows; every band has one row at least."""
    first, spans = 0, []
    number: dict[tuple[str, int], int] = {}
    for band, sheet in board.sheets.items():
        used = sorted({row for _, row in sheet})
        number |= {(band, row): first + index for index, row in enumerate(used)}
        spans.append((first, first + max(len(used), 1) - 1))
        first = spans[-1][1] + 1
    cells = {id: Cell(column, number[band, row]) for id, (band, column, row) in board.at.items()}
    cells |= {id: cells[host] for id, host in hosts.items()}
    order = {band: index for index, band in enumerate(board.sheets)}
    covered = {lane.id: _span(lane, order) for outer in lanes for lane in outer.family()}
    starts = {covered[lane.id][0] for lane in lanes} | ({order[""]} if "" in order else set())
    return Grid(cells, tuple(spans), covered, frozenset(starts))


def _span(lane: Lane, order: Mapping[str, int]) -> tuple[int, int]:
    inside = [order[each.id] for each in lane.family() if each.id in order]
    return min(inside), max(inside)
