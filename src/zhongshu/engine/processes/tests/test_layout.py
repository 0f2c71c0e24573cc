"""What holds for every drawing that is laid out, whatever it shows."""

from collections.abc import Iterator
from itertools import combinations, count, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhongshu.engine.processes.rules import layout
from zhongshu.engine.processes.rules.layout import Bounds, Lane, Link, Node, Scope, ranks, rows

SAMPLE = settings(max_examples=50, deadline=None, derandomize=True)
NEAR = 0.01


@st.composite
def scopes(draw: st.DrawFn, depth: int = 0, ids: "count[int] | None" = None) -> Scope:
    """Random sketches: sub-processes two deep, events on borders, lanes, and links from anything to anything."""
    ids = ids or count()
    lanes = draw(st.sampled_from([(), ("a", "b"), ("a", "b", "c")]))
    names = {lane: f"{lane}{next(ids)}" for lane in lanes}
    nodes: list[Node] = []
    for kind in draw(st.lists(st.sampled_from(["task", "task", "event", "gateway", "data", "note"]), max_size=9)):
        inside = draw(scopes(depth + 1, ids)) if kind == "task" and depth < 2 and draw(st.integers(0, 4)) == 0 else None
        lane = names[draw(st.sampled_from(lanes))] if lanes and draw(st.booleans()) else ""
        name = draw(st.sampled_from(["", "受理", "a name that takes more than a line to set"]))
        nodes.append(Node(f"n{next(ids)}", kind, name, lane, inside=inside))
    hosts = [node.id for node in nodes if node.kind == "task"]
    for host in draw(st.lists(st.sampled_from(hosts), max_size=3)) if hosts else []:
        nodes.append(Node(f"n{next(ids)}", "event", "超时", host=host))
    owner = {inner.id: node.id for node in nodes for inner in every([node])}
    links: list[Link] = []
    for sort, among in (
        ("flow", [node.id for node in nodes]),
        ("tie", [node.id for node in every(nodes)]),
        ("message", [*(node.id for node in every(nodes)), *names.values()]),
    ):
        most = 14 if sort == "flow" else 4
        ends = st.tuples(st.sampled_from(among), st.sampled_from(among)) if among else st.nothing()
        for source, target in draw(st.lists(ends, max_size=most)) if among else []:
            if owner.get(source) == owner.get(target) not in (source, target, None):
                continue  # it would stand further in
            links.append(Link(f"l{next(ids)}", source, target, draw(st.sampled_from(["", "通过"])), sort))
    outer = draw(st.booleans()) and bool(lanes)
    inner = tuple(Lane(names[lane], pool=not outer) for lane in lanes)
    bands = (Lane(f"p{next(ids)}", lanes=inner, pool=True),) if outer else inner
    return Scope(tuple(nodes), tuple(links), bands)


def every(nodes: "list[Node] | tuple[Node, ...]") -> Iterator[Node]:
    for node in nodes:
        yield node
        yield from every(node.inside.nodes) if node.inside else ()


def all_scopes(scope: Scope) -> list[Scope]:
    return [scope, *(each.inside for each in every(scope.nodes) if each.inside)]


class Drawn:
    """A drawing with what one asks of it."""

    def __init__(self, scope: Scope) -> None:
        self.scope, self.drawing = scope, layout.lay_out(scope)
        self.at = {shape.id: shape.bounds for shape in self.drawing.shapes}
        self.nodes = {node.id: node for node in every(scope.nodes)}
        self.links = {link.id: link for each in all_scopes(scope) for link in each.links}
        self.around: dict[str, set[str]] = {id: set() for id in self.nodes}
        for node in self.nodes.values():
            for inner in every(node.inside.nodes) if node.inside else ():
                self.around[inner.id].add(node.id)


@given(scopes())
@SAMPLE
def test_everything_is_drawn_once_and_always_alike(scope: Scope) -> None:
    drawn = Drawn(scope)
    lanes = [lane.id for each in all_scopes(scope) for outer in each.lanes for lane in outer.family()]
    assert sorted(shape.id for shape in drawn.drawing.shapes) == sorted([*drawn.nodes, *lanes])
    assert sorted(edge.id for edge in drawn.drawing.edges) == sorted(drawn.links)
    assert layout.lay_out(scope) == drawn.drawing


@given(scopes())
@SAMPLE
def test_no_two_shapes_lie_on_each_other_but_what_holds_and_what_sits_on_a_border(scope: Scope) -> None:
    drawn = Drawn(scope)
    for one, other in combinations(drawn.nodes.values(), 2):
        if other.id in drawn.around[one.id] or one.id in drawn.around[other.id]:
            inner, outer = (one, other) if other.id in drawn.around[one.id] else (other, one)
            assert holds(drawn.at[outer.id], drawn.at[inner.id])
        elif one.id != other.host and other.id != one.host:
            assert not overlap(drawn.at[one.id], drawn.at[other.id]), (one, other)
    for node in drawn.nodes.values():
        if node.lane:
            assert holds(drawn.at[node.lane], drawn.at[node.id])
        if node.host:
            assert drawn.at[node.id].centre[1] == drawn.at[node.host].bottom


@given(scopes())
@SAMPLE
def test_lines_are_level_or_upright_from_border_to_border_and_over_nothing(scope: Scope) -> None:
    drawn = Drawn(scope)
    for edge in drawn.drawing.edges:
        link = drawn.links[edge.id]
        assert on_border(drawn.at[link.source], edge.points[0]) and on_border(drawn.at[link.target], edge.points[-1])
        through = drawn.around.get(link.source, set()) ^ drawn.around.get(link.target, set()) | {
            link.source, link.target
        }  # fmt: skip
        for one, other in pairwise(edge.points):
            assert one[0] == other[0] or one[1] == other[1]
            way = Bounds(min(one[0], other[0]), min(one[1], other[1]), abs(one[0] - other[0]), abs(one[1] - other[1]))
            for id, bounds in drawn.at.items():
                if id in drawn.nodes and id not in through and not holds(bounds, way):
                    assert not overlap(bounds, way), (link, drawn.nodes[id])


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=25))
@SAMPLE
def test_what_comes_after_stands_right_and_only_rings_lead_back(numbers: list[tuple[int, int]]) -> None:
    nodes, pairs = [str(number) for number in range(10)], [(str(one), str(other)) for one, other in numbers]
    column, onward = ranks.columns(nodes, pairs), ranks.forward(nodes, pairs)
    assert all(column[source] < column[target] for source, target in onward)
    for source, target in {*pairs} - {*onward}:
        assert source == target or source in reached(target, onward)
    row = rows.rows(column, onward)
    assert len({(column[node], row[node]) for node in nodes}) == len(nodes)


def reached(start: str, pairs: list[tuple[str, str]]) -> set[str]:
    found = {start}
    while more := {target for source, target in pairs if source in found} - found:
        found |= more
    return found


@pytest.mark.parametrize(
    ("wanted", "rows_found"),
    [([0, 0, 0], [-1, 0, 1]), ([0, 0], [0, 1]), ([3, 1], [2, 3]), ([0, 5], [0, 5]), ([], [])],
)
def test_rows_are_as_near_to_those_wanted_as_there_is_room(wanted: list[float], rows_found: list[int]) -> None:
    assert rows.settled(wanted) == rows_found


def test_a_plain_process_is_one_straight_line_and_its_branches_meet_again_on_it() -> None:
    nodes = [Node("start", "event"), Node("split", "gateway"), Node("a", "task"), Node("b", "task")]
    nodes += [Node("join", "gateway"), Node("end", "event")]
    ends = ["start split", "split a", "split b", "a join", "b join", "join end"]
    drawn = Drawn(Scope(tuple(nodes), tuple(Link(each, *each.split()) for each in ends)))
    assert len({drawn.at[id].centre[1] for id in ("start", "split", "a", "join", "end")}) == 1
    assert drawn.at["b"].y > drawn.at["a"].bottom
    assert [len(edge.points) for edge in drawn.drawing.edges] == [2, 2, 3, 2, 4, 2]


def overlap(one: Bounds, other: Bounds) -> bool:
    """Whether they share more than a border."""
    level = min(one.right, other.right) - max(one.x, other.x)
    upright = min(one.bottom, other.bottom) - max(one.y, other.y)
    thin = 0 in (one.width, one.height, other.width, other.height)
    return level > NEAR and upright > NEAR if not thin else inside(one, other) or inside(other, one)


def inside(area: Bounds, line: Bounds) -> bool:
    """Whether a level or upright line runs within an area."""
    level = line.x < area.right - NEAR and line.right > area.x + NEAR
    return bool(area.width and area.height) and level and line.y < area.bottom - NEAR and line.bottom > area.y + NEAR


def holds(outer: Bounds, inner: Bounds) -> bool:
    return (
        outer.x <= inner.x + NEAR
        and inner.right <= outer.right + NEAR
        and outer.y <= inner.y + NEAR
        and inner.bottom <= outer.bottom + NEAR
    )


def on_border(bounds: Bounds, point: layout.Point) -> bool:
    x, y = point
    level = abs(x - bounds.x) < NEAR or abs(x - bounds.right) < NEAR
    upright = abs(y - bounds.y) < NEAR or abs(y - bounds.bottom) < NEAR
    return (level and bounds.y - NEAR <= y <= bounds.bottom + NEAR) or (
        upright and bounds.x - NEAR <= x <= bounds.right + NEAR
    )
