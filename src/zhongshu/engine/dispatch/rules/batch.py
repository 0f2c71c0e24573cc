"""Several cases at once: who goes where, so that all of them together are reached soonest.

To send the nearest officer case by case spends well on the first and badly on the last: when many wait, officers
criss-cross the city, each late for somewhere far off, and the delay feeds on itself. Looked at together, everybody
turns to what is near. Four rules follow, each of which an officer can be told:

1. All cases that nobody has reached yet are looked at together, and the plan with the least total time is taken.
2. Who is on the way may be sent elsewhere, but only where that saves at least a minute.
3. Who is at a case goes on with it. Where they will soonest be at the next one too, it waits for them instead of
   drawing somebody from far away.
4. A minute waited weighs as much as twelve seconds of the way, so that what lies far off is not put off for ever.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhongshu.engine.dispatch.rules.officers import LOAD_SECONDS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SWITCH_SECONDS = 60.0
"""What sending somebody elsewhere on the way has to save."""
WAITED_WEIGHT = 0.2
"""Seconds of the way that a second waited is worth."""
NOBODY = -1


@dataclass(frozen=True, slots=True)
class Batch:
    """Who takes which case; `waiting` are the cases nobody is left for. `cost_seconds` is that of all assigned."""

    assigned: Mapping[str, str]
    waiting: tuple[str, ...]
    cost_seconds: float


def assign_batch(
    cases: Sequence[str],
    officers: Mapping[str, int],
    costs: Mapping[tuple[str, str], float],
    *,
    going: Mapping[str, str] | None = None,
    waited: Mapping[str, float] | None = None,
) -> Batch:
    """Give cases nobody has reached to officers (officer → how many they can take) at the least total cost.

    `costs` holds seconds by (case, officer), a missing pair cannot be. As many cases as possible are given; among such
    plans this one is the cheapest. `going` is whom a case was given to, `waited` its seconds.
    """
    import numpy as np

    if not cases or not officers:
        return Batch({}, tuple(cases), 0.0)
    names, waits, ways = list(officers), waited or {}, going or {}
    table = np.array([[costs.get((case, name), np.inf) for name in names] for case in cases])
    given_to = [names.index(ways[case]) if ways.get(case) in officers else NOBODY for case in cases]
    plan = planned(table, given_to, [waits.get(case, 0.0) for case in cases], list(officers.values()))
    more = sum(n * (n - 1) // 2 for n in (plan.count(who) for who in range(len(names))))
    way = sum(table[row, who] for row, who in enumerate(plan) if who != NOBODY)
    return Batch(
        {case: names[who] for case, who in zip(cases, plan, strict=True) if who != NOBODY},
        tuple(case for case, who in zip(cases, plan, strict=True) if who == NOBODY),
        float(way) + more * LOAD_SECONDS,
    )


def planned(
    costs: "NDArray[np.floating]", going: Sequence[int], waited: Sequence[float], room: Sequence[int]
) -> list[int]:
    """The same over an array: for each case (row) its officer (column), or `NOBODY`.

    `costs` holds seconds, infinite where it cannot be; an officer's second case costs `LOAD_SECONDS` on top, the third
    twice that. `going` is whom each case was given to, or `NOBODY`; `room` how many cases each officer can take.
    """
    import numpy as np

    weighed = _weighed(costs, going, waited)
    slots = [(who, n) for who, most in enumerate(room) for n in range(min(most, len(costs)))]
    if not slots:
        return [NOBODY] * len(costs)
    columns, nth = np.array(slots).T
    chosen = _least_total(weighed[:, columns] + nth * LOAD_SECONDS)
    return [NOBODY if slot == NOBODY else slots[slot][0] for slot in chosen]


def _weighed(costs: "NDArray[np.floating]", going: Sequence[int], waited: Sequence[float]) -> "NDArray[np.floating]":
    """The costs as the plan sees them: less for who has waited, and for who is already on the way."""
    import numpy as np

    table = costs - WAITED_WEIGHT * np.asarray(waited, dtype=float)[:, None]
    for case, officer in enumerate(going):
        if officer != NOBODY:
            table[case, officer] -= SWITCH_SECONDS
    return table


def _least_total(table: "NDArray[np.floating]") -> list[int]:
    """For each row a column of its own, or `NOBODY`: as many as can be, at the least total (Hungarian method)."""
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    possible = np.isfinite(table)
    unthinkable = (np.abs(table[possible]).max(initial=0.0) + 1.0) * 2 * (len(table) + 1)
    columns = [NOBODY] * len(table)
    for row, column in zip(*linear_sum_assignment(np.where(possible, table, unthinkable)), strict=True):
        if possible[row, column]:
            columns[row] = int(column)
    return columns
