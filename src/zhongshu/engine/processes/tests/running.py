"""Runs a net as a database would: keeps the plain form of the marking, obeys effects, answers services."""

import json
from typing import Any

from zhongshu.engine.processes.rules import advance, effects, happenings, marking
from zhongshu.engine.processes.rules import net as nets


class Run:
    """A case: what is on people's lists, which timers tick, what has been called, how it ended."""

    def __init__(self, net: nets.Net, **data: Any) -> None:
        self.net, self.data = net, data
        self.stored = json.dumps(marking.Marking().to_json())
        self.tasks: dict[int, effects.OpenTask] = {}
        self.timers: dict[tuple[int, str], effects.StartTimer] = {}
        self.seen: set[int] = set()
        self.withdrawn: list[str] = []
        self.called: list[str] = []
        self.told: list[str] = []
        self.end: str | None = None
        self.happens(happenings.Started())

    @property
    def marking(self) -> marking.Marking:
        return marking.Marking.from_json(json.loads(self.stored))

    @property
    def open(self) -> list[str]:
        """The elements of the open tasks, in the order they were opened."""
        return [self.tasks[token].element for token in sorted(self.tasks)]

    def happens(self, happening: happenings.Happening) -> None:
        """Take a step, obey its effects, answer the services it calls."""
        step = advance.advance(self.net, self.marking, happening, self.data)
        self.stored = json.dumps(step.marking.to_json())
        self._forget(happening)
        for effect in step.effects:
            self._obey(effect)
        calls = [each for each in step.effects if isinstance(each, effects.CallService | effects.Decide)]
        for call in calls:
            if self.marking.token(call.token):
                self.called.append(call.handler if isinstance(call, effects.CallService) else call.decision)
                self.happens(happenings.ServiceAnswered(call.token))

    def do(self, element: str, item: Any = None, **data: Any) -> None:
        """Complete the open task of an element (and item), with what was filled in."""
        self.data |= data
        self.happens(happenings.TaskCompleted(self.token(element, item)))

    def token(self, element: str, item: Any = None) -> int:
        """The token of an open task."""
        return next(task.token for task in self.tasks.values() if task.element == element and item in (None, task.item))

    def ring(self, timer: str) -> None:
        """Let a timer's time come."""
        self.happens(happenings.TimerFired(*next(key for key in self.timers if key[1] == timer)))

    def message(self, name: str) -> None:
        """Let a message come."""
        self.happens(happenings.MessageCame(name))

    def signal(self, name: str) -> None:
        """Let a signal be given elsewhere."""
        self.happens(happenings.SignalCame(name))

    def back(self, here: str, to: str) -> None:
        """Return from the open task of an element to an earlier one."""
        self.happens(happenings.Returned(self.token(here), to))

    def _forget(self, happening: happenings.Happening) -> None:
        """What is no longer there once something has happened, without an effect that says so."""
        match happening:
            case happenings.TaskCompleted(token):
                self.tasks.pop(token, None)
            case happenings.TimerFired(token, element):
                self.timers.pop((token, element), None)
            case happenings.Reopened():
                self.end = None

    def _obey(self, effect: effects.Effect) -> None:
        """Do as the effect says, or fail if that is impossible; calls are left to the caller."""
        match effect:
            case effects.OpenTask(token=token):
                assert token not in self.seen, "a number was given twice"
                self.seen.add(token)
                self.tasks[token] = effect
            case effects.WithdrawTask(token=token):
                self.withdrawn.append(self.tasks.pop(token).element)
            case effects.StartTimer(token=token, element=element):
                self.timers[token, element] = effect
            case effects.CancelTimer(token=token, element=element):
                del self.timers[token, element]
            case effects.Finish(element=element):
                assert self.end is None, "a case ended twice"
                assert not self.tasks and not self.timers
                self.end = element
            case effects.Note(name=name, value=value):
                self.data[name] = value
            case effects.Send(message=name) | effects.Broadcast(signal=name):
                self.told.append(name)
