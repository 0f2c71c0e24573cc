"""Which node stands above which: few crossings, and straight lines where there is a choice.

Sweeps order each column by the mean row of the neighbours on one side (barycentre: Sugiyama, Tagawa, Toda 1981), then
give it the rows nearest to the neighbours' medians (isotonic regression by pooling adjacent violators).
"""

import math
from collections.abc import Mapping, Sequence
from statistics import fmean

from zhongshu.engine.processes.rules.layout.ranks import Pairs

Neighbours = dict[str, list[tuple[str, int]]]
"""For each node those beside it, and how many rows lower than they it is wanted."""
SWEEPS = 5  # odd: the last runs forward, so that a line of single steps is straight


def rows(
    column: Mapping[str, int], pairs: Pairs, falling: Mapping[tuple[str, str], int] | None = None
) -> dict[str, int]:
    """The row of each node, from 0; no two in one column share one, none is empty. `falling` pairs lead
    downwards, by so many rows if there is room.
    """
    columns: list[list[str]] = [[] for _ in range(max(column.values(), default=-1) + 1)]
    before: Neighbours = {node: [] for node in column}
    after: Neighbours = {node: [] for node in column}
    for node, number in column.items():
        columns[number].append(node)
    for source, target in pairs:
        drop = (falling or {}).get((source, target), 0)
        after[source].append((target, -drop))
        before[target].append((source, drop))
    row: dict[str, int] = {}
    for nodes in columns:
        row |= zip(nodes, settled([0.0] * len(nodes)), strict=True)
    for sweep in range(SWEEPS):
        forward = sweep % 2 == 0
        for nodes in columns if forward else reversed(columns):
            _sweep(nodes, before if forward else after, row)
    used = {number: index for index, number in enumerate(sorted(set(row.values())))}
    return {node: used[number] for node, number in row.items()}


def _sweep(nodes: list[str], neighbours: Neighbours, row: dict[str, int]) -> None:
    near = {node: sorted(row[each] + drop for each, drop in neighbours[node]) or [row[node]] for node in nodes}
    nodes.sort(key=lambda node: (fmean(near[node]), row[node]))
    wanted = [near[node][(len(near[node]) - 1) // 2] for node in nodes]
    row |= zip(nodes, settled(wanted), strict=True)


def settled(wanted: Sequence[float]) -> list[int]:
    """Rising whole numbers, all different, with the least sum of squared distances to those wanted (then rounded)."""
    pools: list[tuple[float, int]] = []  # mean of what is wanted, were all rows one; how many
    for index, row in enumerate(wanted):
        mean, many = row - index, 1
        while pools and pools[-1][0] >= mean:
            other, more = pools.pop()
            mean, many = (mean * many + other * more) / (many + more), many + more
        pools.append((mean, many))
    flat = [math.floor(mean + 0.5) for mean, many in pools for _ in range(many)]
    return [row + index for index, row in enumerate(flat)]
