"""What can be seen without running: ends that hang, corners nobody reaches, rings without work."""

from collections.abc import Callable, Collection, Iterable, Mapping

from zhongshu.engine.processes.rules import net as nets
from zhongshu.engine.processes.rules.bpmn import source
from zhongshu.engine.processes.rules.bpmn.draft import Draft

Links = Mapping[str, Collection[str]]


def check(draft: Draft) -> None:
    """Add to the draft what is wrong with its parts taken together."""
    for look in (_ids_once, _starts, _flows, _hosts, _gateways, _reach, _rings):
        look(draft)


def _ids_once(draft: Draft) -> None:
    """Every id stands for one BPMN element; what is inside extensionElements is not ours."""
    seen: set[str] = set()
    for tag in source.tags(draft.file.root):
        id = tag.get("id")
        if id in seen:
            draft.say(tag, "id “{id}” 用了不止一次，请改成不同的。", id=id)
        elif id:
            seen.add(id)


def _starts(draft: Draft) -> None:
    starts = _ids(draft, nets.Start)
    for extra in starts[1:]:
        draft.say_of(extra, "只能有一个开始事件，请删去多余的。")


def _flows(draft: Draft) -> None:
    for flow in draft.flows.values():
        for end, word in ((flow.source, "sourceRef"), (flow.target, "targetRef")):
            if end not in draft.elements:
                draft.say_of(flow.id, "流向的 {end} 指向不存在的元素“{missing}”，请重新连接。", end=word, missing=end)
        if isinstance(draft.elements.get(flow.source), nets.End):
            draft.say_of(flow.id, "结束事件不能有出线，请删去。")
        if isinstance(draft.elements.get(flow.target), nets.Start | nets.Boundary):
            draft.say_of(flow.id, "开始事件和边界事件不能有入线，请删去。")


def _hosts(draft: Draft) -> None:
    for event in draft.elements.values():
        if not isinstance(event, nets.Boundary):
            continue
        host = draft.elements.get(event.host)
        if host is None:
            draft.say_of(event.id, "边界事件附着在不存在的元素“{missing}”上，请重新放到任务上。", missing=event.host)
            draft.refused.add(event.id)
        elif not isinstance(host, nets.Activity):
            draft.say_of(event.id, "边界事件只能附着在任务上，请移到任务的边上。")


def _gateways(draft: Draft) -> None:
    for element in draft.elements.values():
        flows = [flow for flow in draft.flows.values() if flow.source == element.id]
        if isinstance(element, nets.Exclusive):
            _exclusive(draft, element, flows)
            continue
        for flow in flows:
            if flow.condition and element.id not in draft.refused:
                draft.say_of(flow.id, "只有排他网关的出线可以带条件，请删去条件，或先接一个排他网关。")


def _exclusive(draft: Draft, gateway: nets.Exclusive, flows: list[nets.Flow]) -> None:
    default = gateway.default
    if default is not None and default not in [flow.id for flow in flows]:
        draft.say_of(gateway.id, "默认出线“{default}”不是这个网关的出线，请重新指定。", default=default)
    for flow in flows:
        if flow.id == default and flow.condition:
            draft.say_of(flow.id, "默认出线上的条件不会用到。", severity="warning")
        if flow.id != default and not flow.condition and len(flows) > 1 and flow.id not in draft.refused:
            draft.say_of(flow.id, "网关有几条出线时，每条都要写条件，或设为默认出线。")
    if default is None and any(flow.condition for flow in flows):
        draft.say_of(gateway.id, "没有默认出线：所有条件都不成立时，办件会停在这里。", severity="warning")


def _reach(draft: Draft) -> None:
    """Every element lies on a way from the start to an end; refused ones may be either."""
    starts, ends = _ids(draft, nets.Start), _ids(draft, nets.End)
    if not starts:
        draft.say_of(draft.process_id, "流程没有开始事件，请加一个。")
    if not ends:
        draft.say_of(draft.process_id, "流程没有结束事件，请加一个。")
    ahead = _links(draft, lambda flow: (flow.source, flow.target))
    for each in draft.elements.values():
        if isinstance(each, nets.Boundary) and each.host in ahead:
            ahead[each.host].append(each.id)
    reached = _closure([*starts, *draft.refused], ahead)
    ending = _closure([*ends, *draft.refused], _links(draft, lambda flow: (flow.target, flow.source)))
    for id in draft.elements:
        if starts and id not in reached:
            draft.say_of(id, "从开始事件走不到这里，请连上，或删去。")
        if ends and id not in ending:
            draft.say_of(id, "从这里走不到任何结束事件，请接上后面的流向。")


def _rings(draft: Draft) -> None:
    """A ring of gateways alone never rests; one with services alone goes round without anybody seeing it."""
    gateways = {*_ids(draft, nets.Exclusive), *_ids(draft, nets.Parallel)}
    for id in _ring(gateways, draft):
        draft.say_of(id, "这个环路里只有网关，会空转不停，请加一个有人办理的环节。")
        return
    for id in _ring(gateways | {*_ids(draft, nets.Service)}, draft):
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


def _ids(draft: Draft, kind: type[nets.Element]) -> list[str]:
    return [element.id for element in draft.elements.values() if isinstance(element, kind)]


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
