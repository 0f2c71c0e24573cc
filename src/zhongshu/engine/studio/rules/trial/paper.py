"""A case on paper: what the tables would keep of it after each step. Plain, frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import msgspec

from zhongshu.base.calendar.rules import SHANGHAI, Pause
from zhongshu.engine.cases.rules import alarms, telling
from zhongshu.engine.cases.rules.going_back import Doing
from zhongshu.engine.cases.rules.scenario import Scenario
from zhongshu.engine.cases.rules.state import WHOLE, Change, Held, OpenTask, told
from zhongshu.engine.cases.rules.supplement import Answer, Item
from zhongshu.engine.decisions.rules import feel
from zhongshu.engine.decisions.rules.dmn.running import Result
from zhongshu.engine.studio.rules.trial.city import Town
from zhongshu.engine.studio.rules.trial.steps import Begin, Outcome, Step


@dataclass(frozen=True, slots=True)
class Call:
    """What a service task would do: its handler, what the case knew then, and the outcome it was given."""

    element: str
    handler: str
    data: Mapping[str, Any]
    answer: Mapping[str, Any]
    failed: str = ""


@dataclass(frozen=True, slots=True)
class Decided:
    """What a decision answered, which rules its tables met, and why it or parts of it are null."""

    element: str
    decision: str
    result: Result


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence (the translation key) and what fills its gaps."""

    sentence: str
    gaps: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.sentence.format(**self.gaps)


@dataclass(frozen=True, slots=True)
class Entry:
    """What happened in one step: the journal's verb and facts, in words, and what it would have done outside.

    `message` is the template the people who told of the case would be sent; empty for none. `letters` would be made.
    """

    verb: str
    at: datetime
    by: str
    said: tuple[Said, ...]
    facts: Mapping[str, Any]
    calls: tuple[Call, ...] = ()
    decisions: tuple[Decided, ...] = ()
    letters: tuple[str, ...] = ()

    @property
    def message(self) -> str:
        """The template of the message to who told of the case."""
        return telling.template(self.verb, self.facts)

    @property
    def given(self) -> tuple[tuple[str, str], ...]:
        """Who would be told that a task is theirs: account and element."""
        return tuple((task["assignee"], task["element"]) for task in self.facts.get("tasks", ()) if task["assignee"])


@dataclass(frozen=True, slots=True)
class Timer:
    """A timer that is set; `stuck` when it rang and the process could not go on."""

    token: int
    element: str
    due: datetime
    stuck: bool = False


@dataclass(frozen=True, slots=True)
class Alarm:
    """When a deadline speaks up next (None: not again), and which alarm that is."""

    at: datetime | None
    level: int = alarms.WARNED


@dataclass(frozen=True, slots=True)
class Asked:
    """A list of what is missing, as the applicant was asked for it."""

    items: tuple[Item, ...]
    token: int
    due: datetime
    law: str = ""
    ended: datetime | None = None
    ending: str = ""
    answers: tuple[Answer, ...] = ()


@dataclass(frozen=True, slots=True)
class Trial:
    """A scenario tried on paper, as it stands at the moment `at`.

    `held` is the case as the engine would hold it: phase, data, marking, open tasks with who and by when. `outcomes`
    are those chosen for service tasks. `begun` and `steps` are all that is needed to come here again.
    """

    scenario: Scenario
    town: Town
    at: datetime
    held: Held
    begun: Begin
    steps: tuple[Step, ...] = ()
    entries: tuple[Entry, ...] = ()
    doings: tuple[Doing, ...] = ()
    timers: tuple[Timer, ...] = ()
    alarms: Mapping[int, Alarm] = field(default_factory=dict)
    pauses: tuple[Pause, ...] = ()
    longer: Mapping[int, int] = field(default_factory=dict)
    ended: Mapping[int, OpenTask] = field(default_factory=dict)
    asked: tuple[Asked, ...] = ()
    outcomes: Mapping[str, Outcome] = field(default_factory=dict)

    @property
    def waiting(self) -> Asked | None:
        """The list the applicant has not answered yet."""
        return next((one for one in self.asked if one.ended is None), None)

    @property
    def open(self) -> tuple[str, ...]:
        """The elements of the open tasks, in order of their tokens."""
        return tuple(task.element for task in self.held.tasks)


def moved(trial: Trial, change: Change, entry: Entry, at: datetime) -> Trial:
    """The trial after a step, with its entry: what the engine would write of it."""
    held, ends = trial.held, {done.token: done for done in change.done}
    ended = {task.token: task for task in held.tasks if task.token in ends}
    cancelled = {*change.cancelled}
    timers = [timer for timer in trial.timers if (timer.token, timer.element) not in cancelled]
    speaking = {token: alarm for token, alarm in trial.alarms.items() if token not in ends}
    return replace(
        trial,
        at=at,
        held=_after(held, change),
        entries=(*trial.entries, entry),
        doings=(*trial.doings, *(_doing(change, task, at) for task in ended.values() if _done(change, task))),
        timers=(*timers, *(Timer(*timer) for timer in change.timers)),
        alarms=speaking | {task.token: Alarm(task.alarm) for task in change.opened},
        ended={**trial.ended, **ended},
    )


def _after(held: Held, change: Change) -> Held:
    gone = {done.token for done in change.done}
    kept = [task for task in held.tasks if task.token not in gone]
    opened = [replace(task, alarm=None, by_rule=False) for task in change.opened]
    return replace(
        held, phase=change.phase, body=change.body, reach=tuple(change.reach), closed=change.closed,
        data=as_kept(change.data), marking=change.marking, revision=held.revision + 1,
        tasks=tuple(sorted([*kept, *opened], key=lambda task: task.token)),
    )  # fmt: skip


def as_kept(data: Mapping[str, Any]) -> dict[str, Any]:
    """The data as a table would give them back: what is not JSON becomes it."""
    found: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(data))
    return found


def _done(change: Change, task: OpenTask) -> bool:
    return task.signs is None and any(each.token == task.token and each.ending == "done" for each in change.done)


def _doing(change: Change, task: OpenTask, at: datetime) -> Doing:
    done = next(each for each in change.done if each.token == task.token)
    return Doing(task.token, task.element, task.pool, done.by or "", done.at or at, dict(done.outcome or {}))


def entered(trial: Trial, verb: str, by: str, at: datetime, *said: Said, **facts: Any) -> Trial:
    """The trial with an entry about the case that moves nothing."""
    entry = Entry(verb, at, by, said, {"phase": [trial.held.phase, trial.held.phase], **facts})
    return replace(trial, at=at, entries=(*trial.entries, entry))


def letters_of(scenario: Scenario, data: Mapping[str, Any], task: str = "", *, asking: bool = False) -> tuple[str, ...]:
    """The letters that the end of a task makes, or asking the applicant for what is missing, by the case's data."""
    called = {name: letter for name, letter in scenario.settings.letters.items() if
              (letter.made == "supplement" if asking else bool(task) and letter.task == task)}  # fmt: skip
    return tuple(name for name, letter in called.items() if not letter.when or _true(letter.when, data))


def _true(when: str, data: Mapping[str, Any]) -> bool:
    return feel.compile(when).evaluate(data) is True


def facts_of(trial: Trial, change: Change, **more: Any) -> dict[str, Any]:
    """What the entry of a step says, as the journal would have it."""
    return told(trial.held, change) | more


def due_of(trial: Trial, token: int) -> datetime | None:
    """The deadline of an open task, or of the case itself."""
    if token == WHOLE:
        return trial.held.due
    task = trial.held.task(token)
    return task.due if task else None


def moment(at: datetime | None) -> str:
    """A moment as people read it, by the clock of Shanghai; empty for none."""
    return f"{at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}" if at else ""
