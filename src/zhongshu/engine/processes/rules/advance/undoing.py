"""Undoing what has been done (compensation): BPMN 2.0.2 §10.7, §13.5.5.

What can be undone is kept with its scope when it is done, and with the scope around when that ends. It is undone one
by one, the last one first, while the event that asked for it waits.
"""

from dataclasses import replace

from zhongshu.engine.processes.rules import net as nets
from zhongshu.engine.processes.rules.advance.walk import Arrival, Walk
from zhongshu.engine.processes.rules.marking import Progress, Token
from zhongshu.engine.processes.rules.triggers import Compensation


def keep(walk: Walk, activity: nets.Activity, token: Token) -> None:
    """Keep that an activity is done, with what was done inside it."""
    pass_on(walk, token)
    if activity.undo:
        _keep(walk, token.parent, (activity.id,))


def pass_on(walk: Walk, token: Token) -> None:
    """Let what was done inside a token that ends count for what is around it."""
    _keep(walk, token.parent, token.kept)


def _keep(walk: Walk, scope: int | None, done: tuple[str, ...]) -> None:
    if done:
        holder = walk.holder(scope)
        walk.put(replace(holder, kept=(*(each for each in holder.kept if each not in done), *done)))


def begin(walk: Walk, event: nets.Element, told: Compensation, arrival: Arrival) -> None:
    """Take up what an event asks to be undone; it waits until that is done."""
    holder = _around(walk, walk.holder(arrival.parent))
    wanted = tuple(each for each in reversed(holder.kept) if told.activity in ("", each))
    walk.put(replace(holder, kept=tuple(each for each in holder.kept if each not in wanted)))
    walk.rest(event, arrival, progress=Progress(wanted))


def _around(walk: Walk, holder: Token) -> Token:
    """The scope whose work is undone: an answer to an event undoes that of the scope it answers in."""
    element = walk.net.elements.get(holder.at)
    while isinstance(element, nets.Scope) and element.event:
        holder = walk.holder(holder.parent)
        element = walk.net.elements.get(holder.at)
    return holder


def go_on(walk: Walk) -> bool:
    """Undo the next thing that an event waits for, or let it go on after the last; whether there was one."""
    busy = {token.parent for token in walk.tokens.values()}
    for token in walk.tokens.values():
        event, progress = walk.net.elements[token.at], token.progress
        if progress is None or token.id in busy or not isinstance(event, nets.Throw | nets.End):
            continue
        if progress.done < len(progress.items):
            walk.put(replace(token, progress=replace(progress, done=progress.done + 1)))
            activity = walk.net.elements.get(progress.items[progress.done])
            if isinstance(activity, nets.Activity) and activity.undo:
                walk.travellers.append(Arrival(activity.undo, None, token.id))
        else:
            walk.take(token)
            walk.leave(event, token.parent)
        return True
    return False
