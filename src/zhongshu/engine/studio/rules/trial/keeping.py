"""A trial as plain data: how it began and what was done, from which it is played again."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from zhongshu.base.http.refusals import Refusal
from zhongshu.engine.cases.rules.scenario import Scenario
from zhongshu.engine.studio.rules.trial import steps
from zhongshu.engine.studio.rules.trial.beginning import begin
from zhongshu.engine.studio.rules.trial.city import Town
from zhongshu.engine.studio.rules.trial.paper import Trial
from zhongshu.engine.studio.rules.trial.verbs import take


@dataclass(frozen=True, slots=True)
class Played:
    """A trial played again: how far it came, and, where the scenario has changed since, which step (from 0) is refused
    now and why. `trial` is None where it cannot even begin.
    """

    trial: Trial | None
    step: int | None = None
    refusal: Refusal | None = None


def to_json(trial: Trial) -> dict[str, Any]:
    """The trial as plain values."""
    return steps.plain(trial.begun, trial.steps)


def from_json(scenario: Scenario, town: Town, plain: Mapping[str, Any]) -> Played:
    """The trial these plain values tell of, in this scenario. Invalid where they tell of none."""
    kept = steps.read(plain)
    try:
        trial = begin(scenario, kept.begin, town)
    except Refusal as refusal:
        return Played(None, refusal=refusal)
    for n, step in enumerate(kept.steps):
        try:
            trial = take(trial, step)
        except Refusal as refusal:
            return Played(trial, n, refusal)
    return Played(trial)
