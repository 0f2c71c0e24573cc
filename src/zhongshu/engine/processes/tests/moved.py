"""Moves a run to another process, as a database would: keeps what stays, obeys what changes."""

import json
from collections.abc import Mapping
from typing import Any

from zhongshu.engine.processes.rules import effects, happenings, moving
from zhongshu.engine.processes.rules import net as nets
from zhongshu.engine.processes.tests.running import Run


def verdict(run: Run, new: nets.Net, answers: Mapping[str, str] | None = None, **names: str) -> moving.Verdict:
    """What would become of a run in another process."""
    return moving.judge(run.net, new, run.marking, names, answers or {})


def questions(run: Run, new: nets.Net, answers: Mapping[str, str] | None = None, **names: str) -> dict[str, list[str]]:
    """What is asked: the key of each question, and the codes of its answers, best first."""
    found = verdict(run, new, answers, **names)
    assert isinstance(found, moving.Asks), found
    return {question.key: [option.code for option in question.options] for question in found.questions}


def move(run: Run, new: nets.Net, answers: Mapping[str, str] | None = None, **names: str) -> Any:
    """Let a run go on in another process; returns what the rules said of it."""
    found = verdict(run, new, answers, **names)
    assert isinstance(found, moving.Moves), found
    move = moving.place(run.net, new, run.marking, names, found)
    for token in move.withdrawn:
        run.withdrawn.append(run.tasks.pop(token).element)
    for timer in move.cancelled:
        del run.timers[timer]
    for was, now in move.kept:
        run.timers[now] = run.timers.pop(was)
    for timer in move.set:
        run.timers[timer] = effects.StartTimer(*timer, new.elements[timer[1]].trigger.wait)  # type: ignore[attr-defined]
    for token, place in found.places.items():
        if token in run.tasks:
            was = run.tasks[token]
            run.tasks[token] = effects.OpenTask(token, place.at, was.item, was.signs)
    run.net, run.stored = new, json.dumps(move.marking.to_json())
    run.happens(happenings.Moved(move.begins))
    return move
