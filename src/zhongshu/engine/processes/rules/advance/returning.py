"""Going back to an earlier task (退回), from inside parallel branches too, and going on after the end.

What goes back is the branch the task lies in, no more: work beside it stays. All that this branch has become in the
meantime is withdrawn, and the task is open again. Where the branches have come together since, the others count as
done: each of them waits at the join for the one that is done anew. Where the task lies in a branch beside that of who
returns it, that branch alone begins anew, and whoever returned it keeps their own.
"""

from itertools import takewhile

from zhongshu.engine.processes.rules import net as nets
from zhongshu.engine.processes.rules.advance import events
from zhongshu.engine.processes.rules.advance.stops import Illegal
from zhongshu.engine.processes.rules.advance.walk import Arrival, Walk
from zhongshu.engine.processes.rules.marking import Token
from zhongshu.engine.processes.rules.net.branches import Names, branches


def go_back(walk: Walk, token: Token, to: nets.Task) -> None:
    """Let the case go back from where a token stands to a task that lies before it."""
    here, way = _common(walk, token, to)
    there = walk.net.elements[way[0]]
    if _runs_beside(walk.net, here.at):
        raise _not_back(to)
    kept, done = _split(walk, here.parent, there)
    for other in walk.within(here.parent):
        if other.id in walk.tokens and kept <= _branches_of(walk, other) and not _runs_beside(walk.net, other.at):
            walk.withdraw(other)
    if _is_answer(walk.net, here.at):
        events.begin(walk, here.parent)
    _place(walk, way, here.parent, done)


def go_on(walk: Walk, to: nets.Task) -> None:
    """Open a task of a case that has ended; what lay beside it stays done."""
    way = _way(walk.net, to)
    if walk.net.scope[way[-1]] != walk.net.process_id:
        raise _not_back(to)
    events.begin(walk)
    top = way[::-1]
    _place(walk, top, None, _in_order(walk.net, branches(walk.net).of[top[0]]))


def _common(walk: Walk, token: Token, to: nets.Task) -> tuple[Token, list[str]]:
    """The token that stands, in a scope around both, for where the case is, and the way from there in to the task."""
    way = _way(walk.net, to)
    here: Token | None = token
    while here is not None:
        if not _serves(walk, here):
            scope = walk.net.scope[here.at]
            for depth, id in enumerate(way):
                if walk.net.scope[id] == scope:
                    return here, way[depth::-1]
        here = walk.tokens.get(here.parent) if here.parent is not None else None
    raise _not_back(to)


def _way(net: nets.Net, to: nets.Element) -> list[str]:
    """An element and the sub-processes and calls around it, from the inside out."""
    way = [to.id]
    while (around := _around(net, net.scope[way[-1]])) is not None:
        way.append(around)
    return way


def _around(net: nets.Net, scope: str) -> str | None:
    """The element that opens a scope, if there is exactly one."""
    if scope in net.elements:
        return scope
    calls = [each.id for each in net.elements.values() if isinstance(each, nets.Call) and each.process == scope]
    return calls[0] if len(calls) == 1 else None


def _serves(walk: Walk, token: Token) -> bool:
    """Whether a token is only part of what its holder does: an instance, a signature, something it undoes."""
    if token.parent is None:
        return False
    holder = walk.net.elements[walk.tokens[token.parent].at]
    return token.index is not None or not isinstance(holder, nets.Scope | nets.Call)


def _is_answer(net: nets.Net, id: str) -> bool:
    """Whether an element is an event sub-process."""
    element = net.elements[id]
    return isinstance(element, nets.Scope) and element.event


def _runs_beside(net: nets.Net, id: str) -> bool:
    """Whether an element is an event sub-process that leaves the rest of its scope alone."""
    return _is_answer(net, id) and not _start(net, id).interrupts


def _start(net: nets.Net, event_scope: str) -> nets.Start:
    return next(start for start in net.answers[net.scope[event_scope]] if net.scope[start.id] == event_scope)


def _split(walk: Walk, scope: int | None, there: nets.Element) -> tuple[Names, list[str]]:
    """The branches within which all is withdrawn, and those, outermost first, beside which all counts as done.

    The former are those that have not come together again since: the branch itself or one beside it is under way.
    """
    drawn = branches(walk.net)
    around = _in_order(walk.net, drawn.of[there.id])
    busy: Names = frozenset().union(*(_under_way(walk, other) for other in walk.within(scope)))
    still = list(takewhile(lambda branch: drawn.beside[branch] & busy, around))
    return frozenset(still), around[len(still) :]


def _under_way(walk: Walk, token: Token) -> Names:
    """The branches a token keeps under way: what an event has added to a branch outlasts it."""
    drawn, names = branches(walk.net), _branches_of(walk, token)
    added = [name for name in names if name not in walk.net.flows]
    return names.difference(*(drawn.of[event] - {event} for event in added))


def _in_order(net: nets.Net, names: Names) -> list[str]:
    """Branches from the outermost inwards."""
    drawn = branches(net)
    return sorted(names, key=lambda name: len(drawn.of_flow[name] if name in net.flows else drawn.of[name]))


def _branches_of(walk: Walk, token: Token) -> Names:
    drawn, element = branches(walk.net), walk.net.elements[token.at]
    if isinstance(element, nets.Join) and token.via:
        return drawn.of_flow[token.via]
    return drawn.of[token.at]


def _place(walk: Walk, way: list[str], scope: int | None, done: list[str]) -> None:
    """Go in to a task, sub-process by sub-process, and let the branches beside it wait as done."""
    for branch in done:
        if branch not in walk.net.flows:
            raise _not_back(walk.net.elements[way[-1]])
        _wait_beside(walk, branch, scope)
    first, rest = walk.net.elements[way[0]], way[1:]
    if not rest:
        walk.travellers.append(Arrival(first.id, None, scope))
        return
    assert isinstance(first, nets.Activity)
    if first.rounds or (isinstance(first, nets.Scope) and first.event):
        raise _not_back(walk.net.elements[way[-1]])
    token = events.arm(walk, walk.rest(first, Arrival(first.id, None, scope)))
    _place(walk, rest, token.id, _in_order(walk.net, branches(walk.net).of[rest[0]]))


def _wait_beside(walk: Walk, branch: str, scope: int | None) -> None:
    """Let what was begun beside a branch wait, as done, where a parallel join asks for it."""
    drawn = branches(walk.net)
    others = drawn.beside[branch] - {branch}
    for gateway in walk.net.elements.values():
        if isinstance(gateway, nets.Parallel):
            for flow in walk.net.incoming[gateway.id]:
                if drawn.of_flow[flow.id] & others > drawn.of[gateway.id] & others:
                    walk.rest(gateway, Arrival(gateway.id, flow.id, scope))


def _not_back(to: nets.Element) -> Illegal:
    return Illegal("从这里不能退回到“{name}”：它不在前面，或已经随别的环节结束。", name=to.name or to.id)
