"""In which branches of the drawing an element lies: what is one thing, and what goes on beside each other.

A branch is named by the flow (or the boundary event that interrupts nothing) that begins it. An element lies in a
branch if there is no other way to it from the start of its scope: the branch dominates it (Lengauer and Tarjan 1979
call it so). A join of all branches lies in none of them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from zhongshu.engine.processes.rules.net import elements as kinds
from zhongshu.engine.processes.rules.net.whole import Net

Names = frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class Branches:
    """The branches each element and flow lies in, and for each branch those that begin with it."""

    of: Mapping[str, Names]
    of_flow: Mapping[str, Names]
    beside: Mapping[str, Names]


@lru_cache(maxsize=1_000)
def branches(net: Net) -> Branches:
    """The branches of a net; worked out once."""
    beside = {flow: group for element in net.elements.values() for group in [_begun(net, element)] for flow in group}
    reached, outside = _reached(net, without=""), {name: _reached(net, without=name) for name in beside}
    of = {id: frozenset(name for name in beside if _may_hold(net, name, id) and id in reached - outside[name])
          for id in net.elements}  # fmt: skip
    of_flow = {flow.id: of[flow.source] | ({flow.id} & beside.keys()) for flow in net.flows.values()}
    return Branches(of, of_flow, beside)


def _begun(net: Net, element: kinds.Element) -> Names:
    """The branches that begin at an element."""
    if isinstance(element, kinds.Boundary) and not element.interrupts:
        return frozenset([element.id])
    if isinstance(element, kinds.Exclusive | kinds.EventBased):
        return frozenset()
    flows = net.outgoing[element.id]
    return frozenset(flow.id for flow in flows) if len(flows) > 1 else frozenset()


def _may_hold(net: Net, branch: str, id: str) -> bool:
    """Whether an element lies in the scope a branch is drawn in."""
    begins, element = net.flows[branch].source if branch in net.flows else branch, net.elements[id]
    apart = isinstance(element, kinds.Start) or (isinstance(element, kinds.Scope) and element.event)
    return net.scope[begins] == net.scope[id] and not apart


def _reached(net: Net, *, without: str) -> set[str]:
    """What can be reached from the starts of all scopes if one branch is not taken."""
    todo = [each.id for begun in (net.starts, net.answers, net.entries) for all in begun.values() for each in all]
    return _closure(net, (id for id in todo if id != without), without)


def _closure(net: Net, seeds: Iterable[str], without: str) -> set[str]:
    seen, todo = set(seeds), list(seeds)
    todo = list(seen)
    while todo:
        near = todo.pop()
        ahead = [flow.target for flow in net.outgoing[near] if flow.id != without]
        ahead += [event.id for event in net.boundaries[near] if event.id != without]
        ahead = [id for id in ahead if id not in seen]
        seen.update(ahead)
        todo += ahead
    return seen
