"""How a traveller enters each kind of element. A new kind is a new function and a line in `ENTER`."""

from collections.abc import Callable
from itertools import count
from typing import Any

from zhongshu.engine.processes.rules import effects as eff
from zhongshu.engine.processes.rules import net as nets
from zhongshu.engine.processes.rules import triggers
from zhongshu.engine.processes.rules.advance import events, joins, rounds, stops, undoing
from zhongshu.engine.processes.rules.advance.walk import Arrival, Walk, is_open
from zhongshu.engine.processes.rules.marking import Token

MOST_MOVES = 10_000


def settle(walk: Walk) -> None:
    """Let all travellers move until they rest or end, and all that follows from their rest happen."""
    for moves in count():
        if walk.travellers:
            arrival = walk.travellers.popleft()
            element = walk.net.elements[arrival.target]
            if moves >= MOST_MOVES:
                raise stops.Endless(element)
            _enter(walk, element, arrival)
        elif not (close_scope(walk) or undoing.go_on(walk) or events.look(walk) or joins.merge(walk)):
            break
    _close(walk)


def _enter(walk: Walk, element: nets.Element, arrival: Arrival) -> None:
    if isinstance(element, nets.Activity) and element.rounds and arrival.instance is None:
        if outer := rounds.open_round(walk, element, arrival):
            events.arm(walk, outer)
    else:
        ENTER[type(element)](walk, element, arrival)


def _close(walk: Walk) -> None:
    if not walk.tokens:
        walk.disarm(walk.whole, walk.whole.armed)
        walk.effects.append(eff.Finish(walk.ended))
        return
    joins.check(walk)


def close_scope(walk: Walk) -> bool:
    """End the first sub-process in which nothing is left to do; whether there was one."""
    busy = {token.parent for token in walk.tokens.values()}
    for token in walk.tokens.values():
        if token.id not in busy and not token.progress and _is_scope(walk, token):
            rounds.finish(walk, token)
            return True
    return False


def _is_scope(walk: Walk, token: Token) -> bool:
    return isinstance(walk.net.elements[token.at], nets.Scope | nets.Call)


def _enter_task(walk: Walk, task: nets.Task, arrival: Arrival) -> None:
    token = walk.rest(task, arrival)
    walk.effects.append(eff.OpenTask(token.id, task.id, walk.item(token)))
    events.arm(walk, token)


def _enter_service(walk: Walk, service: nets.Service, arrival: Arrival) -> None:
    token = walk.rest(service, arrival)
    walk.effects.append(eff.CallService(token.id, service.id, service.handler))
    events.arm(walk, token)


def _enter_rule(walk: Walk, rule: nets.Rule, arrival: Arrival) -> None:
    token = walk.rest(rule, arrival)
    walk.effects.append(eff.Decide(token.id, rule.id, rule.decision))
    events.arm(walk, token)


def _enter_script(walk: Walk, script: nets.Script, arrival: Arrival) -> None:
    assert script.value
    token = walk.rest(script, arrival)
    value = script.value.evaluate(walk.facts(token.id))
    walk.data = {**walk.data, script.result: value}
    walk.effects.append(eff.Note(script.result, value))
    rounds.finish(walk, token)


def _enter_scope(walk: Walk, scope: nets.Scope | nets.Call, arrival: Arrival) -> None:
    token = events.arm(walk, walk.rest(scope, arrival))
    inside = walk.net.inside(scope)
    walk.travellers += [Arrival(entry.id, None, token.id) for entry in walk.net.entries[inside]]
    for start in walk.net.starts[inside]:
        if start.trigger is None:
            walk.leave(start, token.id)


def _enter_waiting(walk: Walk, element: nets.Catch | nets.Receive | nets.EventBased, arrival: Arrival) -> None:
    events.arm(walk, walk.rest(element, arrival))


def _enter_throw(walk: Walk, throw: nets.Throw, arrival: Arrival) -> None:
    if isinstance(throw.tells, triggers.Compensation):
        undoing.begin(walk, throw, throw.tells, arrival)
        return
    walk.leave(throw, arrival.parent)
    events.tell(walk, throw, throw.tells, arrival.parent)


def _enter_exclusive(walk: Walk, gateway: nets.Exclusive, arrival: Arrival) -> None:
    facts = walk.facts(arrival.parent)
    for flow in walk.net.outgoing[gateway.id]:
        if flow.id != gateway.default and is_open(flow, facts):
            break
    else:
        if gateway.default is None:
            raise stops.NoWay(gateway)
        flow = walk.net.flows[gateway.default]
    walk.travellers.append(Arrival(flow.target, flow.id, arrival.parent))


def _enter_end(walk: Walk, end: nets.End, arrival: Arrival) -> None:
    if end.terminates:
        walk.empty(arrival.parent)
    walk.ended = end.id
    if isinstance(end.tells, triggers.Compensation):
        undoing.begin(walk, end, end.tells, arrival)
    else:
        events.tell(walk, end, end.tells, arrival.parent)


ENTER: dict[type[nets.Element], Callable[[Walk, Any, Arrival], None]] = {
    nets.Task: _enter_task,
    nets.Service: _enter_service,
    nets.Rule: _enter_rule,
    nets.Script: _enter_script,
    nets.Receive: _enter_waiting,
    nets.Scope: _enter_scope,
    nets.Call: _enter_scope,
    nets.Catch: _enter_waiting,
    nets.Throw: _enter_throw,
    nets.Exclusive: _enter_exclusive,
    nets.Inclusive: joins.enter_inclusive,
    nets.Parallel: joins.enter_parallel,
    nets.EventBased: _enter_waiting,
    nets.End: _enter_end,
}
