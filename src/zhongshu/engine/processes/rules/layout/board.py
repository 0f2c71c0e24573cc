"""The grid while it is being filled: a sheet of cells for each band of lanes."""

from collections.abc import Iterable, Iterator

from zhongshu.engine.processes.rules.layout import ranks
from zhongshu.engine.processes.rules.layout.rows import rows
from zhongshu.engine.processes.rules.layout.sketch import Lane, Node, Scope

SATELLITES = ("data", "store", "note")


class Board:
    """Cells being filled. `at`: band, column and row of each node but those on borders; rows may be negative.

    `hosts`: what each node stands with (itself, or its host); `raised`: data above what it is tied to.
    """

    def __init__(self, scope: Scope) -> None:
        self.nodes = {node.id: node for node in scope.nodes}
        self.hosts = {id: node.host if node.host in self.nodes else id for id, node in self.nodes.items()}
        self.solid = [each for each in scope.nodes if self.hosts[each.id] == each.id and each.kind not in SATELLITES]
        self.homes = dict(_homes(scope.lanes, {node.lane for node in self.solid}))
        flows = [link for link in scope.links if link.sort == "flow"]
        ends = [(self.hosts.get(link.source, ""), self.hosts.get(link.target, "")) for link in flows]
        ids = {node.id for node in self.solid}
        self.pairs = [pair for pair in ends if pair[0] in ids and pair[1] in ids]
        falls = dict(_falls(self.hosts))
        self.falling = {
            pair: falls[link.source] for pair, link in zip(ends, flows, strict=True) if link.source in falls
        }
        self.ties: dict[str, list[str]] = {}
        for link in scope.links:
            if link.sort == "tie":
                one, other = self.hosts.get(link.source, ""), self.hosts.get(link.target, "")
                self.ties.setdefault(one, []).append(other)
                self.ties.setdefault(other, []).append(one)
        bands = list(dict.fromkeys(band for home in self.homes.values() for band in home))
        if not bands or any(node.lane not in self.homes for node in self.solid):
            bands.append("")
        self.sheets: dict[str, dict[tuple[int, int], str]] = {band: {} for band in bands}
        self.at: dict[str, tuple[str, int, int]] = {}
        self.raised: set[str] = set()

    def fill(self) -> None:
        """Puts everything somewhere: what flows, what is tied to it, then the rest."""
        flowing = {id for pair in self.pairs for id in pair}
        self._flowing([node for node in self.solid if node.id in flowing])
        self._tied(list(self.at))
        self._alone([node for node in self.solid if node.id not in self.at])
        lowest = {band: max((row for _, row in sheet), default=-1) + 1 for band, sheet in self.sheets.items()}
        loose = [id for id, host in self.hosts.items() if host == id and id not in self.at]
        for column, id in enumerate(loose):
            band = self._band(id)
            self._put(id, band, column, lowest[band])

    def _flowing(self, nodes: list[Node]) -> None:
        """Columns and rows by the flows; what hangs together in a band stands apart from the rest of it."""
        ids = [node.id for node in nodes]
        column, number = ranks.columns(ids, self.pairs), ranks.components(ids, self.pairs)
        group = {id: (self._band(id), number[id]) for id in ids}
        members: dict[tuple[str, int], list[str]] = {}
        inner: dict[tuple[str, int], list[tuple[str, str]]] = {}
        for id in ids:
            members.setdefault(group[id], []).append(id)
        for pair in self.pairs:
            if group[pair[0]] == group[pair[1]]:
                inner.setdefault(group[pair[0]], []).append(pair)
        free = dict.fromkeys(self.sheets, 0)
        for key in sorted(members, key=lambda each: each[1]):
            band, row = key[0], rows({id: column[id] for id in members[key]}, inner.get(key, []), self.falling)
            for id, at in row.items():
                self._put(id, band, column[id], free[band] + at)
            free[band] += max(row.values()) + 1

    def _tied(self, placed: list[str]) -> None:
        """Everything tied to what is placed goes near it, if that does not lie in another lane."""
        for host in placed:  # grows
            for id in self.ties.get(host, []):
                if id in self.nodes and id not in self.at and self._may_lie(self.nodes[id], self.at[host][0]):
                    self._put_near(id, host, -1 if self.nodes[id].kind == "note" else 1)
                    placed.append(id)

    def _alone(self, nodes: list[Node]) -> None:
        """What nothing leads to, right of the rest, so that it makes no column wider that others stand in."""
        base = {band: max((column for column, _ in sheet), default=-1) + 1 for band, sheet in self.sheets.items()}
        most = max(base.values())
        free = dict.fromkeys(self.sheets, 0)
        for node in nodes:
            band = self._band(node.id)
            if node.id in self.at:
                continue
            column = most if node.inside is not None and base[band] else base[band]
            while (column, free[band]) in self.sheets[band]:
                free[band] += 1
            self._put(node.id, band, column, free[band])
            self._tied([node.id])

    def _band(self, id: str) -> str:
        return (self.homes.get(self.nodes[id].lane) or tuple(self.sheets))[-1]

    def _may_lie(self, node: Node, band: str) -> bool:
        if node.kind in SATELLITES:
            return band in self.homes.get(node.lane, self.sheets)
        return band == self._band(node.id)

    def _put(self, id: str, band: str, column: int, row: int) -> None:
        self.sheets[band][column, row] = id
        self.at[id] = band, column, row

    def _put_near(self, id: str, host: str, side: int) -> None:
        """In the host's column, as near to it as there is room; below it rather if the side is 1, above if -1."""
        band, column, row = self.at[host]
        distance = side
        while (column, row + distance) in self.sheets[band]:
            distance = -distance if distance * side > 0 else side - distance
        self._put(id, band, column, row + distance)
        if distance < 0 and self.nodes[id].kind in ("data", "store"):
            self.raised.add(id)


def _falls(hosts: dict[str, str]) -> Iterator[tuple[str, int]]:
    """How many rows lower a line from a border leads: the further left the lower, so that no two of them cross."""
    rows_below: dict[str, int] = {}
    for id, host in reversed(hosts.items()):
        if id != host:
            rows_below[host] = rows_below.get(host, 0) + 1
            yield id, rows_below[host]


def _homes(lanes: Iterable[Lane], used: set[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The bands of each lane, downwards: those of its lanes, then its own if it holds nodes itself or no lanes."""
    for lane in lanes:
        inner = dict(_homes(lane.lanes, used))
        yield from inner.items()
        bands = [band for each in lane.lanes for band in inner[each.id]]
        yield lane.id, (*bands, lane.id) if lane.id in used or not bands else tuple(bands)
