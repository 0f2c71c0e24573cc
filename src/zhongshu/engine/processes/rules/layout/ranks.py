"""What comes after what: the column of each node.

Flows that lead back are left out, then each node stands one column right of the last that leads to it: longest-path
layering (Sugiyama, Tagawa, Toda 1981; Healy and Nikolov, Handbook of Graph Drawing, ch. 13).
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import count

Pairs = Sequence[tuple[str, str]]


def columns(nodes: Sequence[str], pairs: Pairs) -> dict[str, int]:
    """The column of each node, from 0; pairs that lead back do not count."""
    onward = forward(nodes, pairs)
    after, waits = _links(nodes, onward), dict.fromkeys(nodes, 0)
    for _, target in onward:
        waits[target] += 1
    column = dict.fromkeys(nodes, 0)
    ready = [node for node in nodes if not waits[node]]
    for node in ready:  # grows
        for target in after[node]:
            column[target] = max(column[target], column[node] + 1)
            waits[target] -= 1
            if not waits[target]:
                ready.append(target)
    return column


def forward(nodes: Sequence[str], pairs: Pairs) -> list[tuple[str, str]]:
    """The pairs without those that close a ring when one walks from the beginnings, in the order of the file."""
    after = _links(nodes, [(source, target) for source, target in pairs if source != target])
    entered = {target for _, target in pairs}
    done: set[str] = set()
    back: set[tuple[str, str]] = set()
    for root in [*(node for node in nodes if node not in entered), *nodes]:
        if root not in done:
            back |= _back(root, after, done)
    return [pair for pair in pairs if pair not in back and pair[0] != pair[1]]


def _back(root: str, after: Mapping[str, list[str]], done: set[str]) -> set[tuple[str, str]]:
    """The pairs below a node that lead to one the walk is still in."""
    back: set[tuple[str, str]] = set()
    path, todo = {root}, [(root, iter(after[root]))]
    while todo:
        node, targets = todo[-1]
        target = next(targets, None)
        if target is None:
            path.discard(node)
            done.add(node)
            todo.pop()
        elif target in path:
            back.add((node, target))
        elif target not in done:
            path.add(target)
            todo.append((target, iter(after[target])))
    return back


def components(nodes: Sequence[str], pairs: Pairs) -> dict[str, int]:
    """Which nodes hang together: a number for each, in the order of the first of them."""
    both = _links(nodes, [*pairs, *((target, source) for source, target in pairs)])
    number: dict[str, int] = {}
    marks = count()
    for root in nodes:
        if root in number:
            continue
        mark, todo = next(marks), [root]
        while todo:
            node = todo.pop()
            if node not in number:
                number[node] = mark
                todo += both[node]
    return number


def _links(nodes: Iterable[str], pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    links: dict[str, list[str]] = {node: [] for node in nodes}
    for source, target in pairs:
        links[source].append(target)
    return links
