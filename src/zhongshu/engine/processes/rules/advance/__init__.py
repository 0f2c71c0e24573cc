"""The game of tokens: what a case does next when something happens to it. Pure, deterministic, total."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from zhongshu.engine.processes.rules import effects as eff
from zhongshu.engine.processes.rules import happenings as happen
from zhongshu.engine.processes.rules import net as nets
from zhongshu.engine.processes.rules import triggers
from zhongshu.engine.processes.rules.advance import events, joins, moves, returning, rounds
from zhongshu.engine.processes.rules.advance.stops import (
    Crowded,
    Endless,
    Illegal,
    NoWay,
    Stuck,
    Timeless,
    Uncaught,
    Uncountable,
)
from zhongshu.engine.processes.rules.advance.walk import Arrival, Walk
from zhongshu.engine.processes.rules.marking import WHOLE, Marking, Token, is_open_task

__all__ = [
    "Crowded", "Endless", "Illegal", "NoWay", "Step", "Stuck", "Timeless", "Uncaught", "Uncountable", "advance",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """Where the case stands now, and what its caller has to do, in order."""

    marking: Marking
    effects: tuple[eff.Effect, ...]


def advance(net: nets.Net, marking: Marking, happening: happen.Happening, data: Mapping[str, Any]) -> Step:
    """What becomes of a case when something happens to it; conditions read `data`, as it is afterwards.

    Raises Illegal if this cannot happen here, NoWay if no flow out of a gateway is open, Uncountable if the
    instances of an activity cannot be counted, Timeless if nothing says when a timer rings, Uncaught if nobody
    catches an error, Endless, Crowded or Stuck if the process is badly drawn.
    """
    if any(token.at not in net.elements for token in marking.tokens):
        raise Illegal("办件停在这一版流程没有的环节，请用它开始时的那一版流程办理。")
    walk = Walk(net, marking, data)
    TAKE[type(happening)](walk, happening)
    moves.settle(walk)
    return Step(walk.marking(), tuple(walk.effects))


def _start(walk: Walk, happening: happen.Started) -> None:
    if walk.next > WHOLE:
        raise Illegal("这个办件的流程已经开始，不能再开始一次。")
    start = walk.net.elements.get(happening.element) if happening.element else walk.net.start
    if start not in walk.net.starts[walk.net.process_id]:
        raise Illegal("流程没有名为“{element}”的开始事件。", element=happening.element)
    walk.next += 1
    events.begin(walk)
    walk.leave(start, None)


def _complete_task(walk: Walk, happening: happen.TaskCompleted) -> None:
    token = _open_task(walk, happening.token)
    if any(walk.within(token.id)):
        raise Illegal("会签还没有办完，请等会签人都签完再办结，或先撤回会签。")
    if _signs(walk, token):
        walk.take(token)
    else:
        rounds.finish(walk, token)


def _cancel_task(walk: Walk, happening: happen.TaskCancelled) -> None:
    token = _open_task(walk, happening.token)
    if token.index is None and not _signs(walk, token):
        raise Illegal("这个环节只有一份，不能单独撤回；请办结、退回或撤销办件。")
    walk.withdraw(token)
    if token.index is not None:
        rounds.close_instance(walk, _activity(walk, token), token, done=False)


def _add_task(walk: Walk, happening: happen.TaskAdded) -> None:
    outer = _token(walk, happening.token)
    if outer.progress is None or not isinstance(_activity(walk, outer).rounds, nets.Instances):
        raise Illegal("这个环节不是多份的，不能增加。")
    rounds.add_instance(walk, _activity(walk, outer), outer, happening.item)


def _add_signer(walk: Walk, happening: happen.SignerAdded) -> None:
    task = _open_task(walk, happening.token)
    if _signs(walk, task):
        raise Illegal("会签的环节不能再加会签，请由主办人添加。")
    signer = walk.rest(walk.net.elements[task.at], Arrival(task.at, None, task.id))
    walk.effects.append(eff.OpenTask(signer.id, signer.at, walk.item(task), signs=task.id))


def _answer_service(walk: Walk, happening: happen.ServiceAnswered) -> None:
    rounds.finish(walk, _service(walk, happening.token))


def _fail_service(walk: Walk, happening: happen.ServiceFailed) -> None:
    token = _service(walk, happening.token)
    if not events.climb(walk, triggers.Error(happening.code), token.id):
        raise Uncaught(walk.net.elements[token.at], happening.code)


def _fire_timer(walk: Walk, happening: happen.TimerFired) -> None:
    token = walk.whole if happening.token == WHOLE else _token(walk, happening.token)
    event = walk.net.elements.get(happening.element)
    if happening.element not in token.armed or not isinstance(getattr(event, "trigger", None), triggers.Timer):
        raise Illegal("这个时限已经不在计时，不用再处理。")
    assert isinstance(event, nets.Listening)
    events.fire(walk, token, event)


def _deliver(walk: Walk, happening: happen.MessageCame) -> None:
    waiting = [wait for wait in walk.waits() if wait[1].trigger == triggers.Message(happening.name)]
    if not waiting:
        raise Illegal("这个办件现在不在等消息“{name}”。", name=happening.name)
    events.fire(walk, *waiting[0])


def _hear(walk: Walk, happening: happen.SignalCame) -> None:
    if not events.broadcast(walk, happening.name):
        raise Illegal("这个办件现在不在等信号“{name}”。", name=happening.name)


def _look(walk: Walk, _: happen.DataChanged) -> None:
    """Nothing by itself: conditions are looked at whenever a case settles."""


def _return(walk: Walk, happening: happen.Returned) -> None:
    returning.go_back(walk, _token(walk, happening.token), _task(walk, happening.to))


def _reopen(walk: Walk, happening: happen.Reopened) -> None:
    if walk.next == WHOLE or walk.tokens:
        raise Illegal("这个办件还没有办结，不用重新打开。")
    returning.go_on(walk, _task(walk, happening.to))


def _move(walk: Walk, happening: happen.Moved) -> None:
    joins.go_on_where_all_came(walk)
    for branch, holder in happening.begins:
        flow = walk.net.flows[branch]
        walk.travellers.append(Arrival(flow.target, flow.id, holder))


TAKE: dict[type[happen.Happening], Callable[[Walk, Any], None]] = {
    happen.Started: _start,
    happen.TaskCompleted: _complete_task,
    happen.TaskCancelled: _cancel_task,
    happen.TaskAdded: _add_task,
    happen.SignerAdded: _add_signer,
    happen.ServiceAnswered: _answer_service,
    happen.ServiceFailed: _fail_service,
    happen.TimerFired: _fire_timer,
    happen.MessageCame: _deliver,
    happen.SignalCame: _hear,
    happen.DataChanged: _look,
    happen.Returned: _return,
    happen.Reopened: _reopen,
    happen.Moved: _move,
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


def _service(walk: Walk, id: int) -> Token:
    token = _token(walk, id)
    if not isinstance(walk.net.elements[token.at], nets.Service | nets.Rule):
        raise _moved_on()
    return token


def _activity(walk: Walk, token: Token) -> nets.Activity:
    element = walk.net.elements[token.at]
    assert isinstance(element, nets.Activity)
    return element


def _task(walk: Walk, id: str) -> nets.Task:
    task = walk.net.elements.get(id)
    if not isinstance(task, nets.Task):
        raise Illegal("流程没有名为“{element}”的办理环节。", element=id)
    return task


def _signs(walk: Walk, token: Token) -> bool:
    """Whether a token is a signature to the task it belongs to."""
    return token.parent is not None and token.index is None and walk.tokens[token.parent].at == token.at


def _moved_on() -> Illegal:
    return Illegal("这个环节已经不在办理中，请刷新页面看看办到了哪一步。")
