"""Where branches come together: parallel and inclusive gateways. BPMN 2.0.2 §13.4.1, §13.4.3."""

from zhongshu.engine.processes.rules import net as nets
from zhongshu.engine.processes.rules.advance import stops
from zhongshu.engine.processes.rules.advance.walk import Arrival, Walk
from zhongshu.engine.processes.rules.marking import Token
from zhongshu.engine.processes.rules.net.ways import ways


def enter_parallel(walk: Walk, gateway: nets.Parallel, arrival: Arrival) -> None:
    """Wait; once one token of this scope is there from each incoming flow, those go on as one."""
    walk.rest(gateway, arrival)
    waiting = _waiting(walk, gateway, arrival.parent)
    if len(waiting) == len(walk.net.incoming[gateway.id]):
        _go_on(walk, gateway, waiting, arrival.parent)


def enter_inclusive(walk: Walk, gateway: nets.Inclusive, arrival: Arrival) -> None:
    """Go on if nothing else can come by drawing; else wait, until `merge` sees that nothing can come."""
    if len(walk.net.incoming[gateway.id]) == 1:
        walk.leave(gateway, arrival.parent)
    else:
        walk.rest(gateway, arrival)


def go_on_where_all_came(walk: Walk) -> None:
    """Let the parallel gateways go on at which, in a process that was changed, nothing more is waited for."""
    places = {(token.at, token.parent) for token in walk.tokens.values()}
    for at, scope in sorted(places, key=str):
        gateway = walk.net.elements[at]
        if isinstance(gateway, nets.Parallel):
            waiting = _waiting(walk, gateway, scope)
            if len(waiting) == len(walk.net.incoming[at]):
                _go_on(walk, gateway, waiting, scope)


def merge(walk: Walk) -> bool:
    """Let the first inclusive gateway go on that nobody can come to any more; whether there was one."""
    for token in walk.tokens.values():
        gateway = walk.net.elements[token.at]
        if isinstance(gateway, nets.Inclusive):
            waiting = _waiting(walk, gateway, token.parent)
            if not any(_may_come(walk, gateway, waiting, other) for other in walk.within(token.parent)):
                _go_on(walk, gateway, waiting, token.parent)
                return True
    return False


def check(walk: Walk) -> None:
    """Raise Stuck if all that is left waits at gateways for tokens that can never come."""
    busy = {token.parent for token in walk.tokens.values()}
    places = [walk.net.elements[token.at] for token in walk.tokens.values() if token.id not in busy]
    if all(isinstance(place, nets.Join) for place in places) and not walk.waits():
        raise stops.Stuck(places[0])


def _waiting(walk: Walk, gateway: nets.Element, scope: int | None) -> dict[str | None, Token]:
    """One token for each flow by which something waits at a gateway."""
    here = (token for token in walk.within(scope) if token.at == gateway.id)
    return {token.via: token for token in here}


def _go_on(walk: Walk, gateway: nets.Element, waiting: dict[str | None, Token], scope: int | None) -> None:
    for token in waiting.values():
        walk.take(token)
    walk.leave(gateway, scope)


def _may_come(walk: Walk, gateway: nets.Inclusive, waiting: dict[str | None, Token], other: Token) -> bool:
    """Whether a token can still come by a flow nothing waits on, and by none where something does."""
    if other.at == gateway.id:
        return False
    open_ways = ways(walk.net, gateway.id, other.at)
    return bool(open_ways) and not open_ways & waiting.keys()
