"""What a case's entry adds to which measure. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

STOCK = date(1970, 1, 1)
"""The day under which measures of what stands now are kept."""
READER = "figures count cases"
"""Under which name the counters read the journal."""


@dataclass(frozen=True, slots=True)
class Step:
    """One addition: to a measure, on a day, under one ancestor."""

    measure: str
    day: date
    ancestor: int
    n: int


def steps(
    verb: str, facts: Mapping[str, Any], reach: Sequence[int], day: date, opened: date | None = None
) -> list[Step]:
    """What an entry of a case adds to `opened`, `closed`, `late`, `redone`, `returned` and `phase:CODE`.

    `reach` is the case's after the entry. Where its body changed, `facts["left"]` are the ancestors it has no
    more and `facts["joined"]` the new ones: the case moves with its phase and with the day it was `opened` on
    (which must then be given), so that a body's numbers are those of the cases it has. What was done badly
    stays with those who had the case then.
    """
    joined, left = facts.get("joined") or (), facts.get("left") or ()
    before_reach = [*(ancestor for ancestor in reach if ancestor not in joined), *left]
    before, after = facts.get("phase") or (None, None)
    found: list[Step] = []
    if before is not None:
        found += [Step(f"phase:{before}", STOCK, ancestor, -1) for ancestor in before_reach]
    if after is not None:
        found += [Step(f"phase:{after}", STOCK, ancestor, 1) for ancestor in reach]
    found += [Step(measure, day, ancestor, 1) for measure in _of_the_case(verb, facts) for ancestor in reach]
    found += [Step(measure, day, ancestor, 1) for measure in _of_the_work(facts) for ancestor in before_reach]
    if opened is not None:
        found += [Step("opened", opened, ancestor, 1) for ancestor in joined]
        found += [Step("opened", opened, ancestor, -1) for ancestor in left]
    return found


def _of_the_case(verb: str, facts: Mapping[str, Any]) -> Iterator[str]:
    if verb == "case.opened":
        yield "opened"
    if facts.get("finished"):
        yield "closed"
    if facts.get("finished") and facts.get("late"):
        yield "late"


def _of_the_work(facts: Mapping[str, Any]) -> Iterator[str]:
    outcome = facts.get("outcome") or {}
    if outcome.get("passed") is False:
        yield "redone"
    if outcome.get("result") == "not_ours":
        yield "returned"
