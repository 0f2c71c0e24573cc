"""Short ways to try a scenario drawn for one story."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from zhongshu.engine.cases.rules.scenario import Scenario
from zhongshu.engine.studio.rules import trial
from zhongshu.engine.studio.rules.trial import Trial

MONDAY = datetime.fromisoformat("2026-03-02T09:00:00+08:00")
TOWN = trial.made_up(2026)


def tried(scenario: Scenario, outcomes: Mapping[str, trial.Outcome] | None = None, **facts: Any) -> Trial:
    """A trial begun on Monday morning."""
    return trial.begin(scenario, trial.Begin(MONDAY, facts=facts, outcomes=dict(outcomes or {})), TOWN)


def done(begun: Trial, *tasks: str, **more: Any) -> Trial:
    """The trial after these tasks, with no answers."""
    for task in tasks:
        begun = trial.take(begun, trial.Complete(task=task, **more))
    return begun


def verbs(tried: Trial) -> list[str]:
    """What happened, after the beginning."""
    return [entry.verb for entry in tried.entries[1:]]
