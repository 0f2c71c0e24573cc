"""Whether the entries, the tree over them and what was signed of it still tell one history. Pure.

What is compared: each entry with its leaf, each leaf with the hash the tree keeps, each tile with the tiles above it,
the roots with the signed checkpoints, and the moments with those of neighbours and of the checkpoint before.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby
from typing import Literal

from zhongshu.base.journal.rules import merkle, tiles
from zhongshu.base.journal.rules.checkpoints import Checkpoint
from zhongshu.base.journal.rules.entries import Content
from zhongshu.base.journal.rules.merkle import HASH_BYTES, Hash
from zhongshu.base.journal.rules.tiles import Place

LONGEST = timedelta(hours=1)
"""No transaction lasts longer: an entry was recorded at most so long before the ones that stand before it."""
A_DAY = timedelta(days=1)
"""How long before the last signature the business time of an entry may lie."""

Fault = Literal["edited", "removed", "truncated", "backdated", "unplaced", "torn", "unsigned", "rewritten", "forked"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What does not agree, from which position on, and with which entry, if one; `count` positions in a row."""

    position: int
    fault: Fault
    entry: int | None = None
    count: int = 1


@dataclass(frozen=True, slots=True)
class Stored:
    """The entry of a position as the database has it; `content` and `salt` are None where they were destroyed."""

    entry: int
    leaf: bytes
    salt: bytes | None
    content: Content | None
    at: datetime
    recorded: datetime


@dataclass(frozen=True, slots=True)
class Placed:
    """A position: the hash the tree keeps there and the entry that stands there, where there are such."""

    position: int
    hash_: bytes | None
    entry: int | None
    stored: Stored | None


@dataclass(frozen=True, slots=True)
class Said:
    """A checkpoint that the log has signed, and when, as the note says."""

    checkpoint: Checkpoint
    at: datetime


@dataclass(slots=True)
class _Grown:
    """The tree as it grows leaf by leaf: the roots of its whole parts, greatest first, and of each full tile."""

    hash_: Hash
    parts: list[tuple[int, bytes]] = field(default_factory=list)
    full: list[bytes] = field(default_factory=list)

    def add(self, node: bytes) -> None:
        height = 0
        while self.parts and self.parts[-1][0] == height:
            node, height = merkle.node_hash(self.parts.pop()[1], node, self.hash_), height + 1
            if height == tiles.HEIGHT:
                self.full.append(node)
        self.parts.append((height, node))

    def root(self) -> bytes:
        found = [node for _, node in self.parts]
        if not found:
            return merkle.root([], self.hash_)
        top = found.pop()
        while found:
            top = merkle.node_hash(found.pop(), top, self.hash_)
        return top


class Comparison:
    """Positions are shown one by one, from 0 without a gap; then what was signed is held against them."""

    def __init__(self, said: Sequence[Said], hash_: Hash = merkle.sha256) -> None:
        self.said = sorted(said, key=lambda one: one.checkpoint.size)
        self.hash_ = hash_
        self.size = 0
        self.roots: dict[int, bytes] = {}
        self._grown = _Grown(hash_)
        self._sizes = {one.checkpoint.size for one in said}
        self._next = 0
        self._signed: datetime | None = None
        self._latest: datetime | None = None

    def positions(self, placed: Iterable[Placed]) -> Iterator[Finding]:
        """The findings of all positions; the same of neighbours is told once, from the first on."""
        for _, found in groupby(
            enumerate(self._each(placed)), key=lambda one: (one[1].fault, one[1].position - one[0])
        ):
            (_, first), *more = found
            count = 1 + len(more)
            to_the_end = first.fault == "removed" and first.position + count == self.size
            yield Finding(first.position, "truncated" if to_the_end else first.fault, first.entry, count)

    def _each(self, placed: Iterable[Placed]) -> Iterator[Finding]:
        shown = iter(placed)
        one = next(shown, None)
        while one is not None:
            after = next(shown, None)
            fault = self._content(one) or self._time(one, after)
            if fault:
                yield Finding(one.position, fault, one.entry)
            self._grow(one)
            one = after

    def _content(self, one: Placed) -> Fault | None:
        stored = one.stored
        if stored is None:
            return "removed"
        said = stored.content is None or (stored.salt is not None and stored.content.leaf(stored.salt) == stored.leaf)
        if one.hash_ is None:
            return "torn"
        return None if said and merkle.leaf_hash(stored.leaf, self.hash_) == one.hash_ else "edited"

    def _time(self, one: Placed, after: Placed | None) -> Fault | None:
        """A moment before the last signature, or far from those of both neighbours."""
        assert one.stored is not None
        while self._next < len(self.said) and self.said[self._next].checkpoint.size <= one.position:
            self._signed, self._next = self.said[self._next].at, self._next + 1
        if self._signed is not None and one.stored.at < self._signed - A_DAY:
            return "backdated"
        recorded, latest = one.stored.recorded, self._latest or one.stored.recorded
        following = after.stored.recorded if after and after.stored else recorded
        ahead = recorded > following + LONGEST and following >= latest - LONGEST
        if ahead or recorded < latest - LONGEST:
            return "backdated"
        self._latest = max(latest, recorded)
        return None

    def _grow(self, one: Placed) -> None:
        node = one.hash_ or (merkle.leaf_hash(one.stored.leaf, self.hash_) if one.stored else bytes(HASH_BYTES))
        self._grown.add(node)
        self.size += 1
        if self.size in self._sizes:
            self.roots[self.size] = self._grown.root()

    def above(self, held: Mapping[Place, bytes]) -> Iterator[Finding]:
        """The findings of the tiles above the leaves, all of them given: the first hash of each not as below."""
        roots, level = self._grown.full, 1
        while roots:
            whole = []
            for begin in range(0, len(roots), tiles.WIDTH):
                tile = held.get((level, begin // tiles.WIDTH), b"")
                kept, true = tiles.split(tile), roots[begin : begin + tiles.WIDTH]
                if kept != true:
                    first = next((n for n, (a, b) in enumerate(zip(kept, true, strict=False)) if a != b), len(kept))
                    yield Finding((begin + first) << tiles.HEIGHT * level, "torn")
                if len(true) == tiles.WIDTH:
                    whole.append(merkle.root(true, self.hash_))
            roots, level = whole, level + 1

    def signatures(self) -> Iterator[Finding]:
        """The findings of what was signed, told once for each kind, from the first position they are about.

        Two histories are *forked* where the log signed both: what disagrees although a later one agrees. Where nothing
        signed later agrees the tree was *rewritten*, after the last that does.
        """
        beyond = [one for one in self.said if one.checkpoint.size > self.size]
        wrong = [one for one in self.said if one not in beyond and not self._agrees(one)]
        agreed = max((one.checkpoint.size for one in self.said if one not in [*beyond, *wrong]), default=0)
        if beyond:
            yield Finding(self.size, "truncated", count=max(one.checkpoint.size for one in beyond) - self.size)
        forked = [one for one in wrong if one.checkpoint.size <= agreed]
        if forked:
            yield Finding(forked[0].checkpoint.size - 1, "forked", count=len(forked))
        if len(wrong) > len(forked):
            yield Finding(agreed, "rewritten", count=wrong[len(forked)].checkpoint.size - agreed)

    def _agrees(self, one: Said) -> bool:
        root = self.roots[one.checkpoint.size] if one.checkpoint.size else merkle.root([], self.hash_)
        return root == one.checkpoint.root
