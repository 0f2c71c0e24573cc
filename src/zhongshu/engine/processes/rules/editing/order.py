"""The order in which one reads a process aloud: each way to its end before the next, what comes after all ways last."""

from collections.abc import Iterator, Mapping, Sequence

Links = Mapping[str, Sequence[str]]


def order(ids: Sequence[str], ahead: Links, asides: Links) -> Iterator[tuple[str, int]]:
    """Each of the ids once, with how deep it lies in branches.

    `ids` in the order in which to begin; `ahead`: where each leads; `asides`: what hangs on each (boundary events) and
    is read right after it. Where several ways part, all are told one level deeper up to where they meet again; if they
    never do, the longest goes on at the same level. Sets are bits of whole numbers, numbered in topological order.
    """
    onward, number = _forward(ids, ahead, asides)
    reach = _reach(onward, number)
    told: set[str] = set()
    todo = [(id, 0, 0) for id in reversed(ids)]
    while todo:
        id, depth, later = todo.pop()
        if id in told or later >> number[id] & 1:
            continue
        told.add(id)
        yield id, depth
        ways = [to for to in onward[id] if to not in asides.get(id, ())]
        meeting = _meeting([reach[to] for to in ways], number, ways)
        if meeting:
            todo.append((meeting, depth, later))
            later |= reach[meeting]
        todo += [(to, depth + 1, later) for to in reversed([*asides.get(id, ()), *ways])]


def _forward(ids: Sequence[str], ahead: Links, asides: Links) -> tuple[dict[str, list[str]], dict[str, int]]:
    """The links that do not lead back to what they come from, and the number of each id in topological order."""
    onward: dict[str, list[str]] = {id: [] for id in ids}
    under_way: set[str] = set()
    done: dict[str, int] = {}
    for first in ids:
        todo = [] if first in done else [(first, iter([*asides.get(first, ()), *ahead.get(first, ())]))]
        under_way |= {first}
        while todo:
            id, rest = todo[-1]
            to = next(rest, None)
            if to is None:
                todo.pop()
                under_way.discard(id)
                done[id] = len(done)
            elif to in onward and to not in under_way:
                onward[id].append(to)
                if to not in done:
                    under_way.add(to)
                    todo.append((to, iter([*asides.get(to, ()), *ahead.get(to, ())])))
        under_way.discard(first)
    return onward, {id: len(ids) - 1 - place for id, place in done.items()}


def _reach(onward: Links, number: Mapping[str, int]) -> dict[str, int]:
    """What can be reached from each id, itself included."""
    found: dict[str, int] = {}
    for id in sorted(onward, key=lambda each: number[each], reverse=True):
        found[id] = 1 << number[id]
        for to in onward[id]:
            found[id] |= found[to]
    return found


def _meeting(reaches: Sequence[int], number: Mapping[str, int], ways: Sequence[str]) -> str:
    """Where ways go on together: all of them, else any two; else the longest of them; empty without ways."""
    if not ways:
        return ""
    common, once, twice = reaches[0], 0, 0
    for each in reaches:
        common, twice, once = common & each, twice | once & each, once | each
    shared = (common or twice) if len(ways) > 1 else 0
    if shared:
        first = (shared & -shared).bit_length() - 1
        return next(id for id, place in number.items() if place == first)
    return max(zip(ways, reaches, strict=True), key=lambda way: way[1].bit_count())[0]
