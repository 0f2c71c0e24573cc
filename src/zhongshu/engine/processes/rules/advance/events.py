"""Events: what tokens listen to, and what becomes of them when it happens. BPMN 2.0.2 §10.5, §13.5."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date as day
from datetime import datetime, time, timedelta
from typing import Any

from zhongshu.base.calendar.rules import SHANGHAI, Term
from zhongshu.engine.decisions.rules import feel
from zhongshu.engine.processes.rules import effects as eff
from zhongshu.engine.processes.rules import net as nets
from zhongshu.engine.processes.rules import triggers
from zhongshu.engine.processes.rules.advance import rounds, stops
from zhongshu.engine.processes.rules.advance.walk import Arrival, Walk
from zhongshu.engine.processes.rules.marking import WHOLE, Token

ONCE = triggers.Timer | triggers.Condition
"""What happens to a token once, but for repeated timers; the others may come again."""


def arm(walk: Walk, token: Token) -> Token:
    """Let a token listen: on the edge of what it rests at, unless it is one of several instances, and inside."""
    edge = () if token.index is not None else tuple(event.id for event in walk.net.boundaries[token.at])
    inner = () if token.progress else walk.net.inner[token.at]
    return _listen(walk, token, inner + edge)


def begin(walk: Walk, scope: int | None = None) -> None:
    """Let the case itself, or a scope that goes on anew, listen for what its event sub-processes answer."""
    holder = walk.holder(scope)
    inside = walk.net.process_id if scope is None else walk.net.inside(walk.net.elements[holder.at])
    _listen(walk, holder, tuple(start.id for start in walk.net.answers[inside]))


def _listen(walk: Walk, token: Token, events: tuple[str, ...]) -> Token:
    if not events:
        return token
    for event in events:
        element = walk.net.elements[event]
        if isinstance(trigger := getattr(element, "trigger", None), triggers.Timer):
            walk.effects.append(eff.StartTimer(token.id, event, _wait(walk, element, trigger, _seen(walk, token))))
    return walk.put(replace(token, armed=token.armed + events))


def _seen(walk: Walk, token: Token) -> Mapping[str, Any]:
    return walk.facts(None if token.id == WHOLE else token.id)


def wait(walk: Walk, token: Token, event: str) -> timedelta | Term | datetime:
    """How long, or until when, a timer waits that a token listens to."""
    element = walk.net.elements[event]
    timer = getattr(element, "trigger", None)
    assert isinstance(timer, triggers.Timer)
    return _wait(walk, element, timer, _seen(walk, token))


def _wait(
    walk: Walk, element: nets.Element, timer: triggers.Timer, facts: Mapping[str, Any]
) -> timedelta | Term | datetime:
    """How long, or until when, a timer waits."""
    if not isinstance(timer.wait, feel.Expression):
        return timer.wait
    match timer.wait.evaluate(facts):
        case timedelta() as length if length >= timedelta():
            return length
        case datetime() as moment:
            return moment if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)
        case day() as whole:
            return datetime.combine(whole, time(), SHANGHAI)
    raise stops.Timeless(element)


def fire(walk: Walk, token: Token, element: nets.Listening) -> None:
    """Let an event happen that a token listens to."""
    if isinstance(element.trigger, ONCE):
        token = walk.put(replace(token, armed=tuple(each for each in token.armed if each != element.id)))
    match element:
        case nets.Boundary():
            _cross(walk, token, element)
        case nets.Start():
            _answer(walk, token, element)
        case nets.Receive() if token.at == element.id:
            rounds.finish(walk, token)
        case _:
            walk.take(token)
            walk.leave(element, token.parent)


def _cross(walk: Walk, token: Token, event: nets.Boundary) -> None:
    """A boundary event: its host ends or goes on, and a token leaves by the event."""
    if event.interrupts:
        walk.withdraw(token)
    else:
        _ring_again(walk, token, event)
    walk.leave(event, token.parent)


def _answer(walk: Walk, holder: Token, start: nets.Start) -> None:
    """An event sub-process: it runs beside what its scope does, or in its place."""
    scope = None if holder.id == WHOLE else holder.id
    if start.interrupts:
        walk.empty(scope)
        walk.disarm(walk.holder(scope), tuple(each for each in holder.armed if _is_inner(walk, each)))
    else:
        _ring_again(walk, holder, start)
    around = walk.net.elements[walk.net.scope[start.id]]
    inner = arm(walk, walk.rest(around, Arrival(around.id, None, scope)))
    walk.leave(start, inner.id)


def _is_inner(walk: Walk, event: str) -> bool:
    return isinstance(walk.net.elements[event], nets.Start)


def _ring_again(walk: Walk, token: Token, event: nets.Boundary | nets.Start) -> None:
    """Start a repeated timer anew that left its token where it is."""
    timer = event.trigger
    if not isinstance(timer, triggers.Timer) or timer.times == 1:
        return
    rung = dict(token.rung)
    if timer.times:
        rung[event.id] = rung.get(event.id, 0) + 1
        if rung[event.id] >= timer.times:
            return
    token = walk.put(replace(token, armed=(*token.armed, event.id), rung=tuple(rung.items())))
    walk.effects.append(eff.StartTimer(token.id, event.id, _wait(walk, event, timer, _seen(walk, token))))


def tell(walk: Walk, element: nets.Element, told: triggers.Told | None, scope: int | None) -> None:
    """Send what an event sends, from within a scope."""
    match told:
        case triggers.Message(name):
            walk.effects.append(eff.Send(element.id, name))
        case triggers.Signal(name):
            walk.effects.append(eff.Broadcast(element.id, name))
            broadcast(walk, name)
        case triggers.Error():
            if not climb(walk, told, scope):
                raise stops.Uncaught(element, told.code)
        case triggers.Escalation():
            climb(walk, told, scope)


def broadcast(walk: Walk, name: str) -> bool:
    """Let all who wait for a signal hear it; whether anybody did."""
    waiting = [(token.id, event) for token, event in walk.waits() if event.trigger == triggers.Signal(name)]
    for id, event in waiting:
        token = walk.whole if id == WHOLE else walk.tokens.get(id)
        if token and event.id in token.armed:
            fire(walk, token, event)
    return bool(waiting)


def climb(walk: Walk, told: triggers.Error | triggers.Escalation, scope: int | None) -> bool:
    """Look for who catches an error or escalation, from a scope outwards; whether there was anybody."""
    while True:
        holder = walk.holder(scope)
        if event := _catcher(walk, holder, told):
            fire(walk, holder, event)
            return True
        if scope is None:
            return False
        scope = holder.parent


def _catcher(
    walk: Walk, holder: Token, told: triggers.Error | triggers.Escalation
) -> nets.Boundary | nets.Start | None:
    """Who of those that listen at a token catches it: one who waits for its code before one who takes any."""
    fitting = []
    for id in holder.armed:
        event = walk.net.elements[id]
        if isinstance(event, nets.Boundary | nets.Start) and event.trigger in (told, type(told)()):
            fitting.append(event)
    return min(fitting, key=lambda event: event.trigger != told, default=None)


def look(walk: Walk) -> bool:
    """Let the first event happen whose condition has come true; whether there was one."""
    for token, event in walk.waits():
        if isinstance(event.trigger, triggers.Condition) and event.trigger.met.evaluate(_seen(walk, token)) is True:
            fire(walk, token, event)
            return True
    return False
