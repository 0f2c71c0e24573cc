"""Counts spread over slots: hours of the day, or buckets of duration that merge and give quantiles. Pure.

Buckets grow by a fifth from one to the next (the sketch of Masson, Rim and Lee, DDSketch, VLDB 2019, with fixed
growth): a quantile read from them is within one eleventh of the true one, however many sketches were added up.
Up to a minute everything is one bucket.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import ceil, log
from typing import Any

from zhongshu.data.figures.rules.steps import Worked, before_reach, ended, officer_key

GROWTH = 1.2
SHORTEST = 60.0
"""Seconds in the first bucket."""
LAST = 100
ALL = ""
"""The category under which a spread is kept for all of them together."""
ERROR = (GROWTH - 1) / (GROWTH + 1)
"""By how much of itself a quantile above `SHORTEST` may be off."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One addition to a spread measure: `n` in a slot, and `total` to its sum (seconds; 0 where slots are hours)."""

    measure: str
    day: date
    ancestor: int
    slot: int
    n: int
    total: int = 0


def bucket(seconds: float) -> int:
    """The bucket a duration falls into."""
    return 0 if seconds <= SHORTEST else min(LAST, ceil(log(seconds / SHORTEST, GROWTH) - 1e-9))


def duration(slot: int) -> float:
    """The seconds that stand for a bucket: the value nearest, by proportion, to all in it."""
    return SHORTEST / 2 if slot <= 0 else SHORTEST * GROWTH**slot * 2 / (1 + GROWTH)


def quantile(counts: Mapping[int, int], share: float) -> float | None:
    """The duration that `share` (above 0, up to 1) of them do not exceed, in seconds; None when there are none."""
    wanted = ceil(share * sum(counts.values()) - 1e-9)
    reached = 0
    for slot in sorted(counts):
        reached += counts[slot]
        if reached >= wanted > 0:
            return duration(slot)
    return None


def hours(
    verb: str, facts: Mapping[str, Any], reach: Sequence[int], at: datetime, opened: datetime | None = None
) -> list[Slot]:
    """What an entry adds to `opened` and `closed` by hour of the day; a case that moves takes its hour along, one
    that is opened again gives it back.
    """
    found: list[Slot] = []
    if verb == "case.opened":
        found += [Slot("opened", at.date(), ancestor, at.hour, 1) for ancestor in reach]
    if facts.get("finished"):
        found += [Slot("closed", at.date(), ancestor, at.hour, 1) for ancestor in reach]
    if closed := ended(facts):
        found += [Slot("closed", closed.date(), a, closed.hour, -1) for a in before_reach(facts, reach)]
    if opened is not None:
        moves = ((ancestor, n) for key, n in (("joined", 1), ("left", -1)) for ancestor in facts.get(key) or ())
        found += [Slot("opened", opened.date(), ancestor, opened.hour, n) for ancestor, n in moves]
    return found


def stages(facts: Mapping[str, Any], reach: Sequence[int], at: datetime, by: str, task: Worked) -> list[Slot]:
    """How long a task took, for its officer; and for those who had the case, if the case left its phase with it.

    A reminder beside the work and an answer that leaves the case in its phase are no stage's time. What the clock
    stood still is left out.
    """
    seconds = max(0.0, (at - task.opened).total_seconds() - task.paused)
    before, after = facts.get("phase") or (None, None)
    passed = task.phase == before != after
    ancestors = [officer_key(by), *(before_reach(facts, reach) if passed else ())]
    slot, measure = bucket(seconds), f"stage:{task.phase}"
    return [Slot(measure, at.date(), ancestor, slot, 1, round(seconds)) for ancestor in ancestors]
