"""The game of tokens: what a case does next when something happens to it. Pure, deterministic, total."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from zhongshu.engine.processes.rules import effects as eff
from zhongshu.engine.processes.rules import happenings as happen
from zhongshu.engine.processes.rules import net as nets
from zhongshu.engine.processes.rules.advance import instances, moves
from zhongshu.engine.processes.rules.advance.stops import Crowded, Endless, Illegal, NoWay, Stuck, Uncountable
from zhongshu.engine.processes.rules.advance.walk import Walk
from zhongshu.engine.processes.rules.marking import Marking, Token, is_open_task

__all__ = ["Crowded", "Endless", "Illegal", "NoWay", "Step", "Stuck", "Uncountable", "advance"]


@dataclass(frozen=True, slots=True)
class Step:
    """Where the case stands now, and what its caller has to do, in order."""

    marking: Marking
    effects: tuple[eff.Effect, ...]


def advance(net: nets.Net, marking: Marking, happening: happen.Happening, data: Mapping[str, Any]) -> Step:
    """What becomes of a case when something happens to it; conditions read `data`, as it is afterwards.

    Raises Illegal if this cannot happen here, NoWay if no flow out of a gateway is open, Uncountable if the
    instances of a task cannot be counted, Endless, Crowded or Stuck if the process is badly drawn.
    """
    if any(token.at not in net.elements for token in marking.tokens):
        raise Illegal("办件停在这一版流程没有的环节，请用它开始时的那一版流程办理。")
    walk = Walk(net, marking, data)
    TAKE[type(happening)](walk, happening)
    moves.settle(walk)
    return Step(walk.marking(), tuple(walk.effects))


def _start(walk: Walk, _: happen.Started) -> None:
    if walk.next > 1:
        raise Illegal("这个办件的流程已经开始，不能再开始一次。")
    walk.next += 1
    walk.leave(walk.net.start, None)


def _complete_task(walk: Walk, happening: happen.TaskCompleted) -> None:
    token = _open_task(walk, happening.token)
    task = walk.net.elements[token.at]
    walk.take(token)
    if token.index is None:
        walk.leave(task, token.parent)
    else:
        instances.close_instance(walk, _as_task(task), token, done=True)


def _cancel_task(walk: Walk, happening: happen.TaskCancelled) -> None:
    token = _open_task(walk, happening.token)
    if token.index is None:
        raise Illegal("这个环节只有一份，不能单独撤回；请办结、退回或撤销办件。")
    walk.withdraw(token)
    instances.close_instance(walk, _as_task(walk.net.elements[token.at]), token, done=False)


def _add_task(walk: Walk, happening: happen.TaskAdded) -> None:
    outer = _token(walk, happening.token)
    if outer.progress is None:
        raise Illegal("这个环节不是多份的，不能增加。")
    instances.add_instance(walk, _as_task(walk.net.elements[outer.at]), outer, happening.item)


def _answer_service(walk: Walk, happening: happen.ServiceAnswered) -> None:
    token = _token(walk, happening.token)
    service = walk.net.elements[token.at]
    if not isinstance(service, nets.Service):
        raise _moved_on()
    walk.take(token)
    walk.leave(service, token.parent)


def _fire_timer(walk: Walk, happening: happen.TimerFired) -> None:
    token, timer = _token(walk, happening.token), walk.net.elements.get(happening.element)
    if not isinstance(timer, nets.Timer) or timer.id not in token.armed:
        raise Illegal("这个时限已经不在计时，不用再处理。")
    token = replace(token, armed=tuple(each for each in token.armed if each != timer.id))
    walk.tokens[token.id] = token
    if timer.interrupts:
        walk.withdraw(token)
    walk.leave(timer, token.parent)


TAKE: dict[type[happen.Happening], Callable[[Walk, Any], None]] = {
    happen.Started: _start,
    happen.TaskCompleted: _complete_task,
    happen.TaskCancelled: _cancel_task,
    happen.TaskAdded: _add_task,
    happen.ServiceAnswered: _answer_service,
    happen.TimerFired: _fire_timer,
}


def _token(walk: Walk, id: int) -> Token:
    token = walk.tokens.get(id)
    if token is None:
        raise _moved_on()
    return token


def _open_task(walk: Walk, id: int) -> Token:
    token = _token(walk, id)
    if not is_open_task(walk.net, token):
        raise _moved_on()
    return token


def _as_task(element: nets.Element) -> nets.Task:
    assert isinstance(element, nets.Task)
    return element


def _moved_on() -> Illegal:
    return Illegal("这个环节已经不在办理中，请刷新页面看看办到了哪一步。")
