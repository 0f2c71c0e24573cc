"""What a case's entry adds to which counter. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from zhongshu.base.calendar.rules import SHANGHAI

STOCK = date(1970, 1, 1)
"""The day under which measures of what stands now are kept."""
READER = "figures count cases"
"""Under which name the counters read the journal."""
_OFFICERS = 1 << 62


@dataclass(frozen=True, slots=True)
class Step:
    """One addition: to a measure, on a day, under one ancestor."""

    measure: str
    day: date
    ancestor: int
    n: int


@dataclass(frozen=True, slots=True)
class Worked:
    """The task an entry completes, as the case keeps it: its phase, since when it waited, when it was due.

    `paused` are the seconds its clock stood still; `handler` is who answered last before it, whose work a verdict
    is about.
    """

    phase: str
    opened: datetime
    due: datetime | None
    paused: float = 0.0
    handler: str | None = None


def officer_key(account: str | UUID) -> int:
    """The ancestor an officer's own numbers are kept under.

    Made of the 62 random bits of the account's UUIDv7, below every key of a body (RFC 9562, 5.7): among a hundred
    thousand officers two share a key with a chance of one in a thousand million.
    """
    return -(_OFFICERS + (UUID(str(account)).int & (_OFFICERS - 1)))


def before_reach(facts: Mapping[str, Any], reach: Sequence[int]) -> list[int]:
    """The ancestors a case had before the entry after which its reach is `reach`."""
    joined, left = facts.get("joined") or (), facts.get("left") or ()
    return [*(ancestor for ancestor in reach if ancestor not in joined), *left]


def steps(
    verb: str,
    facts: Mapping[str, Any],
    reach: Sequence[int],
    day: date,
    opened: date | None = None,
    source: str = "",
) -> list[Step]:
    """What an entry adds to `opened`, `from:SOURCE`, `closed`, `late`, `phase:CODE` and the measures of the work.

    `reach` is the case's after the entry. Where its body changed, `facts["left"]` are the ancestors it has no
    more and `facts["joined"]` the new ones: the case moves with its phase and with the day it was `opened` on
    (which must then be given, with its source), so that a body's numbers are those of the cases it has. What was
    done badly stays with those who had the case then. A case that is opened again was not closed on the day it was.
    """
    joined, left, before_all = facts.get("joined") or (), facts.get("left") or (), before_reach(facts, reach)
    before, after = facts.get("phase") or (None, None)
    found: list[Step] = []
    if before is not None:
        found += [Step(f"phase:{before}", STOCK, ancestor, -1) for ancestor in before_all]
    if after is not None:
        found += [Step(f"phase:{after}", STOCK, ancestor, 1) for ancestor in reach]
    found += [Step(measure, day, ancestor, 1) for measure in _of_the_case(verb, facts, source) for ancestor in reach]
    found += [Step(measure, day, ancestor, 1) for measure in of_the_work(facts) for ancestor in before_all]
    if closed := ended(facts):
        measures = ("closed", *(["late"] if facts["ended"]["late"] else []))
        found += [Step(measure, closed.date(), ancestor, -1) for measure in measures for ancestor in before_all]
    if opened is not None:
        for measure in _beginning(source):
            found += [Step(measure, opened, ancestor, 1) for ancestor in joined]
            found += [Step(measure, opened, ancestor, -1) for ancestor in left]
    return found


def officer_steps(facts: Mapping[str, Any], at: datetime, by: str, task: Worked) -> list[Step]:
    """What completing a task adds to the numbers of the officer who did it, and of the one whose work was judged."""
    day, own = at.date(), officer_key(by)
    said = set(of_the_work(facts))
    mine = ["done", *(["overran"] if task.due and at > task.due else []), *sorted(said & {"answered", "returned"})]
    found = [Step(measure, day, own, 1) for measure in mine]
    if task.handler:
        found += [Step(m, day, officer_key(task.handler), 1) for m in sorted(said & {"judged", "redone"})]
    return found


def ended(facts: Mapping[str, Any]) -> datetime | None:
    """When a case that is opened again had been closed."""
    closed = (facts.get("ended") or {}).get("closed")
    return datetime.fromisoformat(closed).astimezone(SHANGHAI) if closed else None


def _beginning(source: str) -> tuple[str, ...]:
    return ("opened", f"from:{source}") if source else ("opened",)


def _of_the_case(verb: str, facts: Mapping[str, Any], source: str) -> Iterator[str]:
    if verb == "case.opened":
        yield from _beginning(source)
    if facts.get("finished"):
        yield "closed"
    if facts.get("finished") and facts.get("late"):
        yield "late"


def of_the_work(facts: Mapping[str, Any]) -> Iterator[str]:
    """The measures of what was done: `answered`, `returned` (not ours), `judged`, `redone` (did not pass)."""
    outcome = facts.get("outcome") or {}
    if "result" in outcome:
        yield "answered"
    if outcome.get("result") == "not_ours":
        yield "returned"
    if "passed" in outcome:
        yield "judged"
    if outcome.get("passed") is False:
        yield "redone"
