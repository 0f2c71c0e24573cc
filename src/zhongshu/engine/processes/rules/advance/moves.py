"""How a traveller enters each kind of element. A new kind is a new function and a line in `ENTER`."""

from collections.abc import Callable
from itertools import count
from typing import Any

from zhongshu.engine.processes.rules import effects as eff
from zhongshu.engine.processes.rules import net as nets
from zhongshu.engine.processes.rules.advance import instances, stops
from zhongshu.engine.processes.rules.advance.walk import Arrival, Walk

MOST_MOVES = 10_000


def settle(walk: Walk) -> None:
    """Let all travellers move until they rest or end."""
    for moves in count():
        if not walk.travellers:
            break
        arrival = walk.travellers.popleft()
        element = walk.net.elements[arrival.flow.target]
        if moves >= MOST_MOVES:
            raise stops.Endless(element)
        ENTER[type(element)](walk, element, arrival)
    _close(walk)


def _close(walk: Walk) -> None:
    if not walk.tokens:
        walk.effects.append(eff.Finish(walk.ended))
        return
    places = [walk.net.elements[token.at] for token in walk.tokens.values()]
    if all(isinstance(place, nets.Parallel) for place in places):
        raise stops.Stuck(places[0])


def _enter_task(walk: Walk, task: nets.Task, arrival: Arrival) -> None:
    if task.instances:
        instances.open_round(walk, task, task.instances, arrival)
        return
    token = walk.rest(task, arrival.parent, arrival.flow.id)
    walk.effects.append(eff.OpenTask(token.id, task.id))
    walk.arm(token)


def _enter_service(walk: Walk, service: nets.Service, arrival: Arrival) -> None:
    token = walk.rest(service, arrival.parent, arrival.flow.id)
    walk.effects.append(eff.CallService(token.id, service.id, service.handler))
    walk.arm(token)


def _enter_exclusive(walk: Walk, gateway: nets.Exclusive, arrival: Arrival) -> None:
    for flow in walk.net.outgoing[gateway.id]:
        if flow.id != gateway.default and _is_open(walk, flow):
            break
    else:
        if gateway.default is None:
            raise stops.NoWay(gateway)
        flow = walk.net.flows[gateway.default]
    walk.travellers.append(Arrival(flow, arrival.parent))


def _is_open(walk: Walk, flow: nets.Flow) -> bool:
    return flow.condition is None or flow.condition.evaluate(walk.data) is True


def _enter_parallel(walk: Walk, gateway: nets.Parallel, arrival: Arrival) -> None:
    """Wait; once one token of this scope is there from each incoming flow, those go on as one."""
    walk.rest(gateway, arrival.parent, arrival.flow.id)
    waiting = {
        token.via: token for token in walk.tokens.values() if token.at == gateway.id and token.parent == arrival.parent
    }
    if len(waiting) == len(walk.net.incoming[gateway.id]):
        for token in waiting.values():
            walk.take(token)
        walk.leave(gateway, arrival.parent)


def _enter_end(walk: Walk, end: nets.End, arrival: Arrival) -> None:
    if end.terminates:
        walk.empty(arrival.parent)
    walk.ended = end.id


ENTER: dict[type[nets.Element], Callable[[Walk, Any, Arrival], None]] = {
    nets.Task: _enter_task,
    nets.Service: _enter_service,
    nets.Exclusive: _enter_exclusive,
    nets.Parallel: _enter_parallel,
    nets.End: _enter_end,
}
