"""One scope laid out: its own shapes and lines, and what its sub-processes hold, inside-out."""

from collections.abc import Iterator
from dataclasses import dataclass

from zhongshu.engine.processes.rules.layout import grid as grids
from zhongshu.engine.processes.rules.layout import labels, plan, sizes, tracks
from zhongshu.engine.processes.rules.layout.drawing import Bounds, Drawing, Edge, Point, Shape
from zhongshu.engine.processes.rules.layout.routes import End, Route, Router, Side
from zhongshu.engine.processes.rules.layout.sketch import Link, Node, Scope

INNER = 6.0  # from a shape inside a sub-process to a line that leads out of it; tracks begin further off
UP_AND_DOWN: frozenset[Side] = frozenset(["top", "bottom"])


@dataclass(frozen=True, slots=True)
class Port:
    """Where a line meets a shape: how far right (None: a lane is met where the line comes), and what is before."""

    bounds: Bounds
    x: float | None = None
    within: tuple[Point, ...] = ()

    def at(self, side: Side, come: float) -> Point:
        """The point on that side, for a line that comes along there."""
        if side in ("left", "right"):
            return (self.bounds.x if side == "left" else self.bounds.right), self.bounds.centre[1]
        return (come if self.x is None else self.x), (self.bounds.y if side == "top" else self.bounds.bottom)


def lay_out(scope: Scope) -> Drawing:
    """Where everything in a sketch stands, from (0, 0)."""
    return _Frame(scope).drawing


class _Frame:
    def __init__(self, scope: Scope) -> None:
        self.nodes = {node.id: node for node in scope.nodes}
        self.inner = {node.id: _Frame(node.inside) for node in scope.nodes if node.inside is not None}
        self.owner: dict[str, str] = {id: owner for owner, frame in self.inner.items() for id in frame.owner}
        self.owner |= {id: id for id in self.nodes}
        self.guests: dict[str, list[Node]] = {}
        for node in scope.nodes:
            if node.host in self.nodes:
                self.guests.setdefault(node.host, []).append(node)
        self.grid = grids.place(scope)
        self.plan, self.ways, self.tracks = self._planned(scope)
        self.at = dict(self._bounds())
        self.drawing = Drawing(tuple(self._shapes(scope)), tuple(self._edges()))

    # what runs where

    def _planned(self, scope: Scope) -> tuple[plan.Plan, list[tracks.Way], tracks.Tracks]:
        self.size = {
            id: sizes.shape(node, self._inside(id), self.guests.get(id, [])) for id, node in self.nodes.items()
        }
        router = Router(self.grid)
        ways = [self._way(router, link) for link in _straightest_first(scope.links)]
        allotted = tracks.allot(ways)
        extents = {
            id: sizes.extent(node, self.size[id], self.guests.get(id, []), id in self.grid.raised)
            for id, node in self.nodes.items()
            if node.host not in self.nodes
        }
        rooms: dict[int, float] = {}
        for way in ways:
            rooms[way.start[0] + 1] = max(rooms.get(way.start[0] + 1, 0), labels.room(way.route))
        return plan.draw_up(self.grid, extents, allotted.many, rooms, scope.lanes), ways, allotted

    def _inside(self, id: str) -> tuple[float, float] | None:
        frame = self.inner.get(id)
        return None if frame is None else (frame.plan.width, frame.plan.height)

    def _way(self, router: Router, link: Link) -> tracks.Way:
        source, target = self._end(link.source), self._end(link.target)
        corners = [
            (2 * end.cell.column + 1, router.height(end.cell.row)) if end.cell else (0, router.height(end.span[0]))
            for end in (source, target)
        ]
        return tracks.Way(router.route(link, source, target), corners[0], corners[1])

    def _end(self, id: str) -> End:
        if id not in self.owner:
            first, last = self.grid.lanes[id]
            return End(id, None, (self.grid.bands[first][0], self.grid.bands[last][1]))
        node = self.nodes[self.owner[id]]
        sides = UP_AND_DOWN
        if node.host in self.nodes:
            sides = frozenset(["bottom"])
        elif sizes.labelled(node) or node.id in self.guests:
            sides = frozenset(["bottom" if node.id in self.grid.raised else "top"])
        return End(
            node.id,
            self.grid.cells[node.id],
            sides=sides,
            guest=node.host in self.nodes,
            forks=node.kind == "gateway",
            aside=node.id != id,
            trunk=node.host if node.host in self.nodes else node.id,
        )

    # where it lies

    def _bounds(self) -> Iterator[tuple[str, Bounds]]:
        for id, node in self.nodes.items():
            if node.host in self.nodes:
                continue
            cell, (width, height) = self.grid.cells[id], self.size[id]
            x, y = self.plan.columns[cell.column], self.plan.rows[cell.row]
            bounds = Bounds(x - width / 2, y - height / 2, width, height)
            yield id, bounds
            guests = self.guests.get(id, [])
            left = x - sizes.EVENT / 2 if len(guests) == 1 else bounds.right - sum(map(sizes.step, guests)) - 5
            for guest in guests:
                yield guest.id, Bounds(left, bounds.bottom - sizes.EVENT / 2, sizes.EVENT, sizes.EVENT)
                left += sizes.step(guest)

    def _shapes(self, scope: Scope) -> Iterator[Shape]:
        for lane in scope.lanes:
            for each in lane.family():
                yield Shape(each.id, self.plan.lanes[each.id], band=True)
        for id, node in self.nodes.items():
            if node.host in self.nodes:
                continue
            yield Shape(
                id, self.at[id], labels.of_node(node, self.at[id], id in self.grid.raised), expanded=id in self.inner
            )
            if id in self.inner:
                for shape in self.inner[id].drawing.shapes:
                    yield shape.moved(*self._origin(id))
        for id, node in self.nodes.items():
            if node.host in self.nodes:
                yield Shape(id, self.at[id], labels.of_guest(node, self.at[id]))

    def _origin(self, id: str) -> Point:
        """Where the drawing in a sub-process begins."""
        bounds, frame = self.at[id], self.inner[id]
        foot = sizes.foot(self.guests.get(id, []))
        return bounds.centre[0] - frame.plan.width / 2, bounds.bottom - foot - frame.plan.height

    def _edges(self) -> Iterator[Edge]:
        for way in self.ways:
            points = tuple(self._points(way.route))
            yield Edge(way.route.link.id, points, labels.of_link(way.route, points))
        for id, frame in self.inner.items():
            for edge in frame.drawing.edges:
                yield edge.moved(*self._origin(id))

    def _points(self, route: Route) -> list[Point]:
        """The way points of a route."""
        along = [self.plan.track(leg, self.tracks.number[route.link.id, i]) for i, leg in enumerate(route.legs)]
        source, target = self._port(route.link.source, route.leaves), self._port(route.link.target, route.enters)
        come = along or [x for x in (source.x, target.x) if x is not None]
        points = [*source.within, source.at(route.leaves, come[0])]
        for leg, track in zip(route.legs, along, strict=True):
            points.append((track, points[-1][1]) if leg.upright else (points[-1][0], track))
        end = target.at(route.enters, come[-1])
        level = route.enters in ("left", "right")
        points.append((points[-1][0], end[1]) if level else (end[0], points[-1][1]))
        return labels.tidy([*points, end, *reversed(target.within)])

    def _port(self, id: str, side: Side) -> Port:
        if id not in self.owner:
            return Port(self.plan.lanes[id])
        owner = self.owner[id]
        bounds = self.at[owner]
        if owner == id:
            return Port(bounds, bounds.centre[0])
        dx, dy = self._origin(owner)
        within = tuple((x + dx, y + dy) for x, y in self.inner[owner].climb(id, side))
        return Port(bounds, within[-1][0], within)

    def climb(self, id: str, side: Side) -> list[Point]:
        """The way from a shape in here, however deep, to a free channel beside it from which one can go up or down."""
        out, cell = self._end(id).side(side), self.grid.cells[self.owner[id]]
        port = self._port(id, out)
        x = self.plan.channels[cell.column + 1] + INNER
        y = self.plan.corridors[2 * (cell.row + self._band(cell.row) + (out == "bottom"))] + INNER
        leave = port.at(out, x)
        return [*port.within, leave, (leave[0], y), (x, y)]

    def _band(self, row: int) -> int:
        return next(index for index, (_, last) in enumerate(self.grid.bands) if row <= last)


def _straightest_first(links: tuple[Link, ...]) -> list[Link]:
    """Sequence flows choose their ways before ties and messages do; otherwise as in the file."""
    return sorted(links, key=lambda link: link.sort != "flow")
