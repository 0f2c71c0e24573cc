"""Putting the tokens of a case where they go, and what that changes of its tasks and timers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from zhongshu.base.calendar.rules import Term
from zhongshu.engine.processes.rules import net as nets
from zhongshu.engine.processes.rules import triggers
from zhongshu.engine.processes.rules.advance import events
from zhongshu.engine.processes.rules.advance.walk import Walk
from zhongshu.engine.processes.rules.marking import WHOLE, Marking, Token, is_open_task
from zhongshu.engine.processes.rules.moving.names import Names
from zhongshu.engine.processes.rules.moving.verdicts import Moves

Timer = tuple[int, str]
"""The token that waits, and the event it waits for."""


@dataclass(frozen=True, slots=True)
class Move:
    """The marking in the new process, before `happenings.Moved(begins)` has happened to it.

    `withdrawn`: tasks that end. Timers: `kept` go on under another name (old, new), `set` start as of when their token
    came to rest, `cancelled` (by their old names) end; those not mentioned go on as they are.
    """

    marking: Marking
    begins: tuple[tuple[str, int | None], ...]
    withdrawn: tuple[int, ...]
    kept: tuple[tuple[Timer, Timer], ...]
    set: tuple[Timer, ...]
    cancelled: tuple[Timer, ...]


def wait(new: nets.Net, after: Marking, timer: Timer, data: Mapping[str, Any]) -> timedelta | Term | datetime:
    """How long, or until when, a timer waits that starts with a move; Timeless if the data do not say."""
    walk = Walk(new, after, data)
    return events.wait(walk, walk.whole if timer[0] == WHOLE else walk.tokens[timer[0]], timer[1])


def undo(before: Marking, after: Marking) -> Marking:
    """The marking as it was; numbers that were given since are not given again."""
    return replace(before, next=after.next)


def place(old: nets.Net, new: nets.Net, marking: Marking, names: Names, verdict: Moves) -> Move:
    """What a marking becomes by a verdict on it."""
    tokens = [
        _placed(old, new, marking, token, names, verdict) for token in marking.tokens if token.id in verdict.places
    ]
    for number, wait in enumerate(verdict.waits, marking.next):
        tokens.append(Token(number, wait.join, wait.flow, wait.holder))
    whole = _listening(old, new, marking, marking.whole(old), marking.whole(new), names)
    after = Marking(tuple(tokens), marking.next + len(verdict.waits), whole.armed, whole.rung, whole.kept)
    withdrawn = tuple(t.id for t in marking.tokens if t.id in verdict.gone and is_open_task(old, t))
    timers = _timers(old, new, marking, after, names)
    return Move(after, tuple((each.flow, each.holder) for each in verdict.begins), withdrawn, *timers)


def _placed(old: nets.Net, new: nets.Net, marking: Marking, token: Token, names: Names, verdict: Moves) -> Token:
    at, via = verdict.places[token.id]
    now = replace(token, at=at, via=via)
    if token.progress and isinstance(new.elements[at], nets.Throw | nets.End):  # it undoes activities, one by one
        items = tuple(names.get(activity, activity) for activity in token.progress.items)
        now = replace(now, progress=replace(token.progress, items=items))
    return _listening(old, new, marking, token, now, names)


def _listening(old: nets.Net, new: nets.Net, marking: Marking, was: Token, now: Token, names: Names) -> Token:
    """A token that listens to what is drawn at its place now, but for what has happened to it already."""
    kept = [names.get(event, event) for event in was.armed]
    known = {names.get(event, event) for event in _drawn(old, was)}
    drawn = _drawn(new, now)
    armed = [event for event in kept if event in drawn]
    if not _signs(marking, was):
        armed += [event for event in drawn if event not in known and not _is_over(old, new, marking, was, event)]
    rung = tuple((names.get(event, event), times) for event, times in was.rung)
    done = tuple(names.get(activity, activity) for activity in was.kept)
    return replace(now, armed=tuple(armed), rung=tuple(each for each in rung if each[0] in armed), kept=done)


def _drawn(net: nets.Net, token: Token) -> tuple[str, ...]:
    """The events a token that comes to rest here begins to listen to."""
    if token.id == WHOLE:
        return tuple(start.id for start in net.answers[net.process_id])
    edge = () if token.index is not None else tuple(event.id for event in net.boundaries[token.at])
    return (() if token.progress else net.inner[token.at]) + edge


def _signs(marking: Marking, token: Token) -> bool:
    """Whether a token is a signature to a task, which listens to nothing."""
    holder = marking.token(token.parent) if token.parent is not None else None
    return holder is not None and holder.at == token.at and token.index is None


def _is_over(old: nets.Net, new: nets.Net, marking: Marking, holder: Token, event: str) -> bool:
    """Whether what an event inside a scope would answer has been interrupted by another."""
    if not isinstance(new.elements[event], nets.Start):
        return False
    scope = None if holder.id == WHOLE else holder.id
    inside = (token.at for token in marking.tokens if token.parent == scope)
    return any(_interrupted(old, at) for at in inside)


def _interrupted(net: nets.Net, at: str) -> bool:
    """Whether an element is the answer to an event that ended the rest of its scope."""
    return any(start.interrupts for start in net.answers.get(net.scope[at], ()) if net.scope[start.id] == at)


def _timers(
    old: nets.Net, new: nets.Net, before: Marking, after: Marking, names: Names
) -> tuple[tuple[tuple[Timer, Timer], ...], tuple[Timer, ...], tuple[Timer, ...]]:
    """Which timers go on under another name, which start, which end."""
    ticking = {(token, names.get(event, event)): (token, event) for token, event in _ticking(old, before)}
    wanted = list(_ticking(new, after))
    going = {timer for timer in wanted if timer in ticking and _goes_on(old, new, ticking[timer][1], timer[1])}
    kept = tuple((ticking[timer], timer) for timer in wanted if timer in going and ticking[timer] != timer)
    set_ = tuple(timer for timer in wanted if timer not in going)
    return kept, set_, tuple(was for timer, was in ticking.items() if timer not in going)


def _ticking(net: nets.Net, marking: Marking) -> Iterator[Timer]:
    """The timers that run, by token."""
    for token in (*marking.tokens, marking.whole(net)):
        for event in token.armed:
            if isinstance(getattr(net.elements[event], "trigger", None), triggers.Timer):
                yield token.id, event


def _goes_on(old: nets.Net, new: nets.Net, was: str, now: str) -> bool:
    """Whether a timer keeps its moment: its wait is the same, or it rings again and again and waits for the next."""
    before, after = (getattr(net.elements[event], "trigger", None) for net, event in ((old, was), (new, now)))
    return before == after or getattr(after, "times", 1) != 1
