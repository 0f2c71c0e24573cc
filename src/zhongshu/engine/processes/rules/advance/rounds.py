"""Activities done several times: one outer token for all of them, one token for each instance under way.

BPMN 2.0.2 §13.3.6 and §13.3.7, table 10.30 (names of the counters). The items are fixed when the activity is
entered, so data that change meanwhile do not change who was asked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from zhongshu.engine.processes.rules import net as nets
from zhongshu.engine.processes.rules.advance import stops, undoing
from zhongshu.engine.processes.rules.advance.walk import Arrival, Walk
from zhongshu.engine.processes.rules.marking import Progress, Token

MOST_INSTANCES = 1_000


def open_round(walk: Walk, activity: nets.Activity, arrival: Arrival) -> Token | None:
    """The outer token of an activity that is done several times; None, and passed through, if it is not done at all."""
    rounds, facts = activity.rounds, walk.facts(arrival.parent)
    items: tuple[Any, ...] = ()
    if isinstance(rounds, nets.Instances):
        items = _items(activity, rounds, facts)
    if not items and not (isinstance(rounds, nets.Loop) and _once_more(rounds, facts, 0)):
        walk.leave(activity, arrival.parent)
        return None
    outer = walk.rest(activity, arrival, progress=Progress(items))
    at_once = len(items) if isinstance(rounds, nets.Instances) and not rounds.sequential else 1
    for index in range(at_once):
        _open(walk, outer, index)
    return outer


def finish(walk: Walk, token: Token) -> None:
    """Take the token of an activity whose work is done, and go on."""
    activity = walk.net.elements[token.at]
    assert isinstance(activity, nets.Activity)
    walk.take(token)
    if token.index is None:
        undoing.keep(walk, activity, token)
        walk.leave(activity, token.parent)
    else:
        close_instance(walk, activity, token, done=True)


def add_instance(walk: Walk, task: nets.Activity, outer: Token, item: Any) -> None:
    """Ask one more while the others are asked; where one is asked after the other, it comes last."""
    assert isinstance(task.rounds, nets.Instances) and outer.progress
    items = (*outer.progress.items, item)
    if len(items) > MOST_INSTANCES or not _is_plain(item):
        raise stops.Uncountable(task, MOST_INSTANCES)
    outer = walk.put(replace(outer, progress=replace(outer.progress, items=items)))
    if not task.rounds.sequential:
        _open(walk, outer, len(items) - 1)


def close_instance(walk: Walk, activity: nets.Activity, token: Token, *, done: bool) -> None:
    """Note the end of an instance; with the last, or once the completion condition is true, the activity ends."""
    assert token.parent is not None and token.index is not None
    outer = walk.tokens[token.parent]
    assert outer.progress
    progress = replace(outer.progress, done=outer.progress.done + done, dropped=outer.progress.dropped + (not done))
    outer = walk.put(replace(outer, progress=progress))
    match activity.rounds:
        case nets.Loop() as loop:
            ended, following = not _once_more(loop, walk.facts(outer.parent), progress.closed), True
        case nets.Instances() as instances:
            ended = progress.closed == len(progress.items) or _enough(walk, instances, outer, token.index, done)
            following = instances.sequential
    undoing.pass_on(walk, token)
    if ended:
        outer = walk.tokens[outer.id]
        undoing.keep(walk, activity, outer)
        walk.withdraw(outer)
        walk.leave(activity, outer.parent)
    elif following:
        _open(walk, outer, progress.closed)


def _open(walk: Walk, outer: Token, index: int) -> None:
    walk.travellers.append(Arrival(outer.at, None, outer.id, index))


def _once_more(loop: nets.Loop, facts: Mapping[str, Any], done: int) -> bool:
    """Whether a loop goes round (again); null is not true."""
    if loop.most is not None and done >= loop.most:
        return False
    if loop.when is None or (done == 0 and not loop.first):
        return True
    return loop.when.evaluate({**facts, "loopCounter": done}) is True


def _enough(walk: Walk, instances: nets.Instances, outer: Token, index: int, done: bool) -> bool:
    """Whether the completion condition is true after an instance; one called off shows no item."""
    progress = outer.progress
    assert progress
    if instances.until is None:
        return False
    counters = {
        "nrOfInstances": len(progress.items) - progress.dropped,
        "nrOfCompletedInstances": progress.done,
        "nrOfActiveInstances": 0 if instances.sequential else len(progress.items) - progress.closed,
        "loopCounter": index + 1,
    }
    item = {instances.item: progress.items[index] if done else None} if instances.item else {}
    return instances.until.evaluate({**walk.facts(outer.parent), **counters, **item}) is True


def _items(activity: nets.Activity, instances: nets.Instances, facts: Mapping[str, Any]) -> tuple[Any, ...]:
    """What the instances are for: the items of the list, or the numbers from 1 to the count."""
    if instances.items:
        items = instances.items.evaluate(facts)
        if isinstance(items, list | tuple) and len(items) <= MOST_INSTANCES and all(map(_is_plain, items)):
            return tuple(items)
    elif instances.count:
        number = instances.count.evaluate(facts)
        if isinstance(number, int) and not isinstance(number, bool) and 0 <= number <= MOST_INSTANCES:
            return tuple(range(1, number + 1))
    raise stops.Uncountable(activity, MOST_INSTANCES)


def _is_plain(value: Any) -> bool:
    """Whether a value can be kept in the marking as it is."""
    if isinstance(value, Mapping):
        return all(isinstance(key, str) for key in value) and all(map(_is_plain, value.values()))
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        return all(map(_is_plain, value))
    return value is None or isinstance(value, str | int | float | bool)
