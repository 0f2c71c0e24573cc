"""Whether what undoes things is tied to what it undoes."""

from zhongshu.engine.processes.rules import net as nets
from zhongshu.engine.processes.rules import triggers
from zhongshu.engine.processes.rules.bpmn.draft import Draft


def _events(draft: Draft) -> None:
    """A compensation event on an edge is tied to one activity, by an association and not by a flow."""
    for event, host in draft.undoing.items():
        tied = [handler for source, handler in draft.ties if source == event and handler in draft.handlers]
        if not isinstance(draft.elements.get(host), nets.Activity):
            draft.say_of(event, "边界事件附着在不存在的元素“{missing}”上，请重新放到任务上。", missing=host)
        elif len(tied) != 1:
            draft.say_of(event, "补偿边界事件要用关联（association）连到撤销它的那一个任务。")
        elif draft.scope[tied[0]] != draft.scope[host]:
            draft.say_of(event, "撤销用的任务要和它撤销的任务画在同一层。")


def _handlers(draft: Draft) -> None:
    """What undoes is tied to something, and no part of the flow."""
    tied = {handler for source, handler in draft.ties if source in draft.undoing}
    joined = {end for flow in draft.flows.values() for end in (flow.source, flow.target)}
    for handler in draft.handlers:
        if handler not in tied:
            draft.say_of(handler, "没有补偿边界事件用关联连到这个撤销用的任务，请连上，或去掉 isForCompensation。")
        elif handler in joined:
            draft.say_of(handler, "撤销用的任务由补偿触发，不能连流向，请删去。")


def _throws(draft: Draft) -> None:
    """A named activity that is to be undone is one that can be."""
    for event in draft.elements.values():
        told = event.tells if isinstance(event, nets.End | nets.Throw) else None
        if isinstance(told, triggers.Compensation) and told.activity:
            activity = draft.elements.get(told.activity)
            if not isinstance(activity, nets.Activity) or not activity.undo:
                draft.say_of(
                    event.id, "要撤销的“{activity}”没有撤销它的任务，请给它加补偿边界事件。", activity=told.activity
                )


LOOKS = (_events, _handlers, _throws)
