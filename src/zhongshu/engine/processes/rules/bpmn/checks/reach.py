"""Whether one gets everywhere from a start, and from everywhere to an end, without running in rings."""

from collections.abc import Callable, Collection, Iterable, Mapping

from zhongshu.engine.processes.rules import net as nets
from zhongshu.engine.processes.rules.bpmn.draft import Draft

Links = Mapping[str, Collection[str]]


def _reach(draft: Draft) -> None:
    """Every element lies on a way from a start to an end; refused ones may be either."""
    starts, ends = _ids(draft, nets.Start), _ids(draft, nets.End)
    events = [each.id for each in draft.elements.values() if isinstance(each, nets.Scope) and each.event]
    ahead = _links(draft, lambda flow: (flow.source, flow.target))
    for each in draft.elements.values():
        if isinstance(each, nets.Boundary) and each.host in ahead:
            ahead[each.host].append(each.id)
    events += draft.handlers
    reached = _closure([*starts, *events, *draft.refused], ahead)
    behind = _links(draft, lambda flow: (flow.target, flow.source))
    ending = _closure([*ends, *events, *draft.refused], behind)
    for id in draft.elements:
        scope = draft.scope[id]
        if id not in reached and any(draft.scope[start] == scope for start in starts):
            draft.say_of(id, "从开始事件走不到这里，请连上，或删去。")
        if id not in ending and any(draft.scope[end] == scope for end in ends):
            draft.say_of(id, "从这里走不到任何结束事件，请接上后面的流向。")


def _rings(draft: Draft) -> None:
    """A ring of gateways alone never rests; one with services alone goes round without anybody seeing it."""
    passing = {*_ids(draft, nets.Exclusive, nets.Inclusive, nets.Parallel, nets.Throw, nets.Script)}
    for id in _ring(passing, draft):
        draft.say_of(id, "这个环路里只有网关，会空转不停，请加一个有人办理的环节。")
        return
    for id in _ring(passing | {*_ids(draft, nets.Service, nets.Rule)}, draft):
        draft.say_of(id, "这个环路里没有人办理的环节，条件不变时会空转不停。", severity="warning")
        return


def _ring(among: set[str], draft: Draft) -> list[str]:
    """The elements of that set that lie on, or between, rings inside it; in the order of the file."""
    left = set(among)
    links = [(flow.source, flow.target) for flow in draft.flows.values()]
    while True:
        inner = [(source, target) for source, target in links if source in left and target in left]
        still = left & {source for source, _ in inner} & {target for _, target in inner}
        if still == left:
            return [id for id in draft.elements if id in left]
        left = still


def _ids(draft: Draft, *kinds: type[nets.Element]) -> list[str]:
    return [element.id for element in draft.elements.values() if isinstance(element, kinds)]


def _links(draft: Draft, ends: Callable[[nets.Flow], tuple[str, str]]) -> dict[str, list[str]]:
    links: dict[str, list[str]] = {id: [] for id in draft.elements}
    for near, far in map(ends, draft.flows.values()):
        if near in links and far in links:
            links[near].append(far)
    return links


def _closure(seeds: Iterable[str], links: Links) -> set[str]:
    reached: set[str] = set()
    todo = list(seeds)
    while todo:
        id = todo.pop()
        if id not in reached:
            reached.add(id)
            todo += links.get(id, ())
    return reached


LOOKS = (_reach, _rings)
