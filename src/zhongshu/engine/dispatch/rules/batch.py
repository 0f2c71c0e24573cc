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

from collections.abc import Container, Mapping, Sequence
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
    """Who takes which case; `kept` wait for who is still at another; `waiting` are the cases nobody is left for.

    `cost_seconds` is that of all assigned and kept.
    """

    assigned: Mapping[str, str]
    waiting: tuple[str, ...]
    cost_seconds: float
    kept: Mapping[str, str]


def assign_batch(
    cases: Sequence[str],
    officers: Mapping[str, int],
    costs: Mapping[tuple[str, str], float],
    each_more: float = LOAD_SECONDS,
    *,
    going: Mapping[str, str] | None = None,
    waited: Mapping[str, float] | None = None,
    at_work: Container[str] = frozenset(),
) -> Batch:
    """Give cases nobody has reached to officers (officer → how many more they can take) at the least total cost.

    `costs` holds seconds by (case, officer), a missing pair cannot be; an officer's second case costs
    `each_more` on top, the third twice that. As many cases as possible are given; among such plans this one
    is the cheapest. `going` is who is on the way to a case, `waited` its seconds; who is `at_work` at another
    case (the costs count that) is not told yet: their cases are kept.
    """
    import numpy as np

    if not cases or not officers:
        return Batch({}, tuple(cases), 0.0, {})
    names, waits, ways = list(officers), waited or {}, going or {}
    plain = np.array([[costs.get((case, name), np.inf) for name in names] for case in cases])
    on_the_way = [names.index(ways[case]) if ways.get(case) in officers else NOBODY for case in cases]
    weighed = _weighed(plain, on_the_way, [waits.get(case, 0.0) for case in cases])
    slots = [(who, n) for who, name in enumerate(names) for n in range(min(officers[name], len(cases)))]
    table = np.stack([weighed[:, who] + n * each_more for who, n in slots], axis=1) if slots else weighed[:, :0]
    found = [(row, *slots[slot]) for row, slot in enumerate(_least_total(table)) if slot != NOBODY]
    given = {cases[row]: names[who] for row, who, _ in found}
    return Batch(
        {case: name for case, name in given.items() if name not in at_work},
        tuple(case for case in cases if case not in given),
        float(sum(plain[row, who] + n * each_more for row, who, n in found)),
        {case: name for case, name in given.items() if name in at_work},
    )


def planned(costs: "NDArray[np.floating]", going: Sequence[int], waited: Sequence[float]) -> list[int]:
    """The same over an array, an officer for one case: for each case (row) its officer (column) or `NOBODY`.

    `costs` holds seconds, infinite where it cannot be; `going` who is on the way to each case, or `NOBODY`.
    """
    return _least_total(_weighed(costs, going, waited))


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
