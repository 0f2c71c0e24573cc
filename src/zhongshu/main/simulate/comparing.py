"""The same days under several policies, and the figures that programs read."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from random import Random
from typing import Any

from zhongshu.engine.dispatch.rules.simulation.policies import Policy
from zhongshu.engine.dispatch.rules.simulation.results import Course, Result, figures, share_within
from zhongshu.engine.dispatch.rules.simulation.running import simulate
from zhongshu.engine.dispatch.rules.simulation.world import World, drawn

GOAL_MINUTES = 20
OURS, NEAREST = "batch", "nearest"
"""The product's rule, and the one it is measured against first; there may be others."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """The days of each seed under each policy, by its name; chance decides the same for all of them."""

    seeds: tuple[int, ...]
    days: Mapping[str, tuple[Result, ...]]

    def all(self, policy: str) -> list[Course]:
        """The events of all days."""
        return list(chain.from_iterable(self.days[policy]))

    def bursts(self, policy: str) -> list[Course]:
        """Those discovered in bursts."""
        return [one for one in self.all(policy) if one.in_burst]

    def gains_in_bursts(self, against: str) -> list[float]:
        """Seed by seed, by what share the median in bursts is shorter in batches; days without bursts are left out."""
        beside = zip(self.days[OURS], self.days[against], strict=True)
        pairs = [(_burst_median(ours), _burst_median(theirs)) for ours, theirs in beside]
        return [round(1 - ours / theirs, 4) for ours, theirs in pairs if theirs]


def compare(
    world: World,
    policies: Mapping[str, Policy],
    hours: float,
    seeds: Sequence[int],
    progress: Callable[[int, int], None],
) -> Comparison:
    """Live every seed's day under every policy; `progress` is told how many days are lived, of how many."""
    days: dict[str, list[Result]] = {name: [] for name in policies}
    for seed in seeds:
        day = drawn(world, hours, Random(seed))
        for name, policy in policies.items():
            days[name].append(simulate(world, policy, day))
            progress(sum(map(len, days.values())), len(seeds) * len(policies))
    return Comparison(tuple(seeds), {name: tuple(lived) for name, lived in days.items()})


def report(found: Comparison) -> dict[str, Any]:
    """One flat object; figures of the product's rule bear no name, those of another policy end in it."""
    told: dict[str, Any] = {"seeds": list(found.seeds), "events": len(found.all(OURS))}
    for policy in found.days:
        end = "" if policy == OURS else f"_{policy}"
        told |= {f"{key}{end}": value for key, value in _figures(found, policy).items()}
    for policy in found.days:
        if policy != OURS:
            end = "" if policy == NEAREST else f"_over_{policy}"
            told |= {f"{key}{end}": value for key, value in _gains(found, policy).items()}
    return told


def _figures(found: Comparison, policy: str) -> dict[str, Any]:
    courses = found.all(policy)
    whole, burst = figures(courses), figures(found.bursts(policy))
    return {
        "median_minutes": round(whole.median, 2),
        "p90_minutes": round(whole.p90, 2),
        "longest_minutes": round(whole.longest, 2),
        f"share_{GOAL_MINUTES}_minutes": round(share_within(courses, GOAL_MINUTES), 4),
        "burst_median_minutes": round(burst.median, 2),
        "burst_p90_minutes": round(burst.p90, 2),
        "never_closed": sum(not one.is_closed for one in courses),
        "sent_elsewhere_per_event": round(sum(one.switches for one in courses) / max(len(courses), 1), 3),
        "passed_on_per_event": round(sum(one.passed_on for one in courses) / max(len(courses), 1), 3),
    }


def _gains(found: Comparison, policy: str) -> dict[str, Any]:
    """By what share the median in bursts is shorter in batches: over all days, and day by day."""
    theirs = figures(found.bursts(policy)).median
    gain = 1 - figures(found.bursts(OURS)).median / theirs if theirs else 0.0
    return {"batch_gain_in_bursts": round(gain, 4), "batch_gain_in_bursts_by_seed": found.gains_in_bursts(policy)}


def _burst_median(day: Result) -> float:
    return figures([one for one in day if one.in_burst]).median
