"""What each step does to a trial, by the rules the engine has."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from zhongshu.base.calendar import rules as deadlines
from zhongshu.base.calendar.rules import Pause
from zhongshu.base.http.refusals import Conflict, Invalid
from zhongshu.base.permissions.rules import SYSTEM, Actor
from zhongshu.engine.cases.rules import checks, completing, ending, going_back, stepping, supplement, whistle
from zhongshu.engine.cases.rules.checks import Position
from zhongshu.engine.cases.rules.settings import CANCELLED, WITHDRAWN
from zhongshu.engine.cases.rules.state import Done
from zhongshu.engine.processes.rules.happenings import MessageCame, SignalCame, TaskCompleted
from zhongshu.engine.processes.rules.marking import Marking
from zhongshu.engine.studio.rules.trial import steps
from zhongshu.engine.studio.rules.trial.city import APPLICANT
from zhongshu.engine.studio.rules.trial.clock import gone_on, over, pushed, stopped
from zhongshu.engine.studio.rules.trial.moving import go, reckoned
from zhongshu.engine.studio.rules.trial.paper import Asked, Said, Trial, due_of, entered, letters_of, moment
from zhongshu.engine.studio.rules.trial.who import doer, shift, task_of
from zhongshu.registers.places.rules import distance


def take(trial: Trial, step: steps.Step) -> Trial:
    """The trial after a step; the clock is pushed to its moment first. A Refusal says why it cannot be done.

    Answers that do not fit their form are refused as `intake.Unfit`, its `problems` by question.
    """
    trial = pushed(trial, step.at or trial.at)
    return replace(VERBS[type(step)](trial, step, trial.at), steps=(*trial.steps, step))


def _choose(trial: Trial, step: steps.Choose, at: datetime) -> Trial:
    if step.element not in {service.id for service in trial.scenario.net.services()}:
        raise Conflict("流程里没有名为 {element} 的自动环节。", element=step.element)
    return replace(trial, outcomes={**trial.outcomes, step.element: step.outcome})


def _push(trial: Trial, step: steps.Push, at: datetime) -> Trial:
    return pushed(trial, step.to)


def _complete(trial: Trial, step: steps.Complete, at: datetime) -> Trial:
    held, scenario, task = trial.held, trial.scenario, task_of(trial, step)
    actor = doer(trial, task, step.by, at)
    reach = stepping.reach_of_task(held, task, trial.town.lineage)
    completing.ready(scenario, held, task, actor, reach, _position(trial, step.away, at), at)
    outcome, _ = completing.checked(scenario.forms.get(task.element), step.answers)
    data = completing.after(scenario, held, task, outcome, actor, at)
    said = Said("{who}办结“{task}”。", {"who": actor.name, "task": scenario.task_name(task.element)})
    return go(
        trial, TaskCompleted(task.token), "case.task_completed", actor.id, at, said, data=data, form=task.element,
        done=Done(task.token, "done", actor.id, outcome, at), task=task.element, token=task.token, outcome=outcome,
    )  # fmt: skip


def _position(trial: Trial, away: float | None, at: datetime) -> Position | None:
    if away is None or trial.town.spot is None:
        return None
    lon, lat = trial.town.spot
    return Position(lon, lat + away / distance.METRES_PER_DEGREE, at)


def _return(trial: Trial, step: steps.Return, at: datetime) -> Trial:
    held, task = trial.held, task_of(trial, step)
    actor = trial.town.person(step.by or task.assignee or "") or shift(trial, at)
    going_back.returnable(held, task, actor, at)
    checks.running(held)
    ways = going_back.ways(trial.scenario, held, task, trial.doings)
    way = next((way for way in ways if way.to.element == step.to), None)
    if way is None:
        raise Conflict("从这里不能退回到所选的环节：它没有办过、已经随别的环节结束，或场景不允许。请另选一个环节。")
    names = {"task": trial.scenario.task_name(task.element), "to": trial.scenario.task_name(step.to)}
    said = Said("{who}把办件从“{task}”退回到“{to}”。", {"who": actor.name, **names})
    return go(trial, way.happening, "case.returned", actor.id, at, said, before=trial.doings, back_to=step.to,
              reason=checks.reason(step.reason))  # fmt: skip


def _reopen(trial: Trial, step: steps.Reopen, at: datetime) -> Trial:
    held, actor = trial.held, shift(trial, at)
    going_back.reopenable(trial.scenario, held, at)
    ways = going_back.again(trial.scenario, held, trial.doings)
    way = next((way for way in ways if way.to.element == step.to), None)
    if way is None:
        raise Conflict("不能从所选的环节重新办理：它在这个办件里没有办过。请另选一个环节。")
    said = Said("{who}从“{to}”重新办理。", {"who": actor.name, "to": trial.scenario.task_name(step.to)})
    again = go(trial, way.happening, "case.reopened", actor.id, at, said, before=trial.doings, back_to=step.to,
               reason=checks.reason(step.reason))  # fmt: skip
    since = held.closed
    assert since is not None
    pauses = (*again.pauses, Pause(since, at)) if since < at else again.pauses
    return reckoned(replace(again, pauses=pauses), at)


def _ask(trial: Trial, step: steps.Ask, at: datetime) -> Trial:
    held, task = trial.held, task_of(trial, step)
    actor = doer(trial, task, step.by, at)
    checks.allowed(actor, stepping.reach_of_task(held, task, trial.town.lineage), task, at)
    checks.running(held)
    before, days = [one.ended for one in trial.asked], trial.town.days
    settings, law = supplement.askable(trial.scenario.settings.supplement, task.element, before, held.opened, days, at)
    items = supplement.items(step.items)
    asked = Asked(items, task.token, deadlines.due(at, settings.time, days).at, law)
    said = Said("{who}要求补正：{items}。请在 {due} 前补齐，期间停止计时。",
                {"who": actor.name, "items": supplement.summary(items), "due": moment(asked.due)})  # fmt: skip
    still = replace(stopped(trial, at), asked=(*trial.asked, asked))
    told = entered(still, "case.supplement_asked", actor.id, at, said,
                   task=task.element, token=task.token, due=asked.due, count=len(items))  # fmt: skip
    *earlier, entry = told.entries
    letters = letters_of(trial.scenario, held.data, asking=True)
    return replace(told, entries=(*earlier, replace(entry, letters=letters)))


def _supply(trial: Trial, step: steps.Supply, at: datetime) -> Trial:
    waiting = trial.waiting
    if waiting is None:
        raise Conflict("现在没有等您补正的材料：可能已经提交，或已过了补正期限。")
    answers = supplement.answers(waiting.items, step.answers)
    return over(trial, "answered", APPLICANT.id, at, Said("申请人已补正，时限继续计算。"), answers=answers)


def _drop(trial: Trial, step: steps.Drop, at: datetime) -> Trial:
    if trial.waiting is None:
        raise Conflict("这个办件没有在等申请人补正。")
    checks.reason(step.reason)
    return over(trial, "dropped", shift(trial, at).id, at, Said("不再等申请人补正，时限继续计算。"))


def _deem(trial: Trial, step: steps.Deem, at: datetime) -> Trial:
    checks.running(trial.held)
    last = trial.asked[-1] if trial.asked else None
    supplement.deemable(trial.scenario.settings.supplement, trial.held, last.token if last else None,
                        last.ending if last else None)  # fmt: skip
    return _end(trial, WITHDRAWN, shift(trial, at), step.reason, at, deemed=True)


def _withdraw(trial: Trial, step: steps.Withdraw, at: datetime) -> Trial:
    decided = trial.scenario.decided_by(trial.held.data)
    ending.withdrawable(closed=trial.held.closed is not None, decided=decided, others=False)
    return _end(trial, WITHDRAWN, APPLICANT, step.reason, at)


def _cancel(trial: Trial, step: steps.Cancel, at: datetime) -> Trial:
    if trial.held.closed:
        raise Conflict("这个办件已经办结，不用再撤销。")
    return _end(trial, CANCELLED, shift(trial, at), step.reason, at)


def _end(trial: Trial, phase: str, by: Actor, reason: str, at: datetime, **more: Any) -> Trial:
    """The case ends where it stands: nothing waits any more."""
    held, given = trial.held, checks.reason(reason)
    ended = replace(held, phase=phase, closed=at, tasks=(), marking=Marking(next=held.marking.next), stopped=None)
    pauses = tuple(replace(one, ended=one.ended or at) for one in trial.pauses)
    asked = tuple(one if one.ended else replace(one, ended=at, ending="dropped") for one in trial.asked)
    after = replace(trial, held=ended, timers=(), alarms={}, pauses=pauses, asked=asked)
    said = Said("{who}：{phase}（{reason}）。",
                {"who": by.name, "phase": trial.scenario.phase_name(phase), "reason": given})  # fmt: skip
    late = bool(held.due and at > held.due)
    return entered(after, f"case.{phase}", by.id, at, said, phase=[held.phase, phase], finished=True, late=late, **more)


def _suspend(trial: Trial, step: steps.Suspend, at: datetime) -> Trial:
    checks.running(trial.held)
    said = Said("挂起：{reason}。停止计时。", {"reason": checks.reason(step.reason)})
    return entered(stopped(trial, at), "case.suspended", shift(trial, at).id, at, said)


def _resume(trial: Trial, step: steps.Resume, at: datetime) -> Trial:
    if trial.held.stopped is None:
        raise Conflict("这个办件没有挂起，时限正在计算。")
    if trial.waiting:
        raise Conflict("这个办件正等申请人补正。不用再等的，请在补正告知处结束等待。")
    return entered(gone_on(trial, at), "case.resumed", shift(trial, at).id, at, Said("恢复计时。"))


def _extend(trial: Trial, step: steps.Extend, at: datetime) -> Trial:
    checks.running(trial.held)
    task = task_of(trial, step)
    term = whistle.term(trial.scenario.settings, trial.held.data, task.element, trial.held.category, -task.pool)
    if term is None and task.due is not None:
        raise Invalid("这个环节的期限由填写的日期决定，不能延期。", field="amount")
    if term is None:
        raise Invalid("这个环节不限时，不用延期。", field="amount")
    if not 1 <= step.amount <= max(term.amount, 1):
        raise Invalid("延长的数量须为 1 至 {most}，不超过原定期限。", field="amount", most=max(term.amount, 1))
    longer = {**trial.longer, task.token: trial.longer.get(task.token, 0) + step.amount}
    after = reckoned(replace(trial, longer=longer), at)
    said = Said("“{task}”延期到 {due}。",
                {"task": trial.scenario.task_name(task.element), "due": moment(due_of(after, task.token))})  # fmt: skip
    return entered(after, "case.extended", shift(trial, at).id, at, said, task=task.element, token=task.token)


def _message(trial: Trial, step: steps.Message, at: datetime) -> Trial:
    if trial.held.closed:
        raise Conflict("这个办件已经办结。")
    data = {**trial.held.data, step.name: {**step.facts, "by": SYSTEM.id, "at": at.isoformat()}}
    said = Said("收到消息“{name}”。", {"name": step.name})
    return go(trial, MessageCame(step.name), "case.message_came", SYSTEM.id, at, said, data=data, message=step.name)


def _signal(trial: Trial, step: steps.Signal, at: datetime) -> Trial:
    said = Said("听到信号“{name}”。", {"name": step.name})
    return go(trial, SignalCame(step.name), "case.signal_came", SYSTEM.id, at, said, signal=step.name)


VERBS: dict[type, Callable[[Trial, Any, datetime], Trial]] = {
    steps.Choose: _choose,
    steps.Complete: _complete,
    steps.Push: _push,
    steps.Return: _return,
    steps.Reopen: _reopen,
    steps.Ask: _ask,
    steps.Supply: _supply,
    steps.Drop: _drop,
    steps.Deem: _deem,
    steps.Withdraw: _withdraw,
    steps.Cancel: _cancel,
    steps.Suspend: _suspend,
    steps.Resume: _resume,
    steps.Extend: _extend,
    steps.Message: _message,
    steps.Signal: _signal,
}
