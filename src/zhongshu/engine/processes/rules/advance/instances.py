"""Multi-instance tasks: one outer token for the task, one token for each instance under way.

BPMN 2.0.2 §13.3.7 and table 10.30 (names of the counters). The items are fixed when the task is entered, so
data that change meanwhile do not change who was asked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from zhongshu.engine.processes.rules import effects as eff
from zhongshu.engine.processes.rules import net as nets
from zhongshu.engine.processes.rules.advance import stops
from zhongshu.engine.processes.rules.advance.walk import Arrival, Walk
from zhongshu.engine.processes.rules.marking import Progress, Token

MOST_INSTANCES = 1_000


def open_round(walk: Walk, task: nets.Task, instances: nets.Instances, arrival: Arrival) -> None:
    """Enter a multi-instance task; one without any instance is passed straight through."""
    items = _items(task, instances, walk.data)
    if not items:
        walk.leave(task, arrival.parent)
        return
    outer = walk.rest(task, arrival.parent, arrival.flow.id, progress=Progress(items))
    for index in range(1 if instances.sequential else len(items)):
        _open(walk, outer, index)
    walk.arm(outer)


def add_instance(walk: Walk, task: nets.Task, outer: Token, item: Any) -> None:
    """Ask one more while the others are asked; where one is asked after the other, it comes last."""
    assert task.instances and outer.progress
    items = (*outer.progress.items, item)
    if len(items) > MOST_INSTANCES or not _is_plain(item):
        raise stops.Uncountable(task, MOST_INSTANCES)
    outer = walk.tokens[outer.id] = replace(outer, progress=replace(outer.progress, items=items))
    if not task.instances.sequential:
        _open(walk, outer, len(items) - 1)


def close_instance(walk: Walk, task: nets.Task, token: Token, *, done: bool) -> None:
    """Note the end of an instance; with the last, or once the completion condition is true, the task ends."""
    assert task.instances and token.parent is not None and token.index is not None
    outer = walk.tokens[token.parent]
    assert outer.progress
    progress = replace(outer.progress, done=outer.progress.done + done, dropped=outer.progress.dropped + (not done))
    outer = walk.tokens[outer.id] = replace(outer, progress=progress)
    if progress.closed == len(progress.items) or _enough(walk, task.instances, outer, token.index, done):
        walk.withdraw(outer)
        walk.leave(task, outer.parent)
    elif task.instances.sequential:
        _open(walk, outer, progress.closed)


def _open(walk: Walk, outer: Token, index: int) -> None:
    assert outer.progress
    token = walk.rest(walk.net.elements[outer.at], outer.id, index=index)
    walk.effects.append(eff.OpenTask(token.id, token.at, outer.progress.items[index]))


def _enough(walk: Walk, instances: nets.Instances, outer: Token, index: int, done: bool) -> bool:
    """Whether the completion condition is true after an instance; one called off shows no item."""
    progress = outer.progress
    assert progress
    if instances.until is None:
        return False
    counters = {
        "nrOfInstances": len(progress.items) - progress.dropped,
        "nrOfCompletedInstances": progress.done,
        "nrOfActiveInstances": sum(token.parent == outer.id for token in walk.tokens.values()),
        "loopCounter": index + 1,
    }
    item = {instances.item: progress.items[index] if done else None} if instances.item else {}
    return instances.until.evaluate({**walk.data, **counters, **item}) is True


def _items(task: nets.Task, instances: nets.Instances, data: Mapping[str, Any]) -> tuple[Any, ...]:
    """What the instances are for: the items of the list, or the numbers from 1 to the count."""
    if instances.items:
        items = instances.items.evaluate(data)
        if isinstance(items, list | tuple) and len(items) <= MOST_INSTANCES and all(map(_is_plain, items)):
            return tuple(items)
    elif instances.count:
        number = instances.count.evaluate(data)
        if isinstance(number, int) and not isinstance(number, bool) and 0 <= number <= MOST_INSTANCES:
            return tuple(range(1, number + 1))
    raise stops.Uncountable(task, MOST_INSTANCES)


def _is_plain(value: Any) -> bool:
    """Whether a value can be kept in the marking as it is."""
    if isinstance(value, Mapping):
        return all(isinstance(key, str) for key in value) and all(map(_is_plain, value.values()))
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        return all(map(_is_plain, value))
    return value is None or isinstance(value, str | int | float | bool)
