"""Whether each process and sub-process begins and ends as it should, and calls and errors lead somewhere."""

from collections.abc import Iterator

from zhongshu.engine.processes.rules import net as nets
from zhongshu.engine.processes.rules import triggers
from zhongshu.engine.processes.rules.bpmn.draft import Draft


def _starts(draft: Draft) -> None:
    for scope, holder in _scopes(draft):
        starts = [each for each in _in(draft, scope) if isinstance(each, nets.Start)]
        if not starts and (holder is None or _is_event(holder)):
            draft.say_of(scope, "流程没有开始事件，请加一个。")
        plain = [start for start in starts if start.trigger is None]
        for start in plain[1:] if scope == draft.process_id else starts[1:]:
            draft.say_of(start.id, "只能有一个开始事件，请删去多余的。")
        if scope != draft.process_id and holder is None and not plain and starts:
            draft.say_of(scope, "被调用的流程要有一个不带触发的开始事件，请加一个。")
        if holder is None and not any(isinstance(each, nets.End) for each in _in(draft, scope)):
            draft.say_of(scope, "流程没有结束事件，请加一个。")


def _calls(draft: Draft) -> None:
    for call in [each for each in draft.elements.values() if isinstance(each, nets.Call) and each.process]:
        if call.process not in draft.scope.values():
            draft.say_of(call.id, "没有找到要调用的流程“{process}”，请把它的文件放在一起。", process=call.process)
        elif call.process in _called_from(draft, call.process):
            draft.say_of(call.id, "流程“{process}”绕了一圈又调用自己，请改。", process=call.process)


def _called_from(draft: Draft, process: str) -> set[str]:
    """The processes that are under way when a process is called, or calls further."""
    found: set[str] = set()
    todo = [process]
    while todo:
        scope = todo.pop()
        for each in _in(draft, scope):
            inner = each.process if isinstance(each, nets.Call) else each.id if isinstance(each, nets.Scope) else ""
            if inner and inner not in found:
                found.add(inner)
                todo.append(inner)
    return found


def _errors(draft: Draft) -> None:
    """Every error that is thrown is caught further out; an escalation had better be."""
    for event in draft.elements.values():
        told = event.tells if isinstance(event, nets.End | nets.Throw) else None
        if isinstance(told, triggers.Error) and not _caught(draft, told, draft.scope[event.id], frozenset()):
            draft.say_of(event.id, "差错“{code}”没有人接住，请在外层加一个错误边界事件。", code=told.code)
        if isinstance(told, triggers.Escalation) and not _caught(draft, told, draft.scope[event.id], frozenset()):
            draft.say_of(event.id, "升级“{code}”没有人接住，不会有任何反应。", code=told.code, severity="warning")


def _caught(draft: Draft, told: triggers.Error | triggers.Escalation, scope: str, seen: frozenset[str]) -> bool:
    """Whether whoever is under way around a scope catches it, on every way out."""
    if _catches(draft, told, scope):
        return True
    if isinstance(draft.elements.get(scope), nets.Scope):
        return _outside(draft, told, scope, seen)
    calls = [each.id for each in draft.elements.values() if isinstance(each, nets.Call) and each.process == scope]
    return bool(calls) and scope not in seen and all(_outside(draft, told, call, seen | {scope}) for call in calls)


def _outside(draft: Draft, told: triggers.Error | triggers.Escalation, holder: str, seen: frozenset[str]) -> bool:
    edge = (each for each in draft.elements.values() if isinstance(each, nets.Boundary) and each.host == holder)
    return any(event.trigger in (told, type(told)()) for event in edge) or _caught(
        draft, told, draft.scope[holder], seen
    )


def _catches(draft: Draft, told: triggers.Error | triggers.Escalation, scope: str) -> bool:
    """Whether an event sub-process of a scope answers it."""
    answers = {each.id for each in _in(draft, scope) if isinstance(each, nets.Scope) and each.event}
    starts = (each for each in draft.elements.values() if isinstance(each, nets.Start))
    return any(draft.scope[start.id] in answers and start.trigger in (told, type(told)()) for start in starts)


def _opening(draft: Draft) -> None:
    """A case is opened by somebody's contact; a start with a trigger has to be chosen."""
    for start in _in(draft, draft.process_id):
        if isinstance(start, nets.Start) and isinstance(start.trigger, triggers.Timer | triggers.Condition):
            draft.say_of(start.id, "办件由来件开启：到时或条件成立不会自行开启新的办件。", severity="warning")


def _scopes(draft: Draft) -> Iterator[tuple[str, nets.Element | None]]:
    """The processes and sub-processes, each with the element that holds it; the borrowed have been looked at."""
    processes = dict.fromkeys(scope for scope in draft.scope.values() if scope not in draft.elements)
    for process in processes or (draft.process_id,):
        if process not in draft.borrowed:
            yield process, None
    for element in draft.elements.values():
        if isinstance(element, nets.Scope) and draft.lines[element.id]:
            yield element.id, element


def _is_event(holder: nets.Element) -> bool:
    return isinstance(holder, nets.Scope) and holder.event


def _in(draft: Draft, scope: str) -> list[nets.Element]:
    return [element for id, element in draft.elements.items() if draft.scope[id] == scope]


LOOKS = (_starts, _calls, _errors, _opening)
