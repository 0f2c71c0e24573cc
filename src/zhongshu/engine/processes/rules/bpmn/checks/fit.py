"""Whether the parts fit together: ids, the two ends of flows, hosts, conditions, links."""

from zhongshu.engine.processes.rules import net as nets
from zhongshu.engine.processes.rules.bpmn import source
from zhongshu.engine.processes.rules.bpmn.draft import Draft


def _ids_once(draft: Draft) -> None:
    """Every id stands for one BPMN element; what is inside extensionElements is not ours."""
    seen: set[str] = set()
    for tag in source.tags(draft.file.root):
        id = tag.get("id")
        if id in seen:
            draft.say(tag, "id “{id}” 用了不止一次，请改成不同的。", id=id)
        elif id:
            seen.add(id)


def _flows(draft: Draft) -> None:
    for flow in draft.flows.values():
        for end, word in ((flow.source, "sourceRef"), (flow.target, "targetRef")):
            if end in draft.undoing:
                draft.say_of(flow.id, "补偿边界事件不能连流向，请用关联（association）连到撤销用的任务。")
            elif end not in draft.elements:
                draft.say_of(flow.id, "流向的 {end} 指向不存在的元素“{missing}”，请重新连接。", end=word, missing=end)
        near, far = draft.elements.get(flow.source), draft.elements.get(flow.target)
        if isinstance(near, nets.End):
            draft.say_of(flow.id, "结束事件不能有出线，请删去。")
        if isinstance(far, nets.Start | nets.Boundary):
            draft.say_of(flow.id, "开始事件和边界事件不能有入线，请删去。")
        if any(isinstance(each, nets.Scope) and each.event for each in (near, far)):
            draft.say_of(flow.id, "事件子流程由事件触发，不能连流向，请删去。")
        elif near and far and draft.scope[near.id] != draft.scope[far.id]:
            draft.say_of(flow.id, "流向不能穿过子流程的边界，请连到子流程上，或改用消息、信号。")


def _hosts(draft: Draft) -> None:
    for event in draft.elements.values():
        if not isinstance(event, nets.Boundary):
            continue
        host = draft.elements.get(event.host)
        if host is None:
            draft.say_of(event.id, "边界事件附着在不存在的元素“{missing}”上，请重新放到任务上。", missing=event.host)
            draft.refused.add(event.id)
        elif not isinstance(host, nets.Activity) or (isinstance(host, nets.Scope) and host.event):
            draft.say_of(event.id, "边界事件只能附着在任务、子流程或调用活动上，请移到它们的边上。")
        elif isinstance(host, nets.Script):
            draft.say_of(event.id, "脚本任务一到就做完，边界事件不会触发，请删去。")


def _gateways(draft: Draft) -> None:
    for element in draft.elements.values():
        flows = [flow for flow in draft.flows.values() if flow.source == element.id]
        if isinstance(element, nets.Exclusive | nets.Inclusive):
            _choice(draft, element, flows)
        elif isinstance(element, nets.Activity):
            _default(draft, element, flows)
        elif isinstance(element, nets.EventBased):
            _events_ahead(draft, element, flows)
        if isinstance(element, nets.Exclusive | nets.Inclusive | nets.Activity) or element.id in draft.refused:
            continue
        for flow in flows:
            if flow.condition:
                draft.say_of(flow.id, "只有排他网关、包容网关和任务的出线可以带条件，请删去条件，或先接一个网关。")


def _choice(draft: Draft, gateway: nets.Exclusive | nets.Inclusive, flows: list[nets.Flow]) -> None:
    _default(draft, gateway, flows)
    for flow in flows:
        unmarked = flow.id != gateway.default and not flow.condition
        if unmarked and len(flows) > 1 and flow.id not in draft.refused:
            draft.say_of(flow.id, "网关有几条出线时，每条都要写条件，或设为默认出线。")
    if gateway.default is None and any(flow.condition for flow in flows):
        draft.say_of(gateway.id, "没有默认出线：所有条件都不成立时，办件会停在这里。", severity="warning")


def _default(draft: Draft, element: nets.Exclusive | nets.Inclusive | nets.Activity, flows: list[nets.Flow]) -> None:
    default = element.default
    if default is not None and default not in [flow.id for flow in flows]:
        draft.say_of(element.id, "默认出线“{default}”不是这个网关的出线，请重新指定。", default=default)
    for flow in flows:
        if flow.id == default and flow.condition:
            draft.say_of(flow.id, "默认出线上的条件不会用到。", severity="warning")


def _events_ahead(draft: Draft, gateway: nets.EventBased, flows: list[nets.Flow]) -> None:
    if len(flows) < 2:
        draft.say_of(gateway.id, "事件网关至少要有两条出线，每条通向一个等待的事件。")
    for flow in flows:
        target = draft.elements.get(flow.target)
        if target and not isinstance(target, nets.Catch | nets.Receive) and target.id not in draft.refused:
            draft.say_of(flow.id, "事件网关的出线只能通向中间捕获事件或接收任务，请改。")
        elif target and sum(each.target == target.id for each in draft.flows.values()) > 1:
            draft.say_of(target.id, "事件网关后面的事件只能有这一条入线，请另画一个事件。")


def _links(draft: Draft) -> None:
    for throw, (scope, name) in draft.links_out.items():
        found = draft.links_in.get((scope, name), [])
        if not found:
            draft.say_of(throw, "链接“{name}”没有接住的一头，请在同一层画一个同名的捕获链接。", name=name)
        for extra in found[1:]:
            draft.say_of(extra, "链接“{name}”接住的一头只能有一个，请删去多余的。", name=name)


LOOKS = (_ids_once, _flows, _hosts, _gateways, _links)
