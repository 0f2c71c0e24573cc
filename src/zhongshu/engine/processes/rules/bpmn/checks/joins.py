"""Whether branches come together as they went apart: what can wait in vain, and what would be done twice."""

from itertools import combinations

from zhongshu.engine.processes.rules import net as nets
from zhongshu.engine.processes.rules.bpmn.draft import Draft
from zhongshu.engine.processes.rules.net.branches import Branches, branches


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
        elif not isinstance(element, nets.Inclusive) and _any_beside(drawn, flows):
            sentence = "并行的支路在“{name}”没有汇聚，它后面的环节会办几遍，请先接一个并行网关。"
            draft.say_of(element.id, sentence, severity="warning", name=element.name or element.id)


def _join(draft: Draft, net: nets.Net, drawn: Branches, join: nets.Parallel, flows: tuple[nets.Flow, ...]) -> None:
    """A join that gets a token from each of its flows only if all of them are under way beside each other."""
    for one, other in combinations(flows, 2):
        if not _beside(drawn, one, other):
            sentence = "并行汇聚会一直等下去：“{one}”和“{other}”两条入线不会都有人到达，请改用排他网关。"
            draft.say_of(join.id, sentence, one=one.source, other=other.source)
            return
    own = {branch for flow in flows for branch in drawn.of_flow[flow.id] - drawn.of[join.id]}
    for id, inside in drawn.of.items():
        if isinstance(net.elements[id], nets.End) and inside & own:
            sentence = "“{branch}”这一支可能不到汇聚就结束了，那时“{name}”会一直等下去。"
            draft.say_of(join.id, sentence, severity="warning", branch=id, name=join.name or join.id)
            return


def _any_beside(drawn: Branches, flows: tuple[nets.Flow, ...]) -> bool:
    return any(_beside(drawn, one, other) for one, other in combinations(flows, 2))


def _beside(drawn: Branches, one: nets.Flow, other: nets.Flow) -> bool:
    """Whether two flows lie in branches that go on beside each other."""
    ours, theirs = drawn.of_flow[one.id], drawn.of_flow[other.id]
    return any(drawn.beside[branch] & (theirs - {branch}) for branch in ours - theirs)
