"""Whether what goes on beside each other still does, and whether every join still gets all it waits for."""

from collections.abc import Iterable, Iterator
from itertools import combinations

from zhongshu.engine.processes.rules import net as nets
from zhongshu.engine.processes.rules.moving.sketch import Sketch
from zhongshu.engine.processes.rules.moving.verdicts import Beside, Option, Place, Question
from zhongshu.engine.processes.rules.net.branches import Branches, branches
from zhongshu.engine.processes.rules.net.ways import ways

Missing = dict[nets.Flow, frozenset[str]]
"""A flow into a join by which nothing comes → the branches it closes."""


def part(sketch: Sketch) -> None:
    """Ask which is kept of tokens that went on beside each other and would now do the same work twice."""
    for holder in sketch.holders():
        tokens = sketch.within(holder)
        for group in _groups((one.id, other.id) for one, other in combinations(tokens, 2)
                             if _came_together(sketch, one.id, other.id)):  # fmt: skip
            keys = {sketch.key(id): id for id in sorted(group)}
            options = tuple(Option("keep", key) for key in keys)
            if chosen := sketch.ask(Question("|".join(keys), "joined", "", options)):
                for id in group - {keys[chosen.id]}:
                    sketch.drop(id)


def _came_together(sketch: Sketch, one: int, other: int) -> bool:
    ours, theirs = ((sketch.tokens[id].at, sketch.tokens[id].via) for id in (one, other))
    if not _beside(sketch.old, Place(*ours), Place(*theirs)):
        return False
    return not _beside(sketch.new, sketch.places[one], sketch.places[other])


def _groups(pairs: Iterable[tuple[int, int]]) -> list[set[int]]:
    """Pairs put together where they share a member."""
    found: list[set[int]] = []
    for pair in pairs:
        touched = [group for group in found if group & {*pair}]
        found = [group for group in found if group not in touched] + [set(pair).union(*touched)]
    return found


def _beside(net: nets.Net, one: Place, other: Place) -> bool:
    """Whether two places lie in branches that go on beside each other, or one of them answers an event."""
    if any(getattr(net.elements[place.at], "event", False) for place in (one, other)):
        return True
    drawn = branches(net)
    ours, theirs = _lies_in(net, one), _lies_in(net, other)
    if any(branch not in net.flows for branch in ours ^ theirs):
        return True
    return any(drawn.beside[branch] & (theirs - {branch}) for branch in ours - theirs)


def _lies_in(net: nets.Net, place: Place) -> frozenset[str]:
    """The branches a token lies in: at a join those of the flow it came by."""
    drawn = branches(net)
    if isinstance(net.elements[place.at], nets.Join) and place.via:
        return drawn.of_flow[place.via]
    return drawn.of[place.at]


def complete(sketch: Sketch) -> bool:
    """Ask what is to become of branches a join waits for and nobody is in; False where nothing could ever come."""
    for holder in sketch.holders():
        inside = sketch.within(holder)
        before = _missing(sketch.old, [Place(token.at, token.via) for token in inside])
        known = {(sketch.named(flow.source), sketch.named(flow.target)) for flow in before}
        now = _missing(sketch.new, [sketch.places[token.id] for token in inside])
        fresh = {flow: closed for flow, closed in now.items() if (flow.source, flow.target) not in known}
        if not _begun_or_done(sketch, holder, fresh, [sketch.places[token.id] for token in inside]):
            return False
    return True


def _missing(net: nets.Net, places: list[Place]) -> Missing:
    """The flows into joins under way by which nothing waits and nothing can come."""
    drawn, found = branches(net), Missing()
    for join in net.elements.values():
        if not isinstance(join, nets.Parallel) or len(flows := net.incoming[join.id]) < 2:
            continue
        own = {flow: drawn.of_flow[flow.id] - drawn.of[join.id] for flow in flows}
        here = [place for place in places if net.scope[place.at] == net.scope[join.id]]
        if any(place.at == join.id or _lies_in(net, place) & frozenset().union(*own.values()) for place in here):
            came = _coming(net, join, here)
            found |= {flow: closed for flow, closed in own.items() if flow.id not in came}
    return found


def _coming(net: nets.Net, join: nets.Element, places: list[Place]) -> set[str]:
    """The flows into a join by which something waits or can still come."""
    waiting = {place.via for place in places if place.at == join.id and place.via}
    return waiting.union(*(ways(net, join.id, place.at) for place in places if place.at != join.id))


def _begun_or_done(sketch: Sketch, holder: int | None, missing: Missing, places: list[Place]) -> bool:
    for branch, flows in _by_branch(sketch.new, missing, places):
        if not branch:
            return False
        where = "" if holder is None else sketch.key(holder) + "/"
        options = (Option("begin"), Option("done")) if branch in sketch.new.flows else (Option("done"),)
        match sketch.ask(Question(f"{where}+{branch}", "added", branch, options)):
            case Option("begin"):
                sketch.begins.append(Beside(branch, holder))
            case Option("done"):
                sketch.waits += [Beside(flow.id, holder, flow.target) for flow in flows]
    return True


def _by_branch(net: nets.Net, missing: Missing, places: list[Place]) -> Iterator[tuple[str, list[nets.Flow]]]:
    """The missing flows by the outermost branch they close in which there is nobody; "" where there is none."""
    drawn = branches(net)
    taken = frozenset[str]().union(*(_lies_in(net, place) for place in places))
    found: dict[str, list[nets.Flow]] = {}
    for flow, closed in missing.items():
        empty = sorted(closed - taken, key=lambda branch: (_depth(net, drawn, branch), branch))
        found.setdefault(empty[0] if empty else "", []).append(flow)
    yield from found.items()


def _depth(net: nets.Net, drawn: Branches, branch: str) -> int:
    return len(drawn.of_flow[branch] if branch in net.flows else drawn.of[branch])
