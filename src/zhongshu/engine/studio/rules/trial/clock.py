"""The clock of a trial: pushing it on, stopping it, and all that is due on the way, in order."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from zhongshu.base.calendar.rules import SHANGHAI, Pause
from zhongshu.base.http.refusals import Conflict, Refusal
from zhongshu.base.permissions.rules import SYSTEM
from zhongshu.engine.cases.rules import alarms, stepping
from zhongshu.engine.cases.rules.state import WHOLE
from zhongshu.engine.processes.rules.happenings import TimerFired
from zhongshu.engine.studio.rules.trial.moving import go, reckoned
from zhongshu.engine.studio.rules.trial.paper import Alarm, Asked, Said, Timer, Trial, due_of, entered, moment

MOST_HAPPENINGS = 500
"""What one push may pass; more is a timer that rings without end."""
AFTER = timedelta(seconds=1)
"""A time that ends at 24:00 is kept as 23:59:59: it is over a second later."""
_END = datetime.max.replace(tzinfo=SHANGHAI) - timedelta(days=2)
SAID: dict[alarms.Kind, str] = {
    "warned": "“{task}”的期限将到。", "late": "“{task}”已经超时。", "escalated": "“{task}”超时，升级督办。",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Due:
    """What happens at a moment, and where it stands among all that does: timers come first, then the alarm of the case,
    those of its tasks, and lapses last; of what is overdue, the longest waiting.
    """

    at: datetime
    rank: int
    since: datetime
    what: Timer | int | Asked

    @property
    def order(self) -> tuple[datetime, int, datetime]:
        return self.at, self.rank, self.since


def pushed(trial: Trial, to: datetime) -> Trial:
    """The trial at the moment `to`, with everything that was due until then."""
    if to < trial.at:
        raise Conflict("时钟只能往后推：现在是 {now}。", now=moment(trial.at))
    for _ in range(MOST_HAPPENINGS):
        following = min(_due(trial, to), key=lambda each: each.order, default=None)
        if following is None:
            return replace(trial, at=to)
        trial = _happened(trial, following)
    raise Conflict("到那时要发生的事超过 {most} 件，请先推到近一些的时刻。", most=MOST_HAPPENINGS)


def next_due(trial: Trial) -> datetime | None:
    """When the next thing happens by itself; None where nothing will."""
    return min((each.at for each in _due(trial, _END)), default=None)


def _due(trial: Trial, to: datetime) -> Iterator[Due]:
    """What comes until `to`."""
    if trial.held.closed:
        return
    if trial.held.stopped is None:
        for timer in trial.timers:
            if timer.due <= to and not timer.stuck:
                yield Due(max(timer.due, trial.at), 0, timer.due, timer)
        for token, alarm in trial.alarms.items():
            if alarm.at and alarm.at <= to:
                yield Due(max(alarm.at, trial.at), 1 if token == WHOLE else 2, alarm.at, token)
    if (asked := trial.waiting) is not None and asked.due + AFTER <= to:
        yield Due(asked.due + AFTER, 3, asked.due, asked)


def _happened(trial: Trial, due: Due) -> Trial:
    match due.what:
        case Timer() as timer:
            return _rung(trial, timer, due.at)
        case int() as token:
            return _alarmed(trial, token, due.at)
        case Asked():
            return over(trial, "lapsed", SYSTEM.id, due.at, Said("补正期限已过，时限继续计算。"))


def _rung(trial: Trial, timer: Timer, at: datetime) -> Trial:
    others = tuple(one for one in trial.timers if one != timer)
    happening, name = TimerFired(timer.token, timer.element), trial.scenario.net.elements[timer.element].name
    said = Said("时间到：{timer}。", {"timer": name or timer.element})
    try:
        return go(
            replace(trial, timers=others), happening, "case.timer_fired", SYSTEM.id, at, said, timer=timer.element
        )
    except Refusal as refusal:
        stuck = replace(trial, timers=(*others, replace(timer, stuck=True)))
        why = Said("时间到：{timer}，但流程走不下去：{why}", {"timer": name or timer.element, "why": str(refusal)})
        return entered(stuck, "case.timer_stuck", SYSTEM.id, at, why, timer=timer.element)


def _alarmed(trial: Trial, token: int, at: datetime) -> Trial:
    held, settings = trial.held, trial.scenario.settings.alarms
    task, due, now = held.task(token), due_of(trial, token), trial.alarms[token]
    assert due is not None
    opened, line = task.opened if task else held.opened, stepping.line(held, token, trial.town.lineage)
    levels = alarms.LATE + 1 + len(line)
    level = alarms.reached(opened, due, now.level, levels, at, settings)
    following = Alarm(alarms.moment(opened, due, level + 1, levels, settings), level + 1)
    kind = alarms.kind(level)
    name = trial.scenario.task_name(task.element) if task else trial.scenario.settings.name
    to = line[level - alarms.LATE - 1] if level > alarms.LATE else None
    return entered(
        replace(trial, alarms={**trial.alarms, token: following}), f"case.{kind}", SYSTEM.id, at,
        Said(SAID[kind], {"task": name}), token=token, due=due, to=to, told=settings.told(kind),
    )  # fmt: skip


def stopped(trial: Trial, at: datetime) -> Trial:
    """The trial with its clock standing still: nothing is due."""
    tasks = tuple(replace(task, due=None) for task in trial.held.tasks)
    held = replace(trial.held, stopped=at, due=None, tasks=tasks)
    return replace(trial, held=held, pauses=(*trial.pauses, Pause(at, None)), alarms={})


def gone_on(trial: Trial, at: datetime) -> Trial:
    """The trial with its clock running again: timers and deadlines move by the time it stood."""
    since = trial.held.stopped
    assert since is not None
    ended = max(at, since + timedelta(microseconds=1))
    pauses = tuple(replace(one, ended=ended) if one.ended is None else one for one in trial.pauses)
    timers = tuple(replace(timer, due=timer.due + (at - since)) for timer in trial.timers)
    return reckoned(replace(trial, held=replace(trial.held, stopped=None), pauses=pauses, timers=timers), at)


def over(trial: Trial, ending: str, by: str, at: datetime, said: Said, **answered: object) -> Trial:
    """The applicant is waited for no longer: the clock goes on."""
    asked = tuple(
        replace(one, ended=at, ending=ending, **answered) if one.ended is None else one  # type: ignore[arg-type]
        for one in trial.asked
    )
    return entered(gone_on(replace(trial, asked=asked), at), f"case.supplement_{ending}", by, at, said)
