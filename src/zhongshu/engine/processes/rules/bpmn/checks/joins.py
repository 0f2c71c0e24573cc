"""Whether branches come together as they went apart: what can wait in vain, and what would be done twice."""

from collections.abc import Iterator
from itertools import combinations, product

from zhongshu.engine.processes.rules import net as nets
from zhongshu.engine.processes.rules import triggers
from zhongshu.engine.processes.rules.bpmn.draft import Draft
from zhongshu.engine.processes.rules.net.branches import Branches, Names, branches
from zhongshu.engine.processes.rules.net.ways import ways

ENDS_EARLY = "“{branch}”这一支可能不到汇聚就结束了，那时“{name}”会一直等下去。"
GOES_PAST = "“{branch}”这一支可能绕过汇聚，那时“{name}”会一直等下去。"
MIXES = "“{event}”发生几次时，几次的支路会在“{name}”混在一起，可能等不齐；请把这些支路放进一个子流程。"
MAY_NOT_BEGIN = "“{branch}”这一支不一定会走，那时“{name}”会一直等下去，请改用包容网关汇聚。"


def check(draft: Draft) -> None:
    """Look at every place where flows meet; the draft is otherwise without errors."""
    net = draft.net("")
    drawn = branches(net)
    for element in net.elements.values():
        flows = net.incoming[element.id]
        if len(flows) < 2 or draft.scope[element.id] in draft.borrowed:
            continue
        if isinstance(element, nets.Parallel):
            _join(draft, net, drawn, element, flows)
        elif isinstance(element, nets.Inclusive):
            _mixing(draft, net, drawn, element)
        elif _any_beside(drawn, flows):
            sentence = "并行的支路在“{name}”没有汇聚，它后面的环节会办几遍，请先接一个并行网关。"
            draft.say_of(element.id, sentence, severity="warning", name=element.name or element.id)
    _circles(draft, net, drawn)


def _mixing(draft: Draft, net: nets.Net, drawn: Branches, join: nets.Inclusive) -> None:
    """An inclusive join takes all that waits: of an event that happens twice also what belongs to the other time."""
    for event in sorted(drawn.of[join.id] - net.flows.keys()):
        draft.say_of(join.id, MIXES, severity="warning", event=event, name=join.name or join.id)
        return


def _circles(draft: Draft, net: nets.Net, drawn: Branches) -> None:
    """Inclusive gateways that wait for each other: what waits at one could still come to the other."""
    joins = [
        each for each in net.elements.values() if isinstance(each, nets.Inclusive) and len(net.incoming[each.id]) > 1
    ]
    for one, other in combinations(joins, 2):
        pairs = product(net.incoming[one.id], net.incoming[other.id])
        if any(
            _beside(drawn, here, there) and _awaits(net, here, other.id) and _awaits(net, there, one.id)
            for here, there in pairs
        ):
            sentence = "“{one}”和“{other}”两个包容汇聚可能互相等待，请改成成对的分支和汇聚。"
            draft.say_of(other.id, sentence, severity="warning", one=one.name or one.id, other=other.name or other.id)


def _awaits(net: nets.Net, arrived: nets.Flow, other: str) -> bool:
    """Whether a token that came to a gateway by a flow waits for one at another gateway (BPMN 2.0.2 §13.4.3)."""
    coming = ways(net, arrived.target, other)
    return bool(coming) and arrived.id not in coming


def _join(draft: Draft, net: nets.Net, drawn: Branches, join: nets.Parallel, flows: tuple[nets.Flow, ...]) -> None:
    """A join that gets a token from each of its flows only if all of them are under way beside each other."""
    for one, other in combinations(flows, 2):
        if not _beside(drawn, one, other):
            sentence = "并行汇聚会一直等下去：“{one}”和“{other}”两条入线不会都有人到达，请改用排他网关。"
            draft.say_of(join.id, sentence, one=one.source, other=other.source)
            return
    for sentence, branch in (doubt for flow in flows for doubt in _doubts(net, drawn, join, flow)):
        draft.say_of(join.id, sentence, severity="warning", branch=branch, name=join.name or join.id)
        return


def _doubts(net: nets.Net, drawn: Branches, join: nets.Parallel, flow: nets.Flow) -> Iterator[tuple[str, str]]:
    """Why nobody might come to a join by a flow: the sentence, and the element it is about."""
    here = drawn.of_flow[flow.id]
    own = here - drawn.of[join.id]
    yield from ((MAY_NOT_BEGIN, _first(net, branch)) for branch in sorted(own) if _is_open_or_not(net, branch))
    for id, inside in drawn.of.items():
        if _carries(inside, own, here) and _only_ends(net.elements[id]):
            yield ENDS_EARLY, id
    for other in net.flows.values():
        inside = drawn.of_flow[other.id]
        if _carries(inside, own, here) and other.target != join.id and not inside & own <= drawn.of[other.target]:
            yield GOES_PAST, other.source


def _carries(inside: Names, own: Names, here: Names) -> bool:
    """Whether it is the token a flow waits for that passes there, not one that was added on the way."""
    return bool(inside & own) and inside <= here


def _is_open_or_not(net: nets.Net, branch: str) -> bool:
    """Whether a branch is begun only if its condition is true, or its event happens."""
    flow = net.flows.get(branch)
    return flow is None or flow.condition is not None or getattr(net.elements[flow.source], "default", None) == branch


def _first(net: nets.Net, branch: str) -> str:
    return net.flows[branch].target if branch in net.flows else branch


def _only_ends(element: nets.Element) -> bool:
    """Whether an end leaves the rest of its scope waiting, instead of ending it too."""
    return isinstance(element, nets.End) and not element.terminates and not isinstance(element.tells, triggers.Error)


def _any_beside(drawn: Branches, flows: tuple[nets.Flow, ...]) -> bool:
    return any(_beside(drawn, one, other) for one, other in combinations(flows, 2))


def _beside(drawn: Branches, one: nets.Flow, other: nets.Flow) -> bool:
    """Whether two flows lie in branches that go on beside each other."""
    ours, theirs = drawn.of_flow[one.id], drawn.of_flow[other.id]
    return any(drawn.beside[branch] & (theirs - {branch}) for branch in ours - theirs)
